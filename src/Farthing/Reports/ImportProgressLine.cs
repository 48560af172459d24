using System.Globalization;
using System.Text;
using Farthing.Workflows.Metering;

namespace Farthing.Reports;

/// <summary>One line on the terminal that is written over while an import takes longer than a moment, and wiped when it ends.</summary>
internal sealed class ImportProgressLine(Stream terminal, TimeProvider time) : IProgress<ImportProgress>
{
    private const int BarWidth = 24;
    private const string Wipe = "\r\u001b[K";
    private const long BytesPerMegabyte = 1_000_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    private long start;
    private long shown;

    /// <inheritdoc/>
    public void Report(ImportProgress value)
    {
        start = start == 0 ? time.GetTimestamp() : start;
        if (value.FilesDone == value.FilesTotal)
        {
            Write(shown == 0 ? string.Empty : Wipe);
            (start, shown) = (0, 0);
        }
        else if (time.GetElapsedTime(start) > Patience && (shown == 0 || time.GetElapsedTime(shown) > Pace))
        {
            shown = time.GetTimestamp();
            Write(Wipe + Draw(value));
        }
    }

    private static string Draw(ImportProgress value)
    {
        var full = (int)(value.BytesTotal == 0 ? 0 : BarWidth * value.BytesDone / value.BytesTotal);
        var bar = new string('━', full) + new string('─', BarWidth - full);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Reading logs {bar} {value.BytesDone / BytesPerMegabyte:N0} of {value.BytesTotal / BytesPerMegabyte:N0} MB, {value.FilesDone:N0} of {value.FilesTotal:N0} files");
    }

    private void Write(string text)
    {
        if (text.Length > 0)
        {
            terminal.Write(Encoding.UTF8.GetBytes(text));
            terminal.Flush();
        }
    }
}
