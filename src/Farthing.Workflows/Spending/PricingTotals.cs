using Farthing.Domain.Money;
using Farthing.Domain.Pricing;

namespace Farthing.Workflows.Spending;

/// <summary>The calls of one pricing status.</summary>
/// <param name="Calls">How many.</param>
/// <param name="Amount">What they cost; an estimate where the status says so, nothing where the cost is unknown.</param>
public readonly record struct PricedShare(long Calls, Usd Amount)
{
    /// <summary>Adds up.</summary>
    public static PricedShare operator +(PricedShare left, PricedShare right) => new(left.Calls + right.Calls, left.Amount + right.Amount);
}

/// <summary>
/// How sure the figures of an answer are: its calls by pricing status. What an analysis calls cost is
/// <see cref="Exact"/> and <see cref="AssumedHost"/> together; the rest is told beside it. Only budgets add the estimates.
/// </summary>
public readonly record struct PricingTotals
{
    /// <summary>Priced by the catalog for their model and host.</summary>
    public PricedShare Exact { get; init; }

    /// <summary>Priced by the model author's price, because the host has none of its own.</summary>
    public PricedShare AssumedHost { get; init; }

    /// <summary>Of unknown models, with an estimate.</summary>
    public PricedShare Estimated { get; init; }

    /// <summary>Of unknown cost.</summary>
    public PricedShare Unpriced { get; init; }

    /// <summary>What has a price.</summary>
    public Usd Cost => Exact.Amount + AssumedHost.Amount;

    /// <summary>What has a price, and what stands for it where there is none: what budgets are held against.</summary>
    public Usd EstimatedCost => Cost + Estimated.Amount;

    /// <summary>All calls.</summary>
    public long Calls => Exact.Calls + AssumedHost.Calls + Estimated.Calls + Unpriced.Calls;

    /// <summary>The totals of rows.</summary>
    public static PricingTotals Of(IEnumerable<SpendRow> rows) => rows.Aggregate(default(PricingTotals), static (sum, row) => sum + Of(row));

    /// <summary>The totals of one row.</summary>
    public static PricingTotals Of(SpendRow row) => Of(row.Status, new(row.Calls, row.Cost));

    /// <summary>The totals of calls.</summary>
    public static PricingTotals Of(IEnumerable<PricedCall> calls) =>
        calls.Aggregate(default(PricingTotals), static (sum, call) => sum + Of(call.Rating.Card.Status, new(1, call.Rating.Cost.Total)));

    /// <summary>The totals of a sum.</summary>
    public static PricingTotals Of(SpendSum sum) => new()
    {
        Exact = new(sum.Calls - sum.AssumedHostCalls - sum.EstimatedCalls - sum.UnpricedCalls, sum.Cost - sum.AssumedHostCost),
        AssumedHost = new(sum.AssumedHostCalls, sum.AssumedHostCost),
        Estimated = new(sum.EstimatedCalls, sum.EstimatedCost),
        Unpriced = new(sum.UnpricedCalls, Usd.Zero),
    };

    /// <summary>The same without what is not of some statuses.</summary>
    public PricingTotals Only(IReadOnlyList<PricingStatus> statuses)
    {
        return new() { Exact = Of(PricingStatus.Exact, Exact), AssumedHost = Of(PricingStatus.AssumedHost, AssumedHost), Estimated = Of(PricingStatus.Fallback, Estimated), Unpriced = Of(PricingStatus.Unpriced, Unpriced) };

        PricedShare Of(PricingStatus status, PricedShare share) => statuses.Contains(status) ? share : default;
    }

    /// <summary>Adds up.</summary>
    public static PricingTotals operator +(PricingTotals left, PricingTotals right) => new()
    {
        Exact = left.Exact + right.Exact,
        AssumedHost = left.AssumedHost + right.AssumedHost,
        Estimated = left.Estimated + right.Estimated,
        Unpriced = left.Unpriced + right.Unpriced,
    };

    private static PricingTotals Of(PricingStatus status, PricedShare share) => status switch
    {
        PricingStatus.Exact => new() { Exact = share },
        PricingStatus.AssumedHost => new() { AssumedHost = share },
        PricingStatus.Fallback => new() { Estimated = share },
        _ => new() { Unpriced = share with { Amount = Usd.Zero } },
    };
}
