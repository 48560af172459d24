using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Testing;

/// <summary>A few invented calls that are priced for real: their costs are their tokens times the rates of their cards.</summary>
public static class PricedSample
{
    /// <summary>The time of the first call.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 10, 9, 20, 41, 500, TimeSpan.Zero);

    /// <summary>The session of the first calls.</summary>
    public const string Session = "5e0e7c1a-7e11-4a37-8907-14a3cb821063";

    /// <summary>The standard card of an invented model.</summary>
    public static RateCard Standard { get; } = new()
    {
        Model = "anthropic/claude-opus-4-8",
        Status = PricingStatus.Exact,
        Terms = "standard",
        From = "2026-05-27",
        Source = "platform.claude.com/docs/en/about-claude/pricing",
        AsOf = "2026-10-24",
        Confidence = "mirrored-official",
        WebSearch = PerUnits("10", 1000),
        [TokenClass.Input] = PerMillion("5"),
        [TokenClass.CacheRead] = PerMillion("0.5"),
        [TokenClass.CacheWrite5m] = PerMillion("6.25"),
        [TokenClass.CacheWrite1h] = PerMillion("10"),
        [TokenClass.Output] = PerMillion("25"),
    };

    /// <summary>A card with rates so fine that single calls are rounded.</summary>
    public static RateCard Fine { get; } = new()
    {
        Model = "deepseek/deepseek-v4-flash",
        Status = PricingStatus.AssumedHost,
        Terms = "standard; prompt>200000",
        Source = "models.dev",
        AsOf = "2026-07-02",
        Confidence = "aggregated",
        [TokenClass.Input] = PerMillion("0.000083567"),
        [TokenClass.Output] = PerMillion("0.000333333"),
    };

    /// <summary>The card of estimates.</summary>
    public static RateCard Estimate { get; } = new()
    {
        Model = "anthropic/claude-sonnet-4-0",
        Status = PricingStatus.Fallback,
        Terms = "estimate",
        Source = "platform.claude.com",
        AsOf = "2026-10-24",
        Confidence = "mirrored-official",
        [TokenClass.Input] = PerMillion("3"),
        [TokenClass.Output] = PerMillion("15"),
    };

    /// <summary>All calls, in order of time: four of one session, one of another.</summary>
    public static IReadOnlyList<(UsageEvent Usage, Rating Rating)> Calls() =>
    [
        Call(0, "claude-opus-4-8", Standard, new() { Input = 4, CacheRead = 52_000, CacheWrite5m = 300, CacheWrite1h = 600, Output = 210, Reasoning = 40 }, searches: 1, reported: "0.0421"),
        Call(1, "deepseek-v4-flash", Fine, new() { Input = 1_001, Output = 7 }),
        Call(2, "deepseek-v4-flash", Fine, new() { Input = 1_003, Output = 11 }),
        Call(3, "claude-lab-preview-x1", Estimate, new() { Input = 1_000, Output = 100 }),
        Call(4, "<script>[red]", RateCard.Unpriced("<script>[red]"), new() { Input = 500, Output = 50 }, session: "5e0e7c1a-0000-4a37-8907-14a3cb821063"),
    ];

    /// <summary>The cost of tokens at a card.</summary>
    public static CostByClass Cost(RateCard card, TokenCounts tokens, int searches) => new()
    {
        Input = card[TokenClass.Input].Times(tokens.Input),
        CacheRead = card[TokenClass.CacheRead].Times(tokens.CacheRead),
        CacheWrite5m = card[TokenClass.CacheWrite5m].Times(tokens.CacheWrite5m),
        CacheWrite1h = card[TokenClass.CacheWrite1h].Times(tokens.CacheWrite1h),
        Output = card[TokenClass.Output].Times(tokens.Output),
        Units = card.WebSearch.Times(searches),
    };

    private static (UsageEvent Usage, Rating Rating) Call(
        int number, string model, RateCard card, TokenCounts tokens, int searches = 0, string? reported = null, string session = Session)
    {
        var at = Start.AddMinutes(number);
        var usage = new UsageEvent
        {
            Id = EventId.Create(at, Dimensions.LocalOrg, "claude", $"msg_{number}"),
            OccurredAt = at,
            Dimensions = new() { Agent = "claude", Model = model, Project = "/home/dana/src/ledger", Branch = "feat/tax" },
            Session = new(session, "2.1.230", string.Empty),
            Tokens = tokens,
            WebSearches = searches,
            ReportedCost = Usd.TryParse(reported, out var claimed) ? claimed : null,
            Quality = number == 0 ? EventQuality.OutputLowerBound : EventQuality.Good,
            Line = number + 1,
        };
        return (usage, new(card, Cost(card, tokens, searches)));
    }

    private static Rate PerMillion(string text) => Rate.TryParsePerMillion(text, out var rate) ? rate : throw new ArgumentException($"'{text}' is no rate.", nameof(text));

    private static Rate PerUnits(string text, long units) =>
        Rate.TryParsePerUnits(text, units, out var rate) ? rate : throw new ArgumentException($"'{text}' is no rate.", nameof(text));
}
