using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Storage.Sql;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Metering;

namespace Farthing.Storage.Sqlite;

/// <summary>The records that were refused, each kept once however often it comes again.</summary>
internal sealed class ConflictTable(Connection connection)
{
    private Statement Insert => field ??= connection.Prepare(
        "INSERT INTO conflicts (org, event, at, reason, payload) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING"u8);

    /// <summary>Keeps a record aside.</summary>
    /// <param name="call">The call that it contradicts; its own id when it contradicts none.</param>
    /// <param name="usage">The record.</param>
    /// <param name="rating">Its price.</param>
    /// <param name="reason">What is wrong with it.</param>
    public void Keep(EventId call, UsageEvent usage, in Rating rating, string reason)
    {
        Insert.Bind(1, usage.Dimensions.Org);
        Insert.BindId(2, call);
        Insert.Bind(3, usage.OccurredAt.ToUnixTimeMilliseconds());
        Insert.Bind(4, reason);
        Insert.Bind(5, ConflictText.Of(usage, rating));
        Insert.Run();
    }

    /// <summary>The newest refused records of an organisation.</summary>
    public static IReadOnlyList<UsageConflict> Read(Connection connection, string org, int limit)
    {
        using var rows = connection.Prepare(
            "SELECT event, at, reason, payload FROM conflicts WHERE org = ?1 ORDER BY id DESC LIMIT ?2"u8);
        rows.Bind(1, org);
        rows.Bind(2, limit);
        var conflicts = new List<UsageConflict>();
        while (rows.Step())
        {
            conflicts.Add(new(rows.Id(0), DateTimeOffset.FromUnixTimeMilliseconds(rows.Integer(1)), rows.Text(2), rows.Text(3)));
        }

        return conflicts;
    }
}
