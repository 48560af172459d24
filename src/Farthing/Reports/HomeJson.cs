using System.Globalization;
using Farthing.Workflows.Spending;

namespace Farthing.Reports;

/// <summary>The first page as JSON. ccusage has no such report; lines and totals have the keys of the other reports.</summary>
internal static class HomeJson
{
    /// <summary>Writes it.</summary>
    public static void Write(TextWriter output, SpendOverview overview, TimeZoneInfo zone, bool isDemo)
    {
        var json = new JsonReport();
        var plain = new JsonLine(json, by: null);
        plain.WriteAll("days", [.. overview.Days.Select(static day => new SpendLine { Name = Iso(day.Day), Sum = day.Sum })], JsonLineShape.Day);
        json.Writer.WriteBoolean("demo", isDemo);
        foreach (var section in overview.Sections)
        {
            var list = JsonLine.ListOf(section.By);
            new JsonLine(json, section.By).WriteAll(list ?? "models", section.Lines, list is null ? JsonLineShape.Model : JsonLineShape.Group);
        }

        json.Writer.WriteString("since", Iso(overview.From));
        json.Writer.WriteString("timezone", zone.Id);
        plain.WriteTotals("today", new() { Name = Iso(overview.Today), Sum = overview.TodaySum });
        plain.WriteTotals("totals", overview.Span);
        json.Writer.WriteString("until", Iso(overview.To));
        json.Finish(output);
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
