using Farthing.Domain.Money;

namespace Farthing.Workflows.Spending;

/// <summary>A window of a subscription's limit (five hours unless told otherwise), or the idle time between two of them.</summary>
public sealed record UsageBlock
{
    /// <summary>The full UTC hour of the first call; for a gap the end of the window's length after the last call.</summary>
    public required DateTimeOffset StartAt { get; init; }

    /// <summary>The start plus the window's length; for a gap the next call.</summary>
    public required DateTimeOffset EndAt { get; init; }

    /// <summary>Whether nothing happened: idle time longer than a window.</summary>
    public bool IsGap { get; init; }

    /// <summary>Whether the window is open: not over, and the last call less than its length ago.</summary>
    public bool IsActive { get; init; }

    /// <summary>The first call; null for a gap.</summary>
    public DateTimeOffset? FirstAt { get; init; }

    /// <summary>The last call; null for a gap.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>What the window used and cost.</summary>
    public required SpendLine Line { get; init; }

    /// <summary>The models in the order in which they were first called.</summary>
    public IReadOnlyList<string> ModelsByTime { get; init; } = [];

    /// <summary>How fast the open window is used; null for all others and before a second call gives a span of time.</summary>
    public BurnRate? Burn => IsActive && LastAt > FirstAt ? new(Line.Sum, LastAt.Value - FirstAt.Value) : null;

    /// <summary>Where the open window leads if the rate holds.</summary>
    public BlockProjection? ProjectionAt(DateTimeOffset now) => Burn?.Project(EndAt - now);
}

/// <summary>How fast a window is used: what it used between its first and its last call.</summary>
/// <param name="Used">What was used.</param>
/// <param name="Span">The time between the first and the last call; positive.</param>
public readonly record struct BurnRate(SpendSum Used, TimeSpan Span)
{
    private const int MicroPerUnit = 1_000_000;

    /// <summary>All tokens a minute, in millionths of a token.</summary>
    public Int128 MicrotokensPerMinute => PerMinute(Used.TotalTokens);

    /// <summary>Input and output tokens a minute, in millionths: what an indicator shows, because cache reads drown it.</summary>
    public Int128 IndicatorMicrotokensPerMinute => PerMinute(Used.Tokens.Input + Used.Tokens.Output);

    /// <summary>The cost of an hour at this rate.</summary>
    public Usd CostPerHour => Rate(Used.Cost, TimeSpan.FromHours(1));

    /// <summary>The cost of an hour at this rate, estimates included.</summary>
    public Usd BestCostPerHour => Rate(Used.BestCost, TimeSpan.FromHours(1));

    /// <summary>What the window will have used when the rate holds for the time that is left.</summary>
    public BlockProjection Project(TimeSpan left)
    {
        var minutes = (long)Rounding.DivideHalfEven(left.Ticks, TimeSpan.TicksPerMinute);
        var more = Rounding.DivideHalfEven((Int128)Used.TotalTokens * minutes * TimeSpan.TicksPerMinute, Span.Ticks);
        var cost = Used.Cost + Rate(Used.Cost, TimeSpan.FromMinutes(minutes));
        return new(Used.TotalTokens + (long)more, cost.Round(2), minutes);
    }

    private Int128 PerMinute(long tokens) =>
        Rounding.DivideHalfEven((Int128)tokens * TimeSpan.TicksPerMinute * MicroPerUnit, Span.Ticks);

    private Usd Rate(Usd used, TimeSpan time) => new(Rounding.DivideHalfEven(used.Picodollars * time.Ticks, Span.Ticks));
}

/// <summary>Where an open window leads if its rate holds.</summary>
/// <param name="TotalTokens">All tokens at its end.</param>
/// <param name="TotalCost">The cost at its end without estimates, to the cent.</param>
/// <param name="RemainingMinutes">The time left.</param>
public readonly record struct BlockProjection(long TotalTokens, Usd TotalCost, long RemainingMinutes);
