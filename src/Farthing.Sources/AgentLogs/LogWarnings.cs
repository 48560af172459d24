using Farthing.Workflows.Metering;

namespace Farthing.Sources.AgentLogs;

/// <summary>Collects the warnings of one reading; bounded, because a broken file can have a fault on every line.</summary>
internal sealed class LogWarnings
{
    private static readonly LogWarning[] None = [];

    // An array and not a list: most files have no warning, and a list of a foreign struct is compiled when first used.
    private LogWarning[] kept = None;
    private int count;
    private long beyond;

    /// <summary>Notes that a line could not be counted, or not as it stands.</summary>
    /// <param name="line">1-based; 0 when the whole file is meant.</param>
    /// <param name="reason">A few words that are the same for the same fault.</param>
    public void Add(long line, string reason)
    {
        if (count == LogReading.WarningsMax)
        {
            beyond++;
            return;
        }

        if (count == kept.Length)
        {
            var longer = new LogWarning[Math.Min(LogReading.WarningsMax, (count * 2) + 4)];
            Array.Copy(kept, longer, count);
            kept = longer;
        }

        kept[count++] = new(line, reason);
    }

    /// <summary>What was noted. When there was more than may be kept, the last one counts the rest.</summary>
    public IReadOnlyList<LogWarning> ToList()
    {
        if (count == 0)
        {
            return None;
        }

        var noted = new LogWarning[count];
        Array.Copy(kept, noted, count);
        if (beyond > 0)
        {
            noted[^1] = new(noted[^1].Line, $"and {beyond + 1} more warnings from here on");
        }

        return noted;
    }
}
