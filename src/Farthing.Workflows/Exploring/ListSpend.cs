using Farthing.Domain.Pricing;
using Farthing.Workflows.Access;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Exploring;

/// <summary>A page of what spend consists of.</summary>
/// <typeparam name="T">A session or a call.</typeparam>
/// <param name="Items">What is on the page.</param>
/// <param name="HasMore">Whether there are more behind it.</param>
/// <param name="Total">All calls of the query, on this page or not.</param>
/// <param name="Names">What people and teams are called.</param>
public sealed record SpendList<T>(IReadOnlyList<T> Items, bool HasMore, PricingTotals Total, DimensionNames Names)
{
    /// <summary>What all calls of the query used; null where it was not asked for, which takes longer than the total.</summary>
    public SpendSum? Used { get; init; }

    /// <summary>How many sessions there are on all pages; null in a list of calls, and of a part of a span that is too long to count them.</summary>
    public long? Sessions { get; init; }
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
        var about = AboutAsync(query, cancellationToken);
        var counting = query.IsOfWholeOrg || IsOrderedByCost(query) ? spend.SessionsAsync(query with { ByDay = false, GroupBy = [] }, cancellationToken) : null;
        var found = await spend.SessionSpendAsync(query, page with { Limit = page.Limit + 1 }, cancellationToken);
        var list = await CutAsync(query, found, static session => session.User, page.Limit, await about, cancellationToken);
        return counting is null ? list : list with { Sessions = (await counting).Sum(static count => count.Sessions) };
    }

    /// <summary>A page of calls.</summary>
    /// <param name="query">Which calls.</param>
    /// <param name="page">Which part of the list.</param>
    /// <param name="isUsageTold">Whether what all of them used is told besides, unless they are those of one session.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SpendList<PricedCall>> CallsAsync(SpendQuery query, CallListPage page, bool isUsageTold, CancellationToken cancellationToken)
    {
        var about = page.Session is { } session
            ? AboutSessionAsync(query, session, page.Pricing, cancellationToken)
            : AboutAsync(query, cancellationToken, page.Pricing, isUsageTold);
        var found = await spend.CallPageAsync(query, page with { Limit = page.Limit + 1 }, cancellationToken);
        return await CutAsync(query, found, UserOf, page.Limit, await about, cancellationToken);
    }

    /// <summary>What came to a list, with the total of the list as it is now; null when nothing did, and then no total is read.</summary>
    /// <param name="query">Which calls.</param>
    /// <param name="page">Behind which of them, and how many.</param>
    /// <param name="isUsageTold">Whether what all of them used is told besides.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SpendList<PricedCall>?> NewCallsAsync(SpendQuery query, CallListPage page, bool isUsageTold, CancellationToken cancellationToken)
    {
        var found = await spend.CallPageAsync(query, page, cancellationToken);
        return found.Count == 0
            ? null
            : await CutAsync(query, found, UserOf, page.Limit, await AboutAsync(query, cancellationToken, page.Pricing, isUsageTold), cancellationToken);
    }

    private static string UserOf(PricedCall call) => call.Usage.Dimensions.User;

    private async Task<SpendList<T>> CutAsync<T>(
        SpendQuery query, IReadOnlyList<T> found, Func<T, string> userOf, int limit, About about, CancellationToken cancellationToken)
    {
        List<T> shown = [.. found.Take(limit)];
        var called = await names.WithAsync(about.Names, WithinOf(query), shown.Select(userOf), cancellationToken);
        return new(shown, found.Count > limit, about.Total, called) { Used = about.Used };
    }

    private async Task<About> AboutAsync(
        SpendQuery query, CancellationToken cancellationToken, IReadOnlyList<PricingStatus>? pricing = null, bool isUsageTold = false)
    {
        var called = names.WithinAsync(WithinOf(query), cancellationToken);
        var rows = await spend.SpendAsync(query with { ByDay = false, GroupBy = [], CostOnly = !isUsageTold }, cancellationToken);
        List<SpendRow> meant = [.. rows.Where(row => pricing is null || pricing.Contains(row.Status))];
        SpendSum? used = isUsageTold ? meant.Aggregate(default(SpendSum), static (sum, row) => sum + SpendSum.Of(row)) : null;
        return new(PricingTotals.Of(meant), used, await called);
    }

    /// <summary>Of a session the sums are kept: they are told without reading its calls.</summary>
    private async Task<About> AboutSessionAsync(SpendQuery query, string key, IReadOnlyList<PricingStatus>? pricing, CancellationToken cancellationToken)
    {
        var called = names.WithinAsync(WithinOf(query), cancellationToken);
        var sessions = await spend.SessionSpendAsync(query, new() { Keys = [key] }, cancellationToken);
        var total = PricingTotals.Of(sessions.Aggregate(default(SpendSum), static (sum, session) => sum + session.Sum));
        return new(pricing is null ? total : total.Only(pricing), Used: null, await called);
    }

    private static Scope WithinOf(SpendQuery query) => query.Within ?? throw new ArgumentException("A list is read within a scope.", nameof(query));

    /// <summary>What is told of a list besides its items.</summary>
    private sealed record About(PricingTotals Total, SpendSum? Used, DimensionNames Names);
}
