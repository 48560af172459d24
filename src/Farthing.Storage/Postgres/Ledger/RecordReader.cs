using System.Data;
using System.Runtime.CompilerServices;
using Farthing.Storage.Postgres.Engine;
using Farthing.Storage.Sql;
using Farthing.Storage.Sql.Ledger;
using Farthing.Workflows.Crediting;
using Npgsql;

namespace Farthing.Storage.Postgres.Ledger;

/// <summary>Reads everything that proves a ledger through one connection, all of it from one moment.</summary>
internal sealed class RecordReader(NpgsqlConnection connection)
{
    /// <summary>Every row of an organisation's ledger.</summary>
    public async IAsyncEnumerable<LedgerRecord> RecordsAsync(string org, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var reader = new LedgerReader(connection);
        await foreach (var link in reader.LinksAsync(LedgerUpkeepText.Chain(org), cancellationToken))
        {
            yield return new LedgerRecord.Link(link);
        }

        yield return new LedgerRecord.Head(await reader.HeadAsync(org, cancellationToken));
        foreach (var (sql, add) in Parts(org))
        {
            var gathering = new RecordGathering();
            await using var command = connection.Say(sql);
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                if (add(gathering, new(rows)) is { } record)
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

    private static IEnumerable<(SqlText Sql, Func<RecordGathering, PostgresRow, LedgerRecord?> Add)> Parts(string org) =>
    [
        (LedgerRecordText.Holds(org), static (gathering, row) => gathering.AddHold(row)),
        (LedgerRecordText.Accounts(org), static (_, row) => LedgerRecordText.ReadAccount(row)),
        (LedgerRecordText.Grants(org), static (_, row) => LedgerRecordText.ReadGrant(row)),
        (LedgerRecordText.Runs(org), static (gathering, row) => gathering.AddRun(row)),
        (PeriodRow.Periods(org), static (_, row) => new LedgerRecord.KeptMonth(PeriodRow.Read(row))),
        (PeriodRow.Closes(org), static (_, row) => new LedgerRecord.KeptClose(PeriodRow.ReadKept(row))),
    ];
}
