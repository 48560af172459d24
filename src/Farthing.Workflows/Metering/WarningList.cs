namespace Farthing.Workflows.Metering;

/// <summary>Collects warnings from all workers: keeps the first ones, counts the rest.</summary>
internal sealed class WarningList
{
    private readonly Lock guard = new();
    private readonly List<ImportWarning> kept = [];

    /// <summary>All warnings so far.</summary>
    public long Count { get; private set; }

    /// <summary>The kept ones in order of file and line, whichever worker met them first.</summary>
    public IReadOnlyList<ImportWarning> Kept
    {
        get
        {
            lock (guard)
            {
                // Most imports have none; sorting structures would then only cost its compilation.
                return kept.Count == 0 ? [] : InOrder();
            }
        }
    }

    private List<ImportWarning> InOrder() =>
        [.. kept.OrderBy(warning => warning.File, StringComparer.Ordinal).ThenBy(warning => warning.Line)];

    /// <summary>Adds one.</summary>
    public void Add(string file, long line, string reason)
    {
        lock (guard)
        {
            Count++;
            if (kept.Count < ImportSummary.WarningsMax)
            {
                kept.Add(new(file, line, reason));
            }
        }
    }

    /// <summary>Adds those of one file.</summary>
    public void Add(string file, IReadOnlyList<LogWarning> warnings)
    {
        foreach (var (line, reason) in warnings)
        {
            Add(file, line, reason);
        }
    }
}
