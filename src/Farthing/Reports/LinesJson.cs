using Farthing.Workflows.Spending;

namespace Farthing.Reports;

/// <summary>The reports that are a list of lines and their total, as JSON: <c>{ "daily": […], "timezone": …, "totals": {…} }</c>.</summary>
internal static class LinesJson
{
    /// <summary>Writes a report by periods.</summary>
    public static void WritePeriods(TextWriter output, ReportPeriod period, SpendReport report, ReportChoices choices)
    {
        var name = period switch
        {
            ReportPeriod.Day => "daily",
            ReportPeriod.Week => "weekly",
            _ => "monthly",
        };
        var json = new JsonReport();
        Write(json, name, report, choices, _ => choices.Spend.Agent ?? AgentOption.All, line => json.WriteTexts("agents", line.Agents));
        json.Finish(output);
    }

    /// <summary>Writes the report by session.</summary>
    public static void WriteSessions(TextWriter output, SpendReport report, ReportChoices choices)
    {
        var json = new JsonReport();
        Write(json, "session", report, choices, static line => line.Agents[0], line =>
        {
            json.WriteTime("firstActivity", line.FirstAt);
            json.WriteTime("lastActivity", line.LastAt);
            json.Writer.WriteString("project", line.Project);
            json.Writer.WriteNumber("reasoningOutputTokens", line.Sum.Tokens.Reasoning);
        });
        json.Finish(output);
    }

    private static void Write(
        JsonReport json, string name, SpendReport report, ReportChoices choices, Func<SpendLine, string> agentOf, Action<SpendLine> metadata)
    {
        var lines = new JsonLine(json, choices.By);
        json.Writer.WriteStartArray(name);
        foreach (var line in report.Lines)
        {
            lines.Write(line, JsonLineShape.Row, agentOf(line), metadata);
        }

        json.Writer.WriteEndArray();
        json.Writer.WriteString("timezone", choices.Zone.Id);
        lines.WriteTotals("totals", report.Total);
    }
}
