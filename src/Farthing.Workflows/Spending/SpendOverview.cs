using Farthing.Domain.Pricing;

namespace Farthing.Workflows.Spending;

/// <summary>What one day cost.</summary>
/// <param name="Day">The day in the reporting time zone.</param>
/// <param name="Sum">What it used and cost; empty for a day without calls.</param>
public sealed record SpendDay(DateOnly Day, SpendSum Sum);

/// <summary>Which overview is wanted.</summary>
public sealed record OverviewRequest
{
    /// <summary>How many days the row of days spans.</summary>
    public const int Days = 14;

    /// <summary>Whose spend; its days and grouping are the overview's business.</summary>
    public required SpendQuery Spend { get; init; }

    /// <summary>The current day in the query's time zone.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>The first day of the span that is broken down; the current month's unless told otherwise.</summary>
    public DateOnly From => Spend.Since ?? new(Today.Year, Today.Month, 1);

    /// <summary>The last day of that span.</summary>
    public DateOnly To => Spend.Until ?? Today;
}

/// <summary>Today, this month, and what it was spent on: the first page.</summary>
public sealed record SpendOverview
{
    /// <summary>The current day.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>The first day of the span.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day of the span.</summary>
    public required DateOnly To { get; init; }

    /// <summary>What today used and cost.</summary>
    public required SpendSum TodaySum { get; init; }

    /// <summary>What the span used and cost, with its models, dearest first.</summary>
    public required SpendLine Span { get; init; }

    /// <summary>The span by project, dearest first.</summary>
    public required IReadOnlyList<SpendLine> Projects { get; init; }

    /// <summary>The span by session, dearest first.</summary>
    public required IReadOnlyList<SpendLine> Sessions { get; init; }

    /// <summary>The last fourteen days, the oldest first, none left out.</summary>
    public required IReadOnlyList<SpendDay> Days { get; init; }

    /// <summary>Whether there is nothing to show.</summary>
    public bool IsEmpty => Span.Sum.Calls == 0 && TodaySum.Calls == 0 && Days.All(day => day.Sum.Calls == 0);

    /// <summary>The models of the span whose price is at most as sure as a status.</summary>
    public IEnumerable<SpendLine> ModelsWithout(PricingStatus atLeast) => new SpendReport([], Span).ModelsWithout(atLeast);
}

/// <summary>Builds the first page from two queries: one over days, one over sessions.</summary>
public static class Overviews
{
    /// <summary>Builds it.</summary>
    public static async Task<SpendOverview> BuildAsync(OverviewRequest request, ISpendQueries queries, CancellationToken cancellationToken)
    {
        var firstShown = request.Today.AddDays(1 - OverviewRequest.Days);
        var rows = await queries.SpendAsync(
            request.Spend with
            {
                Since = firstShown < request.From ? firstShown : request.From,
                Until = request.Today > request.To ? request.Today : request.To,
                ByDay = true,
                GroupBy = [SpendDimension.Agent, SpendDimension.Model, SpendDimension.Project],
            },
            cancellationToken);
        var span = request.Spend with { Since = request.From, Until = request.To };
        var sessions = await SessionReports.BuildAsync(span, by: null, queries, cancellationToken);
        return Build(request, rows, sessions.Lines);
    }

    private static SpendOverview Build(OverviewRequest request, IReadOnlyList<SpendRow> rows, IReadOnlyList<SpendLine> sessions)
    {
        var days = new SpendSum[OverviewRequest.Days];
        var span = new SpendLineBuilder(string.Empty);
        foreach (var row in rows)
        {
            var age = request.Today.DayNumber - row.Day.DayNumber;
            if (age >= 0 && age < days.Length)
            {
                days[^(age + 1)] += SpendSum.Of(row);
            }

            if (row.Day >= request.From && row.Day <= request.To)
            {
                span.Add(row, SpendDimension.Project);
            }
        }

        var whole = span.Build();
        return new()
        {
            Today = request.Today,
            From = request.From,
            To = request.To,
            TodaySum = days[^1],
            Span = whole with { Groups = [] },
            Projects = whole.Groups,
            Sessions = sessions,
            Days = [.. days.Select((sum, index) => new SpendDay(request.Today.AddDays(index + 1 - days.Length), sum))],
        };
    }
}
