using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Exploring;

/// <summary>A page of what spend consists of.</summary>
/// <typeparam name="T">A session or a call.</typeparam>
/// <param name="Items">What is on the page.</param>
/// <param name="HasMore">Whether there are more behind it.</param>
/// <param name="Total">All calls of the query, on this page or not; nothing where it was not asked for.</param>
/// <param name="Names">What people and teams are called.</param>
public sealed record SpendList<T>(IReadOnlyList<T> Items, bool HasMore, PricingTotals Total, DimensionNames Names)
{
    /// <summary>What all calls of the query used; null where it was not asked for, which takes longer than the total.</summary>
    public SpendSum? Used { get; init; }
}

/// <summary>Lists the sessions and the calls that spend consists of.</summary>
public sealed class ListSpend(ISpendQueries spend, ReadNames names)
{
    /// <summary>Whether sessions of some spend can be listed by what they cost; of a span that is too long for it they come by time.</summary>
    public static bool IsOrderedByCost(SpendQuery query) =>
        query is { Since: { } first, Until: { } last } && last.DayNumber - first.DayNumber < SessionListPage.DaysByCostMax;

    /// <summary>A page of sessions.</summary>
    public async Task<SpendList<SessionSpend>> SessionsAsync(SpendQuery query, SessionListPage page, CancellationToken cancellationToken)
    {
        var about = AboutAsync(query, hasTotal: true, cancellationToken);
        var found = await spend.SessionSpendAsync(query, page with { Limit = page.Limit + 1 }, cancellationToken);
        return Cut(found, page.Limit, await about);
    }

    /// <summary>A page of calls; of those of one session no total is told.</summary>
    /// <param name="query">Which calls.</param>
    /// <param name="page">Which part of the list.</param>
    /// <param name="isUsageTold">Whether what all of them used is told besides.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SpendList<PricedCall>> CallsAsync(SpendQuery query, CallListPage page, bool isUsageTold, CancellationToken cancellationToken)
    {
        var about = AboutAsync(query, hasTotal: page.Session is null, cancellationToken, isUsageTold);
        var found = await spend.CallPageAsync(query, page with { Limit = page.Limit + 1 }, cancellationToken);
        return Cut(found, page.Limit, await about);
    }

    /// <summary>What came to a list, without a total; null when nothing did.</summary>
    public async Task<SpendList<PricedCall>?> NewCallsAsync(SpendQuery query, CallListPage page, CancellationToken cancellationToken)
    {
        var found = await spend.CallPageAsync(query, page, cancellationToken);
        return found.Count == 0 ? null : Cut(found, page.Limit, await AboutAsync(query, hasTotal: false, cancellationToken));
    }

    private static SpendList<T> Cut<T>(IReadOnlyList<T> found, int limit, About about) =>
        new([.. found.Take(limit)], found.Count > limit, about.Total, about.Names) { Used = about.Used };

    private async Task<About> AboutAsync(SpendQuery query, bool hasTotal, CancellationToken cancellationToken, bool isUsageTold = false)
    {
        var within = query.Within ?? throw new ArgumentException("A list is read within a scope.", nameof(query));
        var called = names.WithinAsync(within, cancellationToken);
        var total = hasTotal ? await spend.SpendAsync(query with { ByDay = false, GroupBy = [], CostOnly = !isUsageTold }, cancellationToken) : [];
        SpendSum? used = hasTotal && isUsageTold ? total.Aggregate(default(SpendSum), static (sum, row) => sum + SpendSum.Of(row)) : null;
        return new(PricingTotals.Of(total), used, await called);
    }

    /// <summary>What is told of a list besides its items.</summary>
    private sealed record About(PricingTotals Total, SpendSum? Used, DimensionNames Names);
}
