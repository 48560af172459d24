namespace Farthing.Workflows.Spending;

/// <summary>What one day cost.</summary>
/// <param name="Day">The day in the reporting time zone.</param>
/// <param name="Sum">What it used and cost; empty for a day without calls.</param>
public sealed record SpendDay(DateOnly Day, SpendSum Sum);

/// <summary>The span of an overview by one dimension.</summary>
/// <param name="By">The dimension.</param>
/// <param name="Lines">Its lines; their sum is the span's.</param>
public sealed record SpendSection(SpendDimension By, IReadOnlyList<SpendLine> Lines);

/// <summary>Which overview is wanted.</summary>
public sealed record OverviewRequest
{
    /// <summary>How many days the row of days spans.</summary>
    public const int Days = 14;

    /// <summary>Whose spend and which span, the current month unless told; its grouping is the overview's business.</summary>
    public required SpendQuery Spend { get; init; }

    /// <summary>The current day in the query's time zone.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>The one dimension that is wanted; null for models, projects and sessions.</summary>
    public SpendDimension? By { get; init; }

    /// <summary>The first day of the span.</summary>
    public DateOnly From => Spend.Since ?? new(To.Year, To.Month, 1);

    /// <summary>The last day of the span.</summary>
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

    /// <summary>What the span was spent on.</summary>
    public required IReadOnlyList<SpendSection> Sections { get; init; }

    /// <summary>The last fourteen days, the oldest first, none left out.</summary>
    public required IReadOnlyList<SpendDay> Days { get; init; }

    /// <summary>Whether there is nothing to show.</summary>
    public bool IsEmpty => Span.Sum.Calls == 0 && Days.All(static day => day.Sum.Calls == 0);
}

/// <summary>Builds the first page from two queries: one over days, one over sessions.</summary>
public static class Overviews
{
    /// <summary>Builds it.</summary>
    public static async Task<SpendOverview> BuildAsync(OverviewRequest request, ISpendQueries queries, CancellationToken cancellationToken)
    {
        var firstShown = request.Today.AddDays(1 - OverviewRequest.Days);
        var groups = request.By is { } by and not SpendDimension.Session ? by : SpendDimension.Project;
        var rows = await queries.SpendAsync(
            request.Spend with
            {
                Since = firstShown < request.From ? firstShown : request.From,
                Until = request.Today > request.To ? request.Today : request.To,
                ByDay = true,
                GroupBy = PeriodReports.Grouping(groups),
            },
            cancellationToken);
        IReadOnlyList<SpendLine> sessions = [];
        if (request.By is null or SpendDimension.Session)
        {
            var span = request.Spend with { Since = request.From, Until = request.To };
            sessions = (await SessionReports.BuildAsync(span, by: null, queries, cancellationToken)).Lines;
        }

        return Build(request, rows, groups, sessions);
    }

    private static SpendOverview Build(
        OverviewRequest request, IReadOnlyList<SpendRow> rows, SpendDimension groups, IReadOnlyList<SpendLine> sessions)
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
                span.Add(row, groups);
            }
        }

        var whole = span.Build(groups);
        return new()
        {
            Today = request.Today,
            From = request.From,
            To = request.To,
            TodaySum = days[^1],
            Span = whole with { Groups = [] },
            Sections = SectionsOf(request.By, whole, sessions),
            Days = [.. days.Select((sum, index) => new SpendDay(request.Today.AddDays(index + 1 - days.Length), sum))],
        };
    }

    private static IReadOnlyList<SpendSection> SectionsOf(SpendDimension? by, SpendLine whole, IReadOnlyList<SpendLine> sessions) => by switch
    {
        null =>
        [
            new(SpendDimension.Model, whole.Models),
            new(SpendDimension.Project, whole.Groups),
            new(SpendDimension.Session, sessions),
        ],
        SpendDimension.Model => [new(SpendDimension.Model, whole.Models)],
        SpendDimension.Session => [new(SpendDimension.Session, sessions)],
        { } dimension => [new(dimension, whole.Groups)],
    };
}
