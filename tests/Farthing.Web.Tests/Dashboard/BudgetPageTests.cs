using System.Net;
using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Testing;
using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Tests.Api.Usage;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>What the cards of budgets say, and what their form makes.</summary>
public sealed class BudgetPageTests
{
    private static readonly TimeZoneInfo Kathmandu = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kathmandu");

    [Fact]
    public async Task A_budget_that_is_made_on_the_page_counts_the_days_of_the_page()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime(), Zone = Kathmandu });
        var signIn = await SignInAsync(server, (await TestPeople.SeedAsync(server)).Admin);

        using var made = await ReadPage.PostAsync(server, signIn, "/finops/budgets/new", ("name", "Daily"), ("amount", "9"), ("period", "daily"), ("alert", "80"));

        made.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await OnlyBudgetAsync(server)).Zone.ShouldBe("Asia/Kathmandu");
        var page = await ReadPage.OpenAsync(server, signIn, "/finops/budgets");
        page.Html.ShouldNotContain("days of");
        page.Html.ShouldContain("<dt>At this rate by the end <span class=\"sub\">of 1 day</span></dt>");
    }

    [Fact]
    public async Task A_budget_that_counts_other_days_names_their_zone_and_keeps_it()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime(), Zone = Kathmandu });
        var people = await TestPeople.SeedAsync(server);
        var signIn = await SignInAsync(server, people.Admin);
        var budget = (await server.Get<ManageBudgets>().CreateAsync(people.Admin.Caller, new() { Name = "All", Amount = Usd.FromDecimal(9) }, TestServer.Cancellation)).Value;

        using var changed = await ReadPage.PostAsync(
            server, signIn, "/finops/budgets/edit", ("id", budget.Id), ("name", "All"), ("amount", "10"), ("period", "daily"), ("alert", "80"));

        changed.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await OnlyBudgetAsync(server)).Zone.ShouldBe("UTC");
        WebUtility.HtmlDecode((await ReadPage.OpenAsync(server, signIn, "/finops/budgets")).Html).ShouldContain("Daily · whole organisation · days of UTC");
    }

    [Fact]
    public async Task A_card_says_how_much_of_what_was_spent_is_estimated()
    {
        var time = new ManualTime();
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = time });
        var people = await TestPeople.SeedAsync(server);
        var signIn = await SignInAsync(server, people.Admin);
        var (usage, rating) = SampleSpend.Call(time.GetUtcNow().AddMinutes(-1), "claude-lab-preview-x1", default, PricingStatus.Fallback, "12.06");
        await server.Usage.AppendAsync(new([new(usage, rating, string.Empty)], []), TestServer.Cancellation);
        (await server.Get<ManageBudgets>().CreateAsync(people.Admin.Caller, new() { Name = "All", Amount = Usd.FromDecimal(90) }, TestServer.Cancellation)).Succeeded.ShouldBeTrue();

        (await ReadPage.OpenAsync(server, signIn, "/finops/budgets")).Html.ShouldContain("$12.06 of it is estimated: 1 call of unknown models.");
        (await ReadPage.OpenAsync(server, signIn, "/finops")).Html.ShouldContain("1 call estimated, $12.06 counted by budgets only");
    }

    [Fact]
    public async Task The_burn_rate_and_what_comes_of_it_lead_to_what_was_spent()
    {
        var time = new ManualTime();
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = time });
        var people = await TestPeople.SeedAsync(server);
        var signIn = await SignInAsync(server, people.Admin);
        (await server.Get<ManageBudgets>().CreateAsync(people.Admin.Caller, new() { Name = "All", Amount = Usd.FromDecimal(90), Period = "monthly" }, TestServer.Cancellation)).Succeeded.ShouldBeTrue();

        var page = await ReadPage.OpenAsync(server, signIn, "/finops/budgets");

        page.Anchors.Where(static link => link.Text == "$0.00").Select(static link => link.Href).Distinct().ShouldHaveSingleItem().ShouldStartWith("/explorer?");
        page.Anchors.Count(static link => link.Text == "$0.00").ShouldBe(3, "What was spent, a day of it, and all days at that rate.");
        page.Html.ShouldContain("<dt>Burn rate, <span class=\"sub\">spend ÷ 15 days</span></dt>");
        page.Html.ShouldContain("<span class=\"sub\">of 30 days</span>");
    }

    [Fact]
    public async Task The_worst_budget_stands_first_and_home_names_the_window_of_each()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        await SpendADollarADayAsync(server);
        foreach (var (name, amount, period) in new[] { ("warns", 34m, "rolling30"), ("b over", 10m, "quarterly"), ("fine", 9_000m, "monthly"), ("at risk", 20m, "monthly"), ("A over", 1m, "rolling30") })
        {
            (await server.Get<ManageBudgets>().CreateAsync(people.Admin.Caller, new() { Name = name, Amount = Usd.FromDecimal(amount), Period = period }, TestServer.Cancellation)).Problem.ShouldBeNull(name);
        }

        var signIn = await SignInAsync(server, people.Admin);
        var (page, home) = (await ReadPage.OpenAsync(server, signIn, "/finops/budgets"), await ReadPage.OpenAsync(server, signIn, "/"));

        page.Html.Split("<h2 class=\"name\">").Skip(1).Select(static card => card.Split('<')[0]).ShouldBe(["A over", "b over", "at risk", "warns", "fine"]);
        WebUtility.HtmlDecode(home.Html).ShouldMatch("</a> of \\$1.00 · the last 30 days</p>");
        WebUtility.HtmlDecode(home.Html).ShouldMatch("</a> of \\$10.00 · this quarter</p>");
        WebUtility.HtmlDecode(home.Html).ShouldMatch("</a> of \\$20.00 · this month</p>");
    }

    [Fact]
    public async Task A_card_tells_what_its_window_is_likely_to_come_to_beside_the_straight_line()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        await SpendADollarADayAsync(server);
        (await server.Get<ManageBudgets>().CreateAsync(people.Admin.Caller, new() { Name = "All", Amount = Usd.FromDecimal(90) }, TestServer.Cancellation)).Succeeded.ShouldBeTrue();

        var end = (await server.Get<ReadBudgets>().OfAsync(await OnlyBudgetAsync(server), TestServer.Cancellation)).Standing.End.ShouldNotBeNull();
        var page = await ReadPage.OpenAsync(server, await SignInAsync(server, people.Admin), "/finops/budgets");

        end.Mean.ShouldBeInRange(25, 35, "A dollar on each of thirty days.");
        page.Html.ShouldContain($"four times in five {PageText.Money(end.Lower80)} to {PageText.Money(end.Upper80)}</span></dt><dd>{PageText.Money(end.Mean)}</dd>");
    }

    private static async Task SpendADollarADayAsync(TestServer server) => (await server.RecordAsync(UsageBodies.Batch(Enumerable.Range(1, 40).Select(static day =>
        $$"""{"id":"d-{{day}}","occurred_at":"{{new ManualTime().Now.AddDays(-day):yyyy-MM-dd'T'HH:mm:ss'Z'}}","model":"claude-opus-4-6","input_tokens":200000}""")))).Status.ShouldBe(200);

    private static async Task<string> SignInAsync(TestServer server, TestMember member) =>
        (await server.Get<SignIns>().EnterAsync(member.Key, "test", TestServer.Cancellation)).Value.Secret;

    private static async Task<Budget> OnlyBudgetAsync(TestServer server) =>
        (await server.Get<IBudgets>().ListAsync(new("local", ScopeReach.Org, string.Empty), new(10, string.Empty), TestServer.Cancellation)).ShouldHaveSingleItem();
}
