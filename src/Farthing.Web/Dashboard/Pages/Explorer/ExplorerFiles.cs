using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Web.Dashboard.Frame;
using Farthing.Workflows.Exploring;
using Farthing.Workflows.Spending;

namespace Farthing.Web.Dashboard.Pages.Explorer;

/// <summary>A line of a view as files tell it: exact figures, and for each dimension the value and what it is called.</summary>
internal static class ExportedLine
{
    /// <summary>The figures with their names, all exact; null for a cost that is unknown.</summary>
    public static IEnumerable<(string Name, string? Value, bool IsText)> FiguresOf(SpendSum sum) =>
    [
        ("cost_usd", sum.IsWithoutPrice ? null : sum.Cost.ToString(), true),
        ("estimated_cost_usd", sum.EstimatedCost.ToString(), true),
        .. MetricWord.All.Where(static word => word.Metric != SpendMetric.Cost).Select(word => (word.Word, (string?)word.Metric.Of(sum).ToString(CultureInfo.InvariantCulture), false)),
        ("unpriced_calls", sum.UnpricedCalls.ToString(CultureInfo.InvariantCulture), false),
        ("pricing_status", StatusOf(sum.Status), true),
    ];

    /// <summary>The part of the figure that is shown, as a number from 0 to 1: what the page calls <c>12.5%</c> is <c>0.125</c>.</summary>
    public static string ShareOf(int permille) => (permille / (decimal)ExploredLine.PermilleOfAll).ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>The figures of a series over time, exact; null for costs that are unknown.</summary>
    public static IEnumerable<string?> ValuesOf(SpendMetric metric, ExploredSeries series) => series.Values.Select(value =>
        series.IsWithoutPrice ? null : metric == SpendMetric.Cost ? new Usd(value).ToString() : value.ToString(CultureInfo.InvariantCulture));

    /// <summary>What kind of line it is.</summary>
    public static string KindOf(ExploredLine line) => line.Others > 0 ? "others" : "group";

    private static string StatusOf(PricingStatus status) => status switch
    {
        PricingStatus.AssumedHost => "assumed_host",
        PricingStatus.Fallback => "fallback",
        PricingStatus.Unpriced => "unpriced",
        _ => "exact",
    };
}

/// <summary>A view as a table with commas: its lines, then the total. Lines of level 1 add up to the total, those of level 2 to the line of level 1 above them.</summary>
internal static class ExplorerCsv
{
    /// <summary>Writes it.</summary>
    public static string Write(Exploration view)
    {
        var csv = new CsvText().AddSafe("line").AddSafe("level").AddSafe("groups");
        ExportedView.AddHeads(csv, view.Request);
        foreach (var (name, _, _) in ExportedLine.FiguresOf(default))
        {
            csv.AddSafe(name);
        }

        csv.AddSafe(ExportedView.ShareName(view.Request)).End();
        foreach (var line in view.Lines)
        {
            Add(csv, view, ExportedLine.KindOf(line), line.Level + 1, Math.Max(line.Others, 1), line.Path, line.Sum, line.Permille);
        }

        Add(csv, view, "total", 0, 0, [], view.Total, view.TotalPermille);
        return csv.ToString();
    }

    private static void Add(CsvText csv, Exploration view, string kind, int level, int groups, IReadOnlyList<string> path, SpendSum sum, int permille)
    {
        csv.AddSafe(kind).AddSafe(Number(level)).AddSafe(groups == 0 ? string.Empty : Number(groups));
        ExportedView.AddPath(csv, view.Request, view.Names, path);
        foreach (var (_, value, _) in ExportedLine.FiguresOf(sum))
        {
            csv.AddSafe(value ?? string.Empty);
        }

        csv.AddSafe(ExportedLine.ShareOf(permille)).End();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a view shows over time as a table with commas: a line for each period, a column for each series, as a spreadsheet draws them.</summary>
internal static class SeriesCsv
{
    /// <summary>Writes it; nothing but its head for a view that is not cut by time.</summary>
    public static string Write(Exploration view)
    {
        var csv = new CsvText().AddSafe(GrainWord.Of(view.Grain).Word);
        foreach (var series in view.Series)
        {
            csv.Add(ExplorerText.NameOf(series));
        }

        csv.End();
        var columns = view.Series.Select(series => ExportedLine.ValuesOf(view.Request.Show, series).ToList()).ToList();
        for (var at = 0; at < view.Periods.Count && columns.Count > 0; at++)
        {
            csv.AddSafe(DaySpan.Iso(view.Periods[at]));
            foreach (var values in columns)
            {
                csv.AddSafe(values[at] ?? string.Empty);
            }

            csv.End();
        }

        return csv.ToString();
    }
}

/// <summary>A view as JSON: what was asked, the lines, the total, and what is drawn over time. Money is exact, as decimal texts.</summary>
internal static class ExplorerJson
{
    /// <summary>Writes it.</summary>
    public static byte[] Write(Exploration view, TimeZoneInfo zone)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new() { Indented = true }))
        {
            json.WriteStartObject();
            ExportedView.WriteAsked(json, view.Request, zone);
            json.WriteStartArray("lines");
            foreach (var line in view.Lines)
            {
                json.WriteStartObject();
                json.WriteString("line", ExportedLine.KindOf(line));
                json.WriteNumber("level", line.Level + 1);
                json.WriteNumber("groups", Math.Max(line.Others, 1));
                ExportedView.WritePath(json, view.Request, view.Names, line.Path);
                WriteFigures(json, line.Sum, line.Permille, view.Request);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("total");
            WriteFigures(json, view.Total, view.TotalPermille, view.Request);
            json.WriteEndObject();
            WriteSeries(json, view);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static void WriteFigures(Utf8JsonWriter json, SpendSum sum, int permille, ExploreRequest request)
    {
        foreach (var (name, value, isText) in ExportedLine.FiguresOf(sum))
        {
            if (isText)
            {
                json.WriteString(name, value);
            }
            else
            {
                json.WritePropertyName(name);
                json.WriteRawValue(value!);
            }
        }

        json.WritePropertyName(ExportedView.ShareName(request));
        json.WriteRawValue(ExportedLine.ShareOf(permille));
    }

    private static void WriteSeries(Utf8JsonWriter json, Exploration view)
    {
        var metric = view.Request.Show;
        json.WriteString("show", metric == SpendMetric.Cost ? "cost_usd" : MetricWord.Of(metric).Word);
        json.WriteString("grain", GrainWord.Of(view.Grain).Word);
        json.WriteStartArray("periods");
        foreach (var start in view.Periods)
        {
            json.WriteStringValue(DaySpan.Iso(start));
        }

        json.WriteEndArray();
        json.WriteStartArray("series");
        foreach (var series in view.Series)
        {
            json.WriteStartObject();
            json.WriteString("name", ExplorerText.NameOf(series));
            json.WriteStartArray("values");
            foreach (var value in ExportedLine.ValuesOf(metric, series))
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
