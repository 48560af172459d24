using Farthing.Domain.Ledger;
using Farthing.Storage.Sql.Ledger;
using Farthing.Workflows.Crediting;
using Npgsql;

namespace Farthing.Storage.Postgres.Ledger;

/// <summary>Says how transactions are written with their entries.</summary>
internal sealed class ChainWriting(NpgsqlBatch batch, LedgerUnit unit, IReadOnlyDictionary<LedgerKey, long> accounts)
{
    /// <summary>Says what the unit has sealed.</summary>
    public void Say()
    {
        var links = unit.Sealed;
        if (links.Count == 0)
        {
            return;
        }

        SayTransactions(links);
        SayEntries([.. links.SelectMany(link => link.Transaction.Entries.Select((entry, index) => (link, index + 1, entry)))]);
    }

    private void SayTransactions(IReadOnlyList<SealedTransaction> links) =>
        batch.Say(
            """
            INSERT INTO transactions (org, seq, id, key, kind, wallet, source, external_id, reason, actor, memo, run, event, booked_at, service_at,
                                      reverses, delta, balance_after, hash, terms, period)
            SELECT unnest($1::text[]), unnest($2::bigint[]), unnest($3::text[]), unnest($4::text[]), unnest($5::text[]), unnest($6::text[]),
                   unnest($7::text[]), unnest($8::text[]), unnest($9::text[]), unnest($10::text[]), unnest($11::text[]), unnest($12::text[]),
                   unnest($13::text[]), unnest($14::bigint[]), unnest($15::bigint[]), unnest($16::text[]), unnest($17::bigint[]), unnest($18::bigint[]),
                   unnest($19::bytea[]), unnest($20::text[]), unnest($21::text[])
            """)
            .Texts(links, link => link.Transaction.Org)
            .Numbers(links, link => link.Sequence)
            .Texts(links, link => link.Transaction.Id)
            .Texts(links, link => link.Transaction.Key)
            .Texts(links, link => link.Transaction.Kind)
            .Texts(links, link => link.Transaction.Wallet)
            .Texts(links, link => link.Transaction.Source)
            .Texts(links, link => link.Transaction.ExternalId)
            .Texts(links, link => link.Transaction.Reason)
            .Texts(links, link => link.Transaction.Actor)
            .Texts(links, link => link.Transaction.Memo)
            .Texts(links, link => link.Transaction.Run)
            .Texts(links, link => link.Transaction.Event)
            .Numbers(links, link => link.Transaction.BookedAt.ToColumn())
            .Numbers(links, link => link.Transaction.ServiceAt.ToColumn())
            .Texts(links, link => link.Transaction.Reverses)
            .Numbers(links, link => link.Transaction.Delta.Nanocredits)
            .Numbers(links, link => link.Transaction.BalanceAfter.Nanocredits)
            .Blobs(links, link => link.Hash.ToArray())
            .Texts(links, link => link.Transaction.Terms)
            .Texts(links, link => link.Transaction.Period?.ToString() ?? string.Empty);

    private void SayEntries((SealedTransaction Link, int Line, Entry Entry)[] rows)
    {
        if (rows.Length > 0)
        {
            batch.Say(
                """
                INSERT INTO entries (org, seq, line, account, side, amount)
                SELECT unnest($1::text[]), unnest($2::bigint[]), unnest($3::bigint[]), unnest($4::bigint[]), unnest($5::bigint[]), unnest($6::bigint[])
                """)
                .Texts(rows, row => row.Link.Transaction.Org)
                .Numbers(rows, row => row.Link.Sequence)
                .Numbers(rows, row => row.Line)
                .Numbers(rows, row => accounts[new(row.Link.Transaction.Org, row.Entry.Account)])
                .Numbers(rows, row => (long)row.Entry.Side)
                .Numbers(rows, row => row.Entry.Amount.Nanocredits);
        }
    }
}
