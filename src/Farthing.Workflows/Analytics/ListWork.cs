using Farthing.Domain.PlanFit;
using Farthing.Domain.Usage;
using Farthing.Workflows.Exploring;
using Farthing.Workflows.Planning;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Analytics;

/// <summary>Which sessions are meant by what their clients said of them.</summary>
/// <param name="Work">The kind of work; empty for any.</param>
/// <param name="Outcomes">What came of it: one of these; empty for anything.</param>
public sealed record SaidFilter(string Work, IReadOnlyList<SessionOutcome> Outcomes)
{
    /// <summary>The model that a session of the work must stand for as <see cref="JudgedCost.ComparedModel"/>; empty for any.</summary>
    public string ComparedModel { get; init; } = string.Empty;

    /// <summary>Whether anything is asked.</summary>
    public bool IsAny => Work.Length == 0 && Outcomes.Count == 0;
}

/// <summary>A page of sessions of which something was said.</summary>
/// <param name="List">The sessions, each with all that it cost, and their total.</param>
public sealed record WorkSessions(SpendList<SessionSpend> List)
{
    /// <summary>The part that was looked at of very many sessions; null where all of them were.</summary>
    public WorkPart? Part { get; init; }
}

/// <summary>A part of the sessions of which something was said: <see cref="JudgedCosts.SessionsMax"/> of them, in order of their beginning.</summary>
/// <param name="Reported">How many there are in all parts, with calls or without.</param>
/// <param name="Next">Behind which session the next part begins; empty in the last one.</param>
public sealed record WorkPart(long Reported, string Next);

/// <summary>
/// Lists the sessions that <see cref="CostReport.Workflows"/> adds up, so that a line there is exactly the sum of what is listed:
/// those that began in the days of a query, with all that they cost, also behind the end of the days. Of more than
/// <see cref="JudgedCosts.SessionsMax"/> those that began last are listed, and the others in further parts.
/// </summary>
public sealed class ListWork(ISpendQueries spend, ReportedJudgements judged, ReadNames names)
{
    /// <summary>How many sessions are asked what kinds of work there are.</summary>
    private const int AskedMax = 200;

    /// <summary>A page of the sessions of which something was said.</summary>
    /// <param name="query">Their days, and filters of what they cost.</param>
    /// <param name="said">What was said of them.</param>
    /// <param name="behind">Behind which session the part begins; empty for the first one.</param>
    /// <param name="page">Which page of the part.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<WorkSessions> ListAsync(SpendQuery query, SaidFilter said, string behind, SessionListPage page, CancellationToken cancellationToken)
    {
        var range = RangeOf(query);
        var called = names.WithinAsync(range.Within, cancellationToken);
        var meant = new SaidOfSessions(said.Work.Length > 0, said.Outcomes);
        var costs = await JudgedCosts.ReadAsync(judged, spend, range, meant, query.Only, behind, cancellationToken);
        var sessions = costs.Sessions.Where(session => IsMeant(said, session)).Select(static session => session.Spend).ToList();
        var rest = sessions.OrderBy(static session => session.Cursor, Comparer<SessionCursor>.Create((left, right) => SessionCursor.Compare(page.Order, left, right)))
            .Where(session => page.After is not { } after || SessionCursor.Compare(page.Order, session.Cursor, after) > 0)
            .Take(page.Limit + 1).ToList();
        List<SessionSpend> shown = [.. rest.Take(page.Limit)];
        return new(
            new(
                shown,
                rest.Count > page.Limit,
                PricingTotals.Of(sessions.Aggregate(default(SpendSum), static (sum, session) => sum + session.Sum)),
                await names.WithAsync(await called, range.Within, shown.Select(static session => session.User), cancellationToken))
            {
                Sessions = sessions.Count,
            })
        {
            Part = costs.IsCut || behind.Length > 0 ? new(await judged.CountAsync(range, meant, cancellationToken), costs.Next) : null,
        };
    }

    /// <summary>The kinds of work of the latest sessions in the days of a query, by name.</summary>
    public async Task<IReadOnlyList<string>> KindsAsync(SpendQuery query, CancellationToken cancellationToken)
    {
        var sessions = await judged.JudgedAsync(RangeOf(query), SaidOfSessions.KnownWork, new(AskedMax, string.Empty), cancellationToken);
        return [.. sessions.Select(static session => session.Archetype).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static bool IsMeant(SaidFilter said, JudgedCost session) =>
        (said.Work.Length == 0 || session.Session.Archetype == said.Work) && (said.ComparedModel.Length == 0 || session.ComparedModel == said.ComparedModel);

    private static SpendRange RangeOf(SpendQuery query) => new()
    {
        Within = query.Within ?? throw new ArgumentException("A list is read within a scope.", nameof(query)),
        Zone = query.Zone,
        From = query.Since is { } first ? CalendarDays.StartOf(first, query.Zone) : null,
        To = query.Until is { } last ? CalendarDays.EndOf(last, query.Zone) : null,
    };
}
