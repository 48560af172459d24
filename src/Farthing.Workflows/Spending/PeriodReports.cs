using System.Globalization;

namespace Farthing.Workflows.Spending;

/// <summary>The calendar period of a report's lines.</summary>
public enum ReportPeriod
{
    /// <summary>A day.</summary>
    Day,

    /// <summary>Seven days.</summary>
    Week,

    /// <summary>A calendar month.</summary>
    Month,
}

/// <summary>Which report by periods is wanted.</summary>
public sealed record PeriodReportRequest
{
    /// <summary>Which spend; its grouping is the report's business.</summary>
    public required SpendQuery Spend { get; init; }

    /// <summary>The period of a line.</summary>
    public required ReportPeriod Period { get; init; }

    /// <summary>The day on which weeks start.</summary>
    public DayOfWeek WeekStart { get; init; } = DayOfWeek.Monday;

    /// <summary>What lines are split by; null for not at all.</summary>
    public SpendDimension? By { get; init; }
}

/// <summary>Reports by day, week and month. Pure but for the query: the same rows always give the same report.</summary>
public static class PeriodReports
{
    private const int DaysPerWeek = 7;

    /// <summary>Builds a report; lines in order of time, periods without calls left out.</summary>
    public static async Task<SpendReport> BuildAsync(PeriodReportRequest request, ISpendQueries queries, CancellationToken cancellationToken)
    {
        var rows = await queries.SpendAsync(
            request.Spend with { ByDay = true, GroupBy = Grouping(request.By) }, cancellationToken);
        return Build(request, rows);
    }

    /// <summary>The first day of the period that a day lies in.</summary>
    public static DateOnly StartOf(DateOnly day, ReportPeriod period, DayOfWeek weekStart) => period switch
    {
        ReportPeriod.Day => day,
        ReportPeriod.Week => day.AddDays(-((day.DayOfWeek - weekStart + DaysPerWeek) % DaysPerWeek)),
        ReportPeriod.Month => new(day.Year, day.Month, 1),
        _ => throw new ArgumentOutOfRangeException(nameof(period), period, "There is no such period."),
    };

    /// <summary>The first day of the last <paramref name="count"/> periods, the one of <paramref name="today"/> included.</summary>
    public static DateOnly StartOfLast(int count, DateOnly today, ReportPeriod period, DayOfWeek weekStart)
    {
        var start = StartOf(today, period, weekStart);
        return period switch
        {
            ReportPeriod.Month => start.AddMonths(1 - count),
            ReportPeriod.Week => start.AddDays((1 - count) * DaysPerWeek),
            _ => start.AddDays(1 - count),
        };
    }

    /// <summary>How a period is called: <c>2026-01-05</c> for a day and, by its first day, a week; <c>2026-01</c> for a month.</summary>
    public static string NameOf(DateOnly start, ReportPeriod period) =>
        start.ToString(period == ReportPeriod.Month ? "yyyy-MM" : "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>What a query must be grouped by to build lines, split by a dimension.</summary>
    internal static IReadOnlyList<SpendDimension> Grouping(SpendDimension? by) => by switch
    {
        null or SpendDimension.Agent or SpendDimension.Model => [SpendDimension.Agent, SpendDimension.Model],
        { } dimension => [SpendDimension.Agent, SpendDimension.Model, dimension],
    };

    private static SpendReport Build(PeriodReportRequest request, IReadOnlyList<SpendRow> rows)
    {
        var lines = new Dictionary<string, SpendLineBuilder>(StringComparer.Ordinal);
        var total = new SpendLineBuilder(string.Empty);
        var line = total;
        DateOnly? named = null;
        foreach (var row in rows)
        {
            // Rows of one period mostly follow each other; its name is made once.
            var start = StartOf(row.Day, request.Period, request.WeekStart);
            if (start != named)
            {
                line = SpendLineBuilder.Of(lines, NameOf(start, request.Period));
                named = start;
            }

            line.Add(row, request.By);
            total.Add(row.Agent, row.Model, SpendSum.Of(row));
        }

        var built = new List<SpendLine>(lines.Count);
        foreach (var builder in lines.Values)
        {
            built.Add(builder.Build(request.By));
        }

        built.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        return new(built, total.Build());
    }
}
