using Farthing.Domain.Money;
using Farthing.Testing;
using Farthing.Web.Tests.Api.Usage;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>More budgets than stand on a page.</summary>
public sealed class BudgetListTests
{
    private const int Budgets = 120;

    [Theory]
    [InlineData(StoreEngine.Sqlite)]
    [InlineData(StoreEngine.Postgres)]
    public async Task Pages_of_budgets_join_and_home_counts_all_of_them(StoreEngine engine)
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime(), Engine = engine });
        var people = await TestPeople.SeedAsync(server);
        (await server.RecordAsync(UsageBodies.Batch(["""{"id":"c-1","occurred_at":"2026-11-15T09:00:00Z","model":"claude-opus-4-6","input_tokens":1000000}"""]))).Status.ShouldBe(200);
        for (var index = 0; index < Budgets; index++)
        {
            // Only the oldest is overspent: it stands on the last page.
            var draft = new BudgetDraft { Name = $"Budget {index}", Amount = Usd.FromDecimal(index == 0 ? 1 : 1_000) };
            (await server.Get<ManageBudgets>().CreateAsync(people.Admin.Caller, draft, TestServer.Cancellation)).Succeeded.ShouldBeTrue();
        }

        var signIn = (await server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret;
        var (names, next) = (new HashSet<string>(StringComparer.Ordinal), "/finops/budgets");
        var counts = new List<int>();
        while (next is not null)
        {
            var page = await ReadPage.OpenAsync(server, signIn, next);
            var found = page.Html.Split("<h2 class=\"name\">").Skip(1).Select(static part => part[..part.IndexOf('<', StringComparison.Ordinal)]).ToList();
            found.ShouldAllBe(name => names.Add(name));
            counts.Add(found.Count);
            next = page.Anchors.SingleOrDefault(static link => link.Text == "Next page")?.Href;
        }

        counts.ShouldBe([50, 50, 20]);
        var home = await ReadPage.OpenAsync(server, signIn, "/");
        home.Html.ShouldContain("of 120 budgets");
        var danger = home.Anchors.Single(static link => link.Text == "Budget 0");
        (await ReadPage.OpenAsync(server, signIn, danger.Href.Split('#')[0])).Html.ShouldContain($"id=\"{danger.Href.Split('#')[1]}\"");
    }
}
