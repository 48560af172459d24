using Farthing.Workflows.Crediting;

namespace Farthing.Storage.Sql.Ledger;

/// <summary>
/// Gathers rows into records: one record a hold or run, whose rows follow each other with a piece of its transactions each.
/// </summary>
internal sealed class RecordGathering
{
    private readonly List<CaptureTrace> captures = [];
    private readonly List<RunTrace> traces = [];
    private LedgerRecord? record;
    private string id = string.Empty;

    /// <summary>Takes in a row of a hold.</summary>
    /// <returns>The record before it, when the row begins another one.</returns>
    public LedgerRecord? AddHold<TRow>(TRow row)
        where TRow : ISqlRow
    {
        var done = Begin(row.Text(1), row, LedgerRecordText.ReadHold);
        if (LedgerRecordText.ReadCapture(row) is { } capture)
        {
            captures.Add(capture);
        }

        return done;
    }

    /// <summary>Takes in a row of a run.</summary>
    /// <inheritdoc cref="AddHold"/>
    public LedgerRecord? AddRun<TRow>(TRow row)
        where TRow : ISqlRow
    {
        var done = Begin(row.Text(1), row, LedgerRecordText.ReadRun);
        if (LedgerRecordText.ReadTrace(row) is { } trace)
        {
            traces.Add(trace);
        }

        return done;
    }

    /// <summary>Takes out the last one; null when there is none.</summary>
    public LedgerRecord? Take()
    {
        LedgerRecord? done = record switch
        {
            LedgerRecord.KeptHold hold when captures.Count > 0 => hold with { Capture = captures[0] with { Debits = [.. captures.SelectMany(static capture => capture.Debits)] } },
            LedgerRecord.KeptRun run => run with { Traces = [.. traces.GroupBy(static trace => trace.Sequence).Select(Whole)] },
            _ => record,
        };
        record = null;
        captures.Clear();
        traces.Clear();
        return done;
    }

    private LedgerRecord? Begin<TRow>(string next, TRow row, Func<TRow, LedgerRecord> read)
    {
        if (record is not null && id == next)
        {
            return null;
        }

        var done = Take();
        (record, id) = (read(row), next);
        return done;
    }

    private static RunTrace Whole(IEnumerable<RunTrace> parts) => parts.Aggregate(static (whole, part) => whole with { Uncollected = whole.Uncollected + part.Uncollected });
}
