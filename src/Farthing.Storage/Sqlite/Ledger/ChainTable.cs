using Farthing.Domain.Ledger;
using Farthing.Storage.Sql.Ledger;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Crediting;

namespace Farthing.Storage.Sqlite.Ledger;

/// <summary>Writes transactions with their entries, and the heads of the chains that they lengthen.</summary>
internal sealed class ChainTable(Connection connection, AccountTable accounts)
{
    private Statement Insert => field ??= connection.Prepare(
        """
        INSERT INTO transactions (org, seq, id, key, kind, wallet, source, external_id, reason, actor, memo, run, event, booked_at, service_at,
                                  reverses, delta, balance_after, hash, terms, period)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)
        """u8);

    private Statement InsertEntry => field ??= connection.Prepare(
        "INSERT INTO entries (org, seq, line, account, side, amount) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"u8);

    private Statement UpsertHead => field ??= connection.Prepare(
        """
        INSERT INTO chains (org, seq, hash, booked_at) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (org) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, booked_at = excluded.booked_at WHERE seq < excluded.seq
        """u8);

    /// <summary>Writes what a unit has sealed.</summary>
    public void Write(LedgerUnit unit)
    {
        var orgs = new HashSet<string>(StringComparer.Ordinal);
        foreach (var link in unit.Sealed)
        {
            Write(link);
            orgs.Add(link.Transaction.Org);
        }

        foreach (var org in orgs)
        {
            Write(org, unit.Heads[org]);
        }
    }

    private void Write(SealedTransaction link)
    {
        var transaction = link.Transaction;
        Insert.Bind(1, transaction.Org);
        Insert.Bind(2, link.Sequence);
        Insert.Bind(3, transaction.Id);
        Insert.Bind(4, transaction.Key);
        Insert.Bind(5, transaction.Kind);
        Insert.Bind(6, transaction.Wallet);
        Insert.Bind(7, transaction.Source);
        Insert.Bind(8, transaction.ExternalId);
        Insert.Bind(9, transaction.Reason);
        Insert.Bind(10, transaction.Actor);
        Insert.Bind(11, transaction.Memo);
        Insert.Bind(12, transaction.Run);
        Insert.Bind(13, transaction.Event);
        Insert.Bind(14, transaction.BookedAt.ToColumn());
        Insert.Bind(15, transaction.ServiceAt.ToColumn());
        Insert.Bind(16, transaction.Reverses);
        Insert.Bind(17, transaction.Delta.Nanocredits);
        Insert.Bind(18, transaction.BalanceAfter.Nanocredits);
        Insert.Bind(19, link.Hash.Span);
        Insert.Bind(20, transaction.Terms);
        Insert.Bind(21, transaction.Period?.ToString() ?? string.Empty);
        Insert.Run();
        WriteEntries(transaction, link.Sequence);
    }

    private void WriteEntries(Transaction transaction, long sequence)
    {
        InsertEntry.Bind(1, transaction.Org);
        InsertEntry.Bind(2, sequence);
        for (var line = 0; line < transaction.Entries.Count; line++)
        {
            var entry = transaction.Entries[line];
            InsertEntry.Bind(3, line + 1);
            InsertEntry.Bind(4, accounts.NumberOf(new(transaction.Org, entry.Account)));
            InsertEntry.Bind(5, (long)entry.Side);
            InsertEntry.Bind(6, entry.Amount.Nanocredits);
            InsertEntry.Run();
        }
    }

    private void Write(string org, in ChainHead head)
    {
        UpsertHead.Bind(1, org);
        UpsertHead.Bind(2, head.Sequence);
        UpsertHead.Bind(3, head.Hash.Span);
        UpsertHead.Bind(4, head.BookedAt.ToColumn());
        UpsertHead.Run();
        if (connection.Changes != 1)
        {
            throw new LedgerRaceException($"The chain of {org} was lengthened by somebody else.");
        }
    }
}
