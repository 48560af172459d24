using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Testing;
using Farthing.Workflows.Access;
using Farthing.Workflows.Pricing;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Tests.Spending;

/// <summary>The prices of the models that somebody uses are found, under whatever names they are called.</summary>
public sealed class FindUsedPricesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly Rater Prices = new(EmbeddedCatalog.Load());

    [Fact]
    public async Task What_cost_most_comes_first_and_names_of_one_price_are_together()
    {
        var found = await FindAsync(
            new(Dimensions.LocalOrg, ScopeReach.Org, string.Empty),
            Call("gpt-5.5", 1, input: 100), Call("claude-opus-4-8", 2), Call("anthropic/claude-opus-4-8", 3), Call("never-heard-of", 1), Call("claude-haiku-4-5", 40));

        found.Select(price => (price.Row.Key, price.Calls)).ShouldBe([("anthropic/claude-opus-4-8", 2), ("openai/gpt-5.5", 1)]);
        found[0].Models.ShouldContain("claude-opus-4-8");
        found[0].Cost.ShouldBeGreaterThan(found[1].Cost);
    }

    [Fact]
    public async Task Only_calls_within_the_scope_make_a_price_one_that_is_used()
    {
        var found = await FindAsync(new(Dimensions.LocalOrg, ScopeReach.Engineer, "ada"), Call("claude-opus-4-8", 1, user: "ada"), Call("gpt-5.5", 1, user: "grace"));

        found.ShouldHaveSingleItem().Row.Key.ShouldBe("anthropic/claude-opus-4-8");
    }

    private static Task<IReadOnlyList<UsedPrice>> FindAsync(Scope within, params (UsageEvent Usage, Rating Rating)[] calls) =>
        new FindUsedPrices(new MemorySpend(calls), Prices).FindAsync(within, TimeZoneInfo.Utc, DateOnly.FromDateTime(Noon.AddDays(-29).UtcDateTime), TestContext.Current.CancellationToken);

    private static (UsageEvent Usage, Rating Rating) Call(string model, int daysAgo, string user = "", long input = 1_000)
    {
        var at = Noon.AddDays(-daysAgo);
        var usage = new UsageEvent
        {
            Id = EventId.Create(at, Dimensions.LocalOrg, EventId.ReportedFamily, $"{model}-{user}-{daysAgo}"),
            OccurredAt = at,
            Dimensions = new() { Model = model, User = user },
            Session = new("s", string.Empty, string.Empty),
            Tokens = new() { Input = input, Output = 500 },
        };
        return (usage, Prices.Rate(usage));
    }
}
