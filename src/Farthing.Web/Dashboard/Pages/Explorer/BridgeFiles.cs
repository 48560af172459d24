using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Farthing.Domain.Money;
using Farthing.Web.Dashboard.Frame;
using Farthing.Workflows.Exploring;

namespace Farthing.Web.Dashboard.Pages.Explorer;

/// <summary>A line of a comparison as files tell it: amounts to the cent, as the page shows them, which add up along the line and, with what the page calls rounding, down the column.</summary>
internal static class ExportedChange
{
    /// <summary>The amounts with their names.</summary>
    public static IEnumerable<(string Name, Usd Amount)> AmountsOf(BridgeLine? line) =>
    [
        ("before_usd", line?.Before ?? Usd.Zero),
        .. BridgePart.All.Select(part => (part.Word + "_usd", line is null ? Usd.Zero : part.Of(line.Parts))),
        ("change_usd", line?.Parts.Sum ?? Usd.Zero),
        ("after_usd", line?.After ?? Usd.Zero),
    ];

    /// <summary>What kind of line it is.</summary>
    public static string KindOf(BridgeLine line) => line.Others > 0 ? "others" : "group";
}

/// <summary>A comparison of two periods as a table with commas: its lines, what they were rounded by where that is not nothing, then the total, which is their sum.</summary>
internal static class BridgeCsv
{
    /// <summary>Writes it.</summary>
    public static string Write(BridgeReport report)
    {
        var csv = new CsvText().AddSafe("line").AddSafe("groups");
        ExportedView.AddHeads(csv, report.Request.After);
        foreach (var (name, _) in ExportedChange.AmountsOf(null))
        {
            csv.AddSafe(name);
        }

        csv.End();
        foreach (var line in report.Lines)
        {
            Add(csv, report, line, ExportedChange.KindOf(line), Math.Max(line.Others, 1).ToString(CultureInfo.InvariantCulture));
        }

        if (report.Rest is { IsNothing: false } rest)
        {
            Add(csv, report, rest, "rounding", groups: string.Empty);
        }

        Add(csv, report, report.Total, "total", groups: string.Empty);
        return csv.ToString();
    }

    private static void Add(CsvText csv, BridgeReport report, BridgeLine line, string kind, string groups)
    {
        csv.AddSafe(kind).AddSafe(groups);
        ExportedView.AddPath(csv, report.Request.After, report.Names, line.Path);
        foreach (var (_, amount) in ExportedChange.AmountsOf(line))
        {
            csv.AddSafe(amount.ToString());
        }

        csv.End();
    }
}

/// <summary>A comparison of two periods as JSON: what was asked, the lines, what they were rounded by and the total to the cent, and the total to the last digit.</summary>
internal static class BridgeJson
{
    /// <summary>Writes it.</summary>
    public static byte[] Write(BridgeReport report, TimeZoneInfo zone)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new() { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("before_from", DaySpan.Iso(report.Request.BeforeFirst));
            json.WriteString("before_to", DaySpan.Iso(report.Request.BeforeLast));
            ExportedView.WriteAsked(json, report.Request.After, zone);
            json.WriteStartArray("lines");
            foreach (var line in report.Lines)
            {
                json.WriteStartObject();
                json.WriteString("line", ExportedChange.KindOf(line));
                json.WriteNumber("groups", Math.Max(line.Others, 1));
                ExportedView.WritePath(json, report.Request.After, report.Names, line.Path);
                WriteAmounts(json, line);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteAmounts(json, "rounding", report.Rest);
            WriteAmounts(json, "total", report.Total);
            WriteAmounts(json, "exact", new() { Path = [], Names = [], Before = report.Before, Parts = report.Parts });
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static void WriteAmounts(Utf8JsonWriter json, string name, BridgeLine line)
    {
        json.WriteStartObject(name);
        WriteAmounts(json, line);
        json.WriteEndObject();
    }

    private static void WriteAmounts(Utf8JsonWriter json, BridgeLine line)
    {
        foreach (var (name, amount) in ExportedChange.AmountsOf(line))
        {
            json.WriteString(name, amount.ToString());
        }
    }
}
