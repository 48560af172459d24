using Farthing.Workflows.Access;

namespace Farthing.Storage.Sql;

/// <summary>The text of the audit.</summary>
internal static class AuditText
{
    private const string Columns = "a.org, a.id, a.at, a.actor, a.request, a.action, a.object_id, a.before, a.after";

    /// <summary>Lines, the newest first.</summary>
    public static SqlText Lines(AuditQuery query) => new SqlText()
        .Add($"SELECT {Columns} FROM audit a WHERE a.org =", query.Org)
        .AddIf("AND a.object_id =", query.ObjectId)
        .AddIf("AND a.action =", query.Action)
        .AddIf("AND a.actor =", query.Actor)
        .AddIf("AND a.at >=", RoundedUp(query.From))
        .AddIf("AND a.at <", RoundedUp(query.To))
        .AddIf("AND a.id <", query.After)
        .Add("ORDER BY a.id DESC LIMIT", (long)query.Limit);

    /// <summary>One of them.</summary>
    public static AuditEntry Read<TRow>(TRow row)
        where TRow : ISqlRow
    {
        var stamp = new AuditStamp(row.Text(0), row.Text(3), row.Text(4), DateTimeOffset.FromUnixTimeMilliseconds(row.Integer(2)));
        return new(row.Text(1), stamp, row.Text(5), row.Text(6), row.Text(7), row.Text(8));
    }

    /// <summary>The first millisecond that is not before an instant: lines are kept to the millisecond.</summary>
    private static long? RoundedUp(DateTimeOffset? instant) =>
        instant is { } known ? known.AddTicks(TimeSpan.TicksPerMillisecond - 1).ToUnixTimeMilliseconds() : null;
}
