using Farthing.Storage.Sql;
using Farthing.Storage.Sql.Ledger;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Crediting;

namespace Farthing.Storage.Sqlite.Ledger;

/// <summary>Reads everything that proves a ledger through one connection, inside a transaction of its owner.</summary>
internal sealed class RecordReader(Connection connection)
{
    /// <summary>Every row of an organisation's ledger.</summary>
    public IEnumerable<LedgerRecord> Records(string org)
    {
        var reader = new LedgerReader(connection);
        IEnumerable<LedgerRecord> links = reader.Chain(org).Select(static link => new LedgerRecord.Link(link));
        return links
            .Concat(Once(() => new LedgerRecord.Head(reader.Head(org))))
            .Concat(Gather(LedgerRecordText.Holds(org), static (gathering, row) => gathering.AddHold(row)))
            .Concat(Read(LedgerRecordText.Accounts(org), LedgerRecordText.ReadAccount))
            .Concat(Read(LedgerRecordText.Grants(org), LedgerRecordText.ReadGrant))
            .Concat(Gather(LedgerRecordText.Runs(org), static (gathering, row) => gathering.AddRun(row)))
            .Concat(Read(PeriodRow.Periods(org), static row => new LedgerRecord.KeptMonth(PeriodRow.Read(row))))
            .Concat(Read(PeriodRow.Closes(org), static row => new LedgerRecord.KeptClose(PeriodRow.ReadKept(row))));
    }

    private static IEnumerable<LedgerRecord> Once(Func<LedgerRecord> read)
    {
        yield return read();
    }

    private IEnumerable<LedgerRecord> Read(SqlText sql, Func<Statement, LedgerRecord> read)
    {
        using var rows = connection.Prepare(sql);
        while (rows.Step())
        {
            yield return read(rows);
        }
    }

    private IEnumerable<LedgerRecord> Gather(SqlText sql, Func<RecordGathering, Statement, LedgerRecord?> add)
    {
        var gathering = new RecordGathering();
        using var rows = connection.Prepare(sql);
        while (rows.Step())
        {
            if (add(gathering, rows) is { } record)
            {
                yield return record;
            }
        }

        if (gathering.Take() is { } last)
        {
            yield return last;
        }
    }
}
