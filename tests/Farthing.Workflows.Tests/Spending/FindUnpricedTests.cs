using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Testing;
using Farthing.Workflows.Access;
using Farthing.Workflows.Pricing;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Tests.Spending;

/// <summary>Models that were called and have no price are found, with when and how much.</summary>
public sealed class FindUnpricedTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly Rater Prices = new(EmbeddedCatalog.Load());
    private static readonly Rater Waiting = new(EmbeddedCatalog.Load(), UnknownModelPolicy.Hold);
    private static readonly Scope All = new(Dimensions.LocalOrg, ScopeReach.Org, string.Empty);

    [Fact]
    public async Task Only_what_has_no_price_is_told_by_model_and_provider_with_the_most_called_first()
    {
        var found = await FindAsync(
            All, Call(Prices, "claude-opus-4-8", 0), Call(Prices, "odd", 1, provider: "acme"), Call(Waiting, "odd", 4), Call(Waiting, "odd", 2), Call(Prices, "rare", 3, user: "ada"));

        found.Select(model => (model.Provider, model.Model, model.Calls)).ShouldBe([(string.Empty, "odd", 2), ("acme", "odd", 1), (string.Empty, "rare", 1)]);
        found[0].Days.ShouldBe((Day(4), Day(2)));
        found[0].Tokens.ShouldBe(2 * 1_500);
        (found[0].Estimate, found[1].Estimate > Usd.Zero).ShouldBe((Usd.Zero, true));
        found.ShouldAllBe(model => model.PricedNow == null);
    }

    [Fact]
    public async Task A_price_that_the_catalog_has_by_now_is_told()
    {
        var before = new Rating(new() { Model = "?", Status = PricingStatus.Unpriced, Terms = string.Empty }, default);
        var (usage, _) = Call(Prices, "claude-opus-4-8", 1);

        (await FindAsync(All, (usage, before))).ShouldHaveSingleItem().PricedNow!.Key.ShouldBe("anthropic/claude-opus-4-8");
    }

    [Fact]
    public async Task Calls_out_of_scope_and_before_the_first_day_are_not_looked_at()
    {
        var found = await FindAsync(new(Dimensions.LocalOrg, ScopeReach.Engineer, "ada"), Call(Prices, "rare", 3, user: "ada"), Call(Prices, "odd", 1), Call(Prices, "old", 40, user: "ada"));

        found.ShouldHaveSingleItem().Model.ShouldBe("rare");
        (await FindAsync(All)).ShouldBeEmpty();
    }

    private static Task<IReadOnlyList<UnpricedModel>> FindAsync(Scope within, params (UsageEvent Usage, Rating Rating)[] calls) =>
        new FindUnpriced(new MemorySpend(calls), Prices).FindAsync(within, TimeZoneInfo.Utc, Day(30), TestContext.Current.CancellationToken);

    private static DateOnly Day(int ago) => DateOnly.FromDateTime(Noon.AddDays(-ago).UtcDateTime);

    private static (UsageEvent Usage, Rating Rating) Call(Rater rater, string model, int daysAgo, string provider = "", string user = "")
    {
        var at = Noon.AddDays(-daysAgo);
        var usage = new UsageEvent
        {
            Id = EventId.Create(at, Dimensions.LocalOrg, EventId.ReportedFamily, $"{model}-{provider}-{daysAgo}"),
            OccurredAt = at,
            Dimensions = new() { Provider = provider, Model = model, User = user },
            Session = new("s", string.Empty, string.Empty),
            Tokens = new() { Input = 1_000, Output = 500 },
        };
        return (usage, rater.Rate(usage));
    }
}
