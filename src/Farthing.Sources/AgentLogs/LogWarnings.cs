using Farthing.Workflows.Metering;

namespace Farthing.Sources.AgentLogs;

/// <summary>Collects the warnings of one reading; bounded, because a broken file can have a fault on every line.</summary>
internal sealed class LogWarnings
{
    private List<LogWarning>? kept;
    private long beyond;

    /// <summary>Notes that a line could not be counted, or not as it stands.</summary>
    /// <param name="line">1-based; 0 when the whole file is meant.</param>
    /// <param name="reason">A few words that are the same for the same fault.</param>
    public void Add(long line, string reason)
    {
        kept ??= [];
        if (kept.Count < LogReading.WarningsMax)
        {
            kept.Add(new(line, reason));
        }
        else
        {
            beyond++;
        }
    }

    /// <summary>What was noted. When there was more than may be kept, the last one counts the rest.</summary>
    public IReadOnlyList<LogWarning> ToList()
    {
        if (kept is null)
        {
            return [];
        }

        if (beyond > 0)
        {
            kept[^1] = new(kept[^1].Line, $"and {beyond + 1} more warnings from here on");
            beyond = 0;
        }

        return kept;
    }
}
