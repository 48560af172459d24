using Farthing.Domain.Money;
using Farthing.Domain.Usage;
using Farthing.Workflows.Exploring;
using Farthing.Workflows.Planning;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Analytics;

/// <summary>A page of the sessions of a kind of work.</summary>
/// <param name="List">The sessions, each with all that it cost, and their total.</param>
/// <param name="IsCut">Whether there are older sessions of known work that were not looked at.</param>
public sealed record WorkSessions(SpendList<SessionSpend> List, bool IsCut);

/// <summary>
/// Lists the sessions that <see cref="CostReport.Workflows"/> adds up, so that a line there is exactly the sum of what is listed:
/// those that began in the days of a query, among the latest <see cref="JudgedCosts.SessionsMax"/> whose work is known, with all
/// that they cost, also behind the end of the days.
/// </summary>
public sealed class ListWork(ISpendQueries spend, ReportedJudgements judged, ReadNames names)
{
    /// <summary>How many sessions are asked what kinds of work there are.</summary>
    private const int AskedMax = 200;

    /// <summary>A page of the sessions of a kind of work.</summary>
    /// <param name="query">Their days, and filters of what they cost.</param>
    /// <param name="work">The kind of work.</param>
    /// <param name="page">Which part of the list.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<WorkSessions> ListAsync(SpendQuery query, string work, SessionListPage page, CancellationToken cancellationToken)
    {
        var range = RangeOf(query);
        var called = names.WithinAsync(range.Within, cancellationToken);
        var costs = await JudgedCosts.ReadAsync(judged, spend, range, query.Only, cancellationToken);
        var sessions = costs.Sessions.Where(session => session.Session.Archetype == work).Select(static session => session.Spend).ToList();
        var behind = sessions.OrderBy(static session => session.Cursor, Comparer<SessionCursor>.Create((left, right) => SessionCursor.Compare(page.Order, left, right)))
            .Where(session => page.After is not { } after || SessionCursor.Compare(page.Order, session.Cursor, after) > 0)
            .Take(page.Limit + 1).ToList();
        return new(
            new(
                [.. behind.Take(page.Limit)],
                behind.Count > page.Limit,
                TotalsOf(sessions.Aggregate(default(SpendSum), static (sum, session) => sum + session.Sum)),
                await called),
            costs.IsCut);
    }

    /// <summary>The kinds of work of the latest sessions in the days of a query, by name.</summary>
    public async Task<IReadOnlyList<string>> KindsAsync(SpendQuery query, CancellationToken cancellationToken)
    {
        var sessions = await judged.JudgedAsync(RangeOf(query), AskedMax, cancellationToken);
        return [.. sessions.Select(static session => session.Archetype).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static SpendRange RangeOf(SpendQuery query) => new()
    {
        Within = query.Within ?? throw new ArgumentException("A list is read within a scope.", nameof(query)),
        Zone = query.Zone,
        From = query.Since is { } first ? CalendarDays.StartOf(first, query.Zone) : null,
        To = query.Until is { } last ? CalendarDays.EndOf(last, query.Zone) : null,
    };

    /// <summary>A sum knows what its priced calls cost together, so the amount of all of them stands with the exact ones.</summary>
    private static PricingTotals TotalsOf(in SpendSum sum) => new()
    {
        Exact = new(sum.Calls - sum.AssumedHostCalls - sum.EstimatedCalls - sum.UnpricedCalls, sum.Cost),
        AssumedHost = new(sum.AssumedHostCalls, Usd.Zero),
        Estimated = new(sum.EstimatedCalls, sum.EstimatedCost),
        Unpriced = new(sum.UnpricedCalls, Usd.Zero),
    };
}
