using System.Globalization;
using Farthing.Workflows.Metering;

namespace Farthing.Reports;

/// <summary>Tells what an import did: to a person, or as JSON.</summary>
internal static class ImportReport
{
    private const double BytesPerMegabyte = 1_000_000;

    /// <summary>One line of figures, then the first warnings with file, line and reason.</summary>
    public static void Write(TextWriter writer, ImportSummary summary, int warningsMax)
    {
        var records = summary.Records;
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Read {summary.FilesRead:N0} of {DisplayText.Counted(summary.FilesFound, "log file")}, {summary.BytesRead / BytesPerMegabyte:N1} MB new."));
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DisplayText.Counted(records.Accepted, "new call")}, {records.Duplicates:N0} known, {records.Superseded:N0} improved, {records.Conflicts:N0} in conflict."));
        WriteWarnings(writer, summary, warningsMax);
        if (summary.WarningCount > warningsMax)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  farthing import --json lists up to {ImportSummary.WarningsMax:N0}."));
        }
    }

    /// <summary>The first warnings, and how many more there are; nothing when there are none.</summary>
    public static void WriteWarnings(TextWriter writer, ImportSummary summary, int warningsMax)
    {
        if (summary.WarningCount == 0)
        {
            return;
        }

        writer.WriteLine(summary.WarningCount == 1 ? $"1 {KindOf(summary)} was skipped:" : $"{DisplayText.Count(summary.WarningCount)} lines or files were skipped:");
        foreach (var (file, line, reason) in summary.Warnings.Take(warningsMax))
        {
            writer.WriteLine(DisplayText.Clean(line > 0 ? $"  {file}:{line}: {reason}" : $"  {file}: {reason}"));
        }

        if (summary.WarningCount > warningsMax)
        {
            writer.WriteLine($"  … and {DisplayText.Count(summary.WarningCount - warningsMax)} more");
        }
    }

    /// <summary>The summary as one JSON object.</summary>
    public static void WriteJson(TextWriter writer, ImportSummary summary)
    {
        var report = new JsonReport();
        var json = report.Writer;
        json.WriteNumber("filesFound", summary.FilesFound);
        json.WriteNumber("filesRead", summary.FilesRead);
        json.WriteNumber("bytesRead", summary.BytesRead);
        json.WriteNumber("accepted", summary.Records.Accepted);
        json.WriteNumber("duplicates", summary.Records.Duplicates);
        json.WriteNumber("superseded", summary.Records.Superseded);
        json.WriteNumber("conflicts", summary.Records.Conflicts);
        json.WriteStartObject("recordsByAgent");
        foreach (var (agent, count) in summary.RecordsByAgent)
        {
            json.WriteNumber(agent, count);
        }

        json.WriteEndObject();
        json.WriteNumber("warningCount", summary.WarningCount);
        json.WriteStartArray("warnings");
        foreach (var (file, line, reason) in summary.Warnings)
        {
            json.WriteStartObject();
            json.WriteString("file", file);
            json.WriteNumber("line", line);
            json.WriteString("reason", reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        report.Finish(writer);
    }

    private static string KindOf(ImportSummary summary) => summary.Warnings.Any(static warning => warning.Line == 0) ? "file" : "line";
}
