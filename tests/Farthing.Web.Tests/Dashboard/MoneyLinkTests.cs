using System.Globalization;
using Farthing.Domain.Money;
using Farthing.Testing;
using Farthing.Web.Tests.Api.Usage;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>A figure is a link to what it is made of; whoever follows it finds the same figure.</summary>
public sealed class MoneyLinkTests
{
    private const int CallsMade = 70;
    private const string Zone = "Europe/Berlin";

    private static readonly string[] Models = ["claude-opus-4-8", "claude-sonnet-4-6", "gpt-5.3-codex", "never-heard-of"];

    /// <summary>The pages with links of amounts, and how many that are plain sums an admin finds there at least.</summary>
    private static readonly IReadOnlyDictionary<string, int> Pages = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["/"] = 12,
        ["/finops"] = 1,
        ["/finops/cache?from=2026-11-01&to=2026-11-12"] = 5,
        ["/finops/cache/savings?from=2026-11-01&to=2026-11-12"] = 0,
        ["/sessions?range=30d&sort=cost"] = 5,
        ["/calls?range=30d"] = 30,
        ["/finops/modeling?range=90d&mode=cheapest"] = 1,
        ["/finops/modeling?range=30d"] = 4,
        ["/finops/forecast"] = 1,
        ["/finops/budgets"] = 7,
        ["/explorer?by=team,engineer,model&range=7d"] = 8,
        ["/explorer?by=project&show=calls&range=month&grain=none&model=claude-opus-4-8"] = 2,
        ["/explorer/bridge?by=engineer&range=30d"] = 2,
    };

    [Fact]
    public async Task An_amount_that_is_a_link_leads_to_the_same_amount()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime(), Zone = TimeZoneInfo.FindSystemTimeZoneById(Zone) });
        var people = await TestPeople.SeedAsync(server);
        await SpendAsync(server, people);
        await KeepBudgetsAsync(server, people);
        var followed = 0;
        foreach (var (member, paths) in new (TestMember, IEnumerable<string>)[] { (people.Admin, Pages.Keys), (people.Lead, ["/finops/budgets", "/explorer?by=engineer&range=7d"]), (people.Engineer, ["/", "/finops"]) })
        {
            var signIn = (await server.Get<SignIns>().EnterAsync(member.Key, "test", TestServer.Cancellation)).Value.Secret;
            followed += await FollowAllAsync(server, signIn, member.Caller.Role, paths);
        }

        followed.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Figures_of_a_row_lead_where_its_head_does()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        await SpendAsync(server, people);
        var signIn = (await server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret;

        var days = (await ReadPage.OpenAsync(server, signIn, "/")).Anchors.Where(static link => link.Behind.StartsWith('$')).ToList();
        var figures = (await ReadPage.OpenAsync(server, signIn, "/")).Anchors;
        var plans = (await ReadPage.OpenAsync(server, signIn, "/finops/modeling?range=30d")).Anchors;

        days.Count.ShouldBeGreaterThan(20);
        days.ShouldAllBe(day => figures.Any(figure => figure.Text == day.Behind && figure.Href == day.Href));
        plans.Count(link => link.Href == $"/explorer?by=model&range=30d&engineer={people.Engineer.EngineerId}").ShouldBe(4, "The name, the API's cost, the plan's and the savings.");
    }

    [Fact]
    public async Task No_figure_of_an_engineer_leads_to_what_others_did()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        await SpendAsync(server, people);
        var signIn = (await server.Get<SignIns>().EnterAsync(people.Engineer.Key, "test", TestServer.Cancellation)).Value.Secret;

        foreach (var path in new[] { "/sessions?range=90d", "/calls?range=90d", $"/calls?range=90d&engineer={people.Colleague.EngineerId}", $"/sessions?range=90d&team={people.OtherTeam}" })
        {
            var page = await ReadPage.OpenAsync(server, signIn, path);

            page.Status.ShouldBe(200, path);
            page.Html.ShouldNotContain("s-colleague", Case.Sensitive, path);
            page.Html.ShouldNotContain("s-stranger", Case.Sensitive, path);
            page.Html.ShouldNotContain($"value=\"{people.Stranger.EngineerId}\"", Case.Sensitive, "Nobody else is offered as a filter.");
        }
    }

    [Theory]
    [InlineData("/calls?form=1&range=7d&from=2026-11-10&to=2026-11-16&was-from=2026-11-10&was-to=2026-11-16&add-model=gpt-5.3-codex", "/calls?range=7d&model=gpt-5.3-codex")]
    [InlineData("/sessions?form=1&range=7d&from=2026-11-01&to=2026-11-16&was-from=2026-11-10&was-to=2026-11-16&model=a&add-project=(none given)", "/sessions?from=2026-11-01&to=2026-11-16&project=&model=a")]
    public async Task A_list_is_filtered_by_a_form_that_leads_to_an_address(string sent, string address)
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        var signIn = (await server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret;
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Client.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, sent);
        request.Headers.Add("Cookie", $"{Web.Access.BrowserCookie.Name}={signIn}");

        using var answer = await client.SendAsync(request, TestServer.Cancellation);

        ((int)answer.StatusCode, answer.Headers.Location?.ToString()).ShouldBe((303, address));
    }

    /// <summary>Follows the links of figures on some pages.</summary>
    private static async Task<int> FollowAllAsync(TestServer server, string signIn, Role role, IEnumerable<string> paths)
    {
        var targets = new Dictionary<string, ReadPage>(StringComparer.Ordinal);
        var followed = 0;
        foreach (var path in paths)
        {
            var page = await ReadPage.OpenAsync(server, signIn, path);
            page.Status.ShouldBe(200, path);
            var links = page.Anchors.Where(static link => IsFigure(link) && !link.Href.StartsWith('#')).ToList();
            links.ShouldNotBeEmpty(path);
            (role == Role.Admin ? links.Count(static link => link.Exact.Length > 0) : int.MaxValue).ShouldBeGreaterThanOrEqualTo(Pages.GetValueOrDefault(path), path);
            foreach (var link in links)
            {
                if (!targets.TryGetValue(link.Href, out var target))
                {
                    targets.Add(link.Href, target = await ReadPage.OpenAsync(server, signIn, link.Href));
                }

                target.Status.ShouldBe(200, $"{path} → {link}");
                ShouldTell(target, link, $"{role} at {path} → {link}");
                followed++;
            }
        }

        return followed;
    }

    private static bool IsFigure(PageAnchor link) => link.Text.Contains('$', StringComparison.Ordinal) || link.Behind.StartsWith('$') || CallsOf(link) is not null;

    private static void ShouldTell(ReadPage target, PageAnchor link, string told)
    {
        if (link.Exact is not ("" or "0 USD"))
        {
            target.Html.ShouldContain($"title=\"{link.Exact}\"", Case.Sensitive, told);
        }

        if (CallsOf(link) is { } calls)
        {
            var isOther = link.Href.Contains("&show=", StringComparison.Ordinal);
            target.Html.ShouldContain(isOther ? $": <strong>{calls}</strong>." : calls == "1" ? "1 call" : $"{calls} calls", Case.Sensitive, told);
        }

        // A day of a chart, or a model: its row tells the amount, and a chart of savings leads to tokens.
        if (link.Behind is not ("" or "$0.00") && link.Behind.StartsWith('$') && !link.Href.Contains("show=", StringComparison.Ordinal))
        {
            target.Html.ShouldContain($">{link.Behind}<", Case.Sensitive, told);
        }
    }

    /// <summary>How many calls, or what other figure of them, a link says are behind it; null when it says no such thing.</summary>
    private static string? CallsOf(PageAnchor link) =>
        link.Href.StartsWith("/calls?", StringComparison.Ordinal) && link.Text.Replace(" calls", string.Empty, StringComparison.Ordinal).Replace(" call", string.Empty, StringComparison.Ordinal) is var count
        && int.TryParse(count, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out _) ? count : null;

    /// <summary>Calls of four people in two months, many of them near midnight, some of nobody, some without a price.</summary>
    private static async Task SpendAsync(TestServer server, TestPeople people)
    {
        var noon = new ManualTime().Now;
        var (names, members) = (new[] { "engineer", "colleague", "stranger", "nobody" }, new[] { people.Engineer.Caller, people.Colleague.Caller, people.Stranger.Caller, null });
        var events = Enumerable.Range(0, CallsMade).Select(index =>
        {
            var (who, at) = (index % 7 % 4, noon.AddMinutes(-29 - (index * 613)));
            return string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                {"id":"c-{{index}}","occurred_at":"{{at:O}}","model":"{{Models[index % 11 % 4]}}","input_tokens":{{1_003 * (index + 1)}},"output_tokens":{{17 * (index % 90)}},
                 "cache_read_tokens":{{5_001 * (index % 13)}},"user":"{{members[who]?.EngineerId}}","team":"{{members[who]?.TeamId}}","session":"s-{{names[who]}}-{{index / 9}}","project":"{{(index % 5 == 0 ? string.Empty : $"/work/{index % 3}")}}"}
                """);
        });
        (await server.RecordAsync(UsageBodies.Batch(events))).Status.ShouldBe(200);
    }

    private static async Task KeepBudgetsAsync(TestServer server, TestPeople people)
    {
        var manage = server.Get<ManageBudgets>();
        var little = new BudgetDraft { Name = "b", Amount = Usd.FromDecimal(0.5m), Zone = Zone };
        BudgetDraft[] budgets =
        [
            little with { Name = "month" },
            little with { Name = "day", Period = "daily" },
            little with { Name = "team", TeamId = people.Team, Period = "quarterly" },
            little with { Name = "rolling", Period = "rolling30" },
            little with { Name = "project", Scope = "project", ScopeId = "/work/1" },
            little with { Name = "engineer", Scope = "engineer", ScopeId = people.Engineer.EngineerId, Period = "weekly" },
            little with { Name = "model", Scope = "model", ScopeId = "claude-opus-4-8" },
            little with { Name = "elsewhere", Zone = "America/New_York" },
        ];
        foreach (var budget in budgets)
        {
            (await manage.CreateAsync(TestPeople.Operator(), budget, TestServer.Cancellation)).Problem.ShouldBeNull(budget.Name);
        }
    }
}
