using System.Globalization;
using System.Text.Json;
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
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Read {summary.FilesRead:N0} of {summary.FilesFound:N0} log files, {summary.BytesRead / BytesPerMegabyte:N1} MB new."));
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{records.Accepted:N0} new calls, {records.Duplicates:N0} known, {records.Superseded:N0} improved, {records.Conflicts:N0} in conflict."));
        WriteWarnings(writer, summary, warningsMax);
    }

    /// <summary>The first warnings, and how many more there are; nothing when there are none.</summary>
    public static void WriteWarnings(TextWriter writer, ImportSummary summary, int warningsMax)
    {
        if (summary.WarningCount == 0)
        {
            return;
        }

        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{summary.WarningCount:N0} could not be counted:"));
        foreach (var (file, line, reason) in summary.Warnings.Take(warningsMax))
        {
            writer.WriteLine(line > 0 ? $"  {file}:{line}: {reason}" : $"  {file}: {reason}");
        }

        if (summary.WarningCount > warningsMax)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  … and {summary.WarningCount - warningsMax:N0} more; --json lists up to {ImportSummary.WarningsMax:N0}."));
        }
    }

    /// <summary>The summary as one JSON object.</summary>
    public static void WriteJson(TextWriter writer, ImportSummary summary)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new() { Indented = true }))
        {
            json.WriteStartObject();
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
            json.WriteEndObject();
        }

        writer.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
    }
}
