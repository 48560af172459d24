using System.Net;
using Farthing.Domain.Money;
using Farthing.Testing;
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
        (await ReadPage.OpenAsync(server, signIn, "/finops/budgets")).Html.ShouldNotContain("days of");
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

    private static async Task<string> SignInAsync(TestServer server, TestMember member) =>
        (await server.Get<SignIns>().EnterAsync(member.Key, "test", TestServer.Cancellation)).Value.Secret;

    private static async Task<Budget> OnlyBudgetAsync(TestServer server) =>
        (await server.Get<IBudgets>().ListAsync(new("local", ScopeReach.Org, string.Empty), new(10, string.Empty), TestServer.Cancellation)).ShouldHaveSingleItem();
}
