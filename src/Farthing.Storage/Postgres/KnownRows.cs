using Farthing.Storage.Postgres.Engine;
using Farthing.Storage.Sql;
using Npgsql;

namespace Farthing.Storage.Postgres;

/// <summary>Writes what settling a batch has changed in the known calls, besides the calls that come.</summary>
internal static class KnownRows
{
    /// <summary>Adds the statement that removes calls, and takes their sums back.</summary>
    public static void AddRemovals(NpgsqlBatch batch, KnownCalls known, RollupChanges rollups, EventNumbers numbers)
    {
        var removed = known.Removed.ToList();
        foreach (var (call, place) in removed)
        {
            _ = StoredCost.TryFrom(call.Rating.Cost, out var cost);
            rollups.Remove(call.Usage, cost, place);
            numbers.NoteCoarse(call.Usage, place);
        }

        if (removed.Count > 0)
        {
            batch.Add("DELETE FROM events WHERE id = ANY($1)", Statements.Of(removed.Select(old => Statements.GuidOf(old.Call.Usage.Id)).ToArray()));
        }
    }

    /// <summary>Adds the statements that file names, lead former ids on, keep records aside, and count those that told known calls again.</summary>
    public static void AddNames(NpgsqlBatch batch, KnownCalls known)
    {
        if (known.Filed is { Count: > 0 } filed)
        {
            batch.Add(
                "INSERT INTO aliases (day, hash, event) SELECT * FROM unnest($1, $2, $3) ON CONFLICT (day, hash) DO NOTHING",
                Statements.Of(filed.Select(name => name.Name.Day).ToArray()), Statements.Of(filed.Select(name => name.Name.Hash).ToArray()),
                Statements.Of(filed.Select(name => Statements.GuidOf(name.Call)).ToArray()));
        }

        if (known.Arrivals.Count > 0)
        {
            batch.Add("DELETE FROM former_ids WHERE id = ANY($1)", Statements.Of(known.Arrivals.Select(Statements.GuidOf).ToArray()));
        }

        if (known.Moves.ToList() is { Count: > 0 } moves)
        {
            batch.Add(
                "INSERT INTO former_ids (id, event) SELECT * FROM unnest($1, $2) ON CONFLICT (id) DO UPDATE SET event = excluded.event",
                Statements.Of(moves.Select(move => Statements.GuidOf(move.From)).ToArray()),
                Statements.Of(moves.Select(move => Statements.GuidOf(move.To)).ToArray()));
        }

        if (known.Refused.Count > 0)
        {
            AddRefused(batch, known.Refused);
        }

        if (known.Repeats.Rows is { Count: > 0 } repeats)
        {
            AddRepeats(batch, repeats);
        }
    }

    private static void AddRepeats(NpgsqlBatch batch, IReadOnlyCollection<RepeatRow> repeats) => batch.Add(
        RepeatText.Upsert("SELECT * FROM unnest($1, $2, $3, $4, $5) ORDER BY 1, 2, 3"),
        Statements.Of(repeats.Select(static row => PostgresText.Write(row.Key.Org)).ToArray()),
        Statements.Of(repeats.Select(static row => (int)row.Key.Quarter).ToArray()),
        Statements.Of(repeats.Select(static row => PostgresText.Write(row.Key.Agent)).ToArray()),
        Statements.Of(repeats.Select(static row => row.Duplicates).ToArray()),
        Statements.Of(repeats.Select(static row => row.Superseded).ToArray()));

    private static void AddRefused(NpgsqlBatch batch, List<RefusedRecord> refused)
    {
        var payloads = refused.ConvertAll(record => ConflictText.Of(record.Usage, record.Rating));
        batch.Add(
            """
            INSERT INTO conflicts (key, org, event, at, reason, payload) SELECT * FROM unnest($1, $2, $3, $4, $5, $6)
            ON CONFLICT (key) DO NOTHING
            """,
            Statements.Of(refused.Select((record, index) =>
                NumberedTable<string>.HashOf(record.Call.ToString(), record.Reason, payloads[index])).ToArray()),
            Statements.Of(refused.Select(record => PostgresText.Write(record.Usage.Dimensions.Org)).ToArray()),
            Statements.Of(refused.Select(record => Statements.GuidOf(record.Call)).ToArray()),
            Statements.Of(refused.Select(record => record.Usage.OccurredAt.ToUnixTimeMilliseconds()).ToArray()),
            Statements.Of(refused.Select(record => record.Reason).ToArray()),
            Statements.Of(payloads.Select(PostgresText.Write).ToArray()));
    }
}
