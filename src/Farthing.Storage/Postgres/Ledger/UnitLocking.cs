using Farthing.Domain.Ledger;
using Farthing.Storage.Sql.Ledger;
using Npgsql;

namespace Farthing.Storage.Postgres.Ledger;

/// <summary>
/// Says what comes first in the write of a unit: the versions of its wallets rise, and the heads of its chains move on from
/// where they stood. That locks them, in the order of their keys, where the unit began from memory, and proves that they are
/// as it saw them: one that is not ends the transaction.
/// </summary>
internal sealed class UnitLocking(NpgsqlBatch batch, BegunUnit begun)
{
    /// <summary>Says it.</summary>
    public void Say()
    {
        if (begun.Remembered is not null)
        {
            batch.Say("BEGIN");
            batch.Say(UnitLoading.Begin);
        }

        SayVersions();
        SayHeads();
        SayAbsent();
    }

    private void SayVersions()
    {
        var wallets = begun.Versions.OrderBy(static wallet => wallet.Key.Org, StringComparer.Ordinal).ThenBy(static wallet => wallet.Key.Id, StringComparer.Ordinal).ToList();
        if (wallets.Count > 0)
        {
            batch.Say(
                """
                WITH done AS (
                    UPDATE wallets w SET version = w.version + 1
                    FROM unnest($1::text[], $2::text[], $3::bigint[]) u (org, id, version)
                    WHERE w.org = u.org AND w.id = u.id AND w.version = u.version RETURNING 1)
                SELECT require_written((SELECT count(*) FROM done), $4, 'wallets')
                """)
                .Texts(wallets, wallet => wallet.Key.Org)
                .Texts(wallets, wallet => wallet.Key.Id)
                .Numbers(wallets, wallet => wallet.Value)
                .Of((long)wallets.Count);
        }
    }

    private void SayHeads()
    {
        // One that stays as it is has to be proven too where it was not loaded.
        var (before, after) = (begun.Unit.HeadsBefore, begun.Unit.Heads);
        var orgs = after.Keys.Where(org => begun.Remembered is not null || HeadOf(org).Sequence < after[org].Sequence).Order(StringComparer.Ordinal).ToList();
        if (orgs.Count > 0)
        {
            batch.Say(
                """
                WITH done AS (
                    UPDATE chains c SET seq = u.seq, hash = u.hash, booked_at = u.booked_at
                    FROM unnest($1::text[], $2::bigint[], $3::bytea[], $4::bigint[], $5::bigint[], $6::bytea[]) u (org, seq, hash, booked_at, seq_before, hash_before)
                    WHERE c.org = u.org AND c.seq = u.seq_before AND c.hash = u.hash_before RETURNING 1)
                SELECT require_written((SELECT count(*) FROM done), $7, 'chains')
                """)
                .Texts(orgs, org => org)
                .Numbers(orgs, org => after[org].Sequence)
                .Blobs(orgs, org => after[org].Hash.ToArray())
                .Numbers(orgs, org => after[org].BookedAt.ToColumn())
                .Numbers(orgs, org => HeadOf(org).Sequence)
                .Blobs(orgs, org => HeadOf(org).Hash.ToArray())
                .Of((long)orgs.Count);
        }

        ChainHead HeadOf(string org) => before.TryGetValue(org, out var head) ? head : ChainHead.Start;
    }

    private void SayAbsent()
    {
        var absent = begun.Absent;
        if (absent.Count > 0)
        {
            batch.Say(
                """
                SELECT require_written((SELECT count(*) FROM unnest($1::text[], $2::text[]) k (org, id) JOIN holds h ON h.org = k.org AND h.id = k.id), 0, 'holds')
                """)
                .Keys(absent);
        }
    }
}
