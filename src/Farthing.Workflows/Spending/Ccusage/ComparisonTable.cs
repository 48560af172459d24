using System.Globalization;
using Farthing.Domain.Money;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Spending.Ccusage;

/// <summary>The rows of a report, ready to take our calls in: knows which call belongs to which row.</summary>
internal sealed class ComparisonTable
{
    private const int SessionKeyLength = 36;
    private const string DayFormat = "yyyy-MM-dd";

    private readonly CcusageReport report;
    private readonly TimeZoneInfo zone;
    private readonly Dictionary<(string Period, string Model), ComparisonGroup> groups = [];
    private readonly Dictionary<(string Period, string Model), ComparisonCell> cells = [];
    private readonly CcusageRow[] blocks;
    private readonly bool hasModels;
    private readonly bool hasModelCosts;
    private readonly bool hasCosts;
    private readonly DayOfWeek weekStart;
    private readonly HashSet<string> unpriced;
    private readonly HashSet<string> listed;
    private readonly string first;
    private readonly string last;

    /// <summary>Takes the report's rows in.</summary>
    public ComparisonTable(CcusageReport report, TimeZoneInfo zone)
    {
        this.report = report;
        this.zone = zone;
        hasModels = report.Rows.Any(row => row.Models.Count > 0);
        hasCosts = report.Cost is not null;
        hasModelCosts = hasModels && (!hasCosts || report.Rows.Any(row => row.Models.Any(model => model.Cost is not null)));
        blocks = report.Period == CcusagePeriod.Block ? [.. report.Rows.OrderBy(row => row.Start)] : [];
        weekStart = report.Period == CcusagePeriod.Week && report.Rows.Count > 0 ? FirstWeekday(report.Rows[0].Period) : DayOfWeek.Monday;
        var flagged = report.Rows.SelectMany(row => row.Models).Where(model => model.IsUnpriced).Select(model => model.Name);
        unpriced = [.. report.Unpriced, .. flagged];
        listed = [.. report.Rows.Select(row => KeyOf(row.Period))];
        foreach (var row in report.Rows)
        {
            Add(row);
        }

        string[] periods = [.. report.Rows.Select(row => row.Period).Order(StringComparer.Ordinal)];
        (first, last) = periods.Length == 0 ? (string.Empty, string.Empty) : (periods[0], periods[^1]);
    }

    /// <summary>All groups in the order of their periods and models.</summary>
    public IEnumerable<ComparisonGroup> Groups =>
        groups.OrderBy(group => group.Key.Period, StringComparer.Ordinal).ThenBy(group => group.Key.Model, StringComparer.Ordinal).Select(group => group.Value);

    /// <summary>The cell of a call, made when the report lacks it; null when the call lies outside the report's periods.</summary>
    public ComparisonCell? Find(UsageEvent usage)
    {
        if (PeriodOf(usage) is not { } period)
        {
            return null;
        }

        var label = hasModels ? CcusageRules.LabelOf(usage) : string.Empty;
        return cells.TryGetValue((period, label), out var cell) ? cell : AddCell(period, period, label);
    }

    private static DayOfWeek FirstWeekday(string period) =>
        DateOnly.TryParseExact(period, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.DayOfWeek : DayOfWeek.Monday;

    // Codex sessions are paths that end in the thread's id; copies of one thread under two paths are one session here.
    private static string SessionKey(string session) =>
        session.Length > SessionKeyLength && Guid.TryParseExact(session.AsSpan(session.Length - SessionKeyLength), "D", out _)
            ? session[^SessionKeyLength..]
            : session;

    private string KeyOf(string period) => report.Period == CcusagePeriod.Session ? SessionKey(period) : period;

    private void Add(CcusageRow row)
    {
        var period = KeyOf(row.Period);
        if (!hasModels)
        {
            AddCell(period, row.Period, string.Empty).Theirs += row.Tokens;
            AddCost(period, string.Empty, row.Cost);
            return;
        }

        foreach (var model in row.Models)
        {
            var cell = AddCell(period, row.Period, model.Name);
            cell.Theirs += model.Tokens;
            if (hasModelCosts)
            {
                AddCost(period, model.Name, model.Cost);
            }
        }

        if (!hasModelCosts && row.Models.Count > 0)
        {
            AddCost(period, string.Empty, row.Cost);
        }
    }

    private ComparisonCell AddCell(string period, string shown, string model)
    {
        if (cells.TryGetValue((period, model), out var known))
        {
            return known;
        }

        var key = (period, hasModelCosts ? model : string.Empty);
        if (!groups.TryGetValue(key, out var group))
        {
            groups.Add(key, group = new(shown) { TheirCost = hasCosts ? Usd.Zero : null, IsListed = listed.Contains(period) });
        }

        var cell = new ComparisonCell(model) { IsUnpricedThere = unpriced.Contains(model) };
        cells.Add((period, model), cell);
        group.Cells.Add(cell);
        return cell;
    }

    private void AddCost(string period, string model, Usd? cost)
    {
        if (cost is { } amount)
        {
            var group = groups[(period, model)];
            group.TheirCost = (group.TheirCost ?? Usd.Zero) + amount;
        }
    }

    private string? PeriodOf(UsageEvent usage)
    {
        if (report.Rows.Count == 0)
        {
            return null;
        }

        if (report.Period == CcusagePeriod.Session)
        {
            return SessionKey(usage.Session.Key);
        }

        if (report.Period == CcusagePeriod.Block)
        {
            return BlockOf(usage.OccurredAt);
        }

        var day = CalendarDays.DayOf(usage.OccurredAt, zone);
        var kind = report.Period switch
        {
            CcusagePeriod.Month => ReportPeriod.Month,
            CcusagePeriod.Week => ReportPeriod.Week,
            _ => ReportPeriod.Day,
        };
        var period = PeriodReports.NameOf(PeriodReports.StartOf(day, kind, weekStart), kind);
        return string.CompareOrdinal(period, first) < 0 || string.CompareOrdinal(period, last) > 0 ? null : period;
    }

    private string? BlockOf(DateTimeOffset at)
    {
        var low = 0;
        var high = blocks.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = blocks[middle].Start <= at ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && at <= blocks[low - 1].End ? blocks[low - 1].Period : null;
    }
}
