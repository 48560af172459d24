using Farthing.Domain.Usage;
using Farthing.Workflows.Metering;

namespace Farthing.Storage.Sql;

/// <summary>How often a batch tells known calls again: added up in memory, written once per row at its end.</summary>
internal sealed class RepeatChanges
{
    private readonly Dictionary<RepeatKey, RepeatRow> rows = [];

    /// <summary>The rows that change; none when the batch tells no known call.</summary>
    public IReadOnlyCollection<RepeatRow> Rows => rows.Values;

    /// <summary>Counts a record that was settled, if it tells a known call again.</summary>
    public void Add(UsageEvent usage, AppendVerdict verdict)
    {
        if (verdict is not (AppendVerdict.Duplicate or AppendVerdict.Superseded))
        {
            return;
        }

        var key = new RepeatKey(usage.Dimensions.Org, RepeatText.QuarterOf(usage.OccurredAt), usage.Dimensions.Agent);
        if (!rows.TryGetValue(key, out var row))
        {
            rows.Add(key, row = new(key));
        }

        row.Duplicates += verdict == AppendVerdict.Duplicate ? 1 : 0;
        row.Superseded += verdict == AppendVerdict.Superseded ? 1 : 0;
    }

    /// <summary>Drops all changes.</summary>
    public void Clear() => rows.Clear();
}

/// <summary>Names a row of repeats. A class, for a table over a struct of ours is compiled at run time.</summary>
/// <param name="Org">The organisation.</param>
/// <param name="Quarter">The quarter hour of the records' time.</param>
/// <param name="Agent">The agent that they name.</param>
internal sealed record RepeatKey(string Org, long Quarter, string Agent);

/// <summary>What a row of repeats grows by.</summary>
/// <param name="key">Which row.</param>
internal sealed class RepeatRow(RepeatKey key)
{
    /// <summary>Which row.</summary>
    public RepeatKey Key => key;

    /// <summary>Records that said nothing new.</summary>
    public long Duplicates { get; set; }

    /// <summary>Records that said it better.</summary>
    public long Superseded { get; set; }
}
