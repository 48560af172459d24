using Farthing.Storage.Sqlite.Engine;

namespace Farthing.Storage.Sqlite;

/// <summary>
/// How many sessions with calls on a day had some before, by the day on which they had them last. Written at the end of a
/// batch, behind the days of the sessions themselves.
/// </summary>
internal sealed class SessionReturnTable(Connection connection)
{
    private readonly Dictionary<(int Day, int Previous, int Org), int> changes = [];

    private Statement SelectNeighbours => field ??= connection.Prepare(
        """
        SELECT (SELECT max(day) FROM session_heads WHERE head = ?1 AND day < ?2), (SELECT min(day) FROM session_heads WHERE head = ?1 AND day > ?2)
        """u8);

    private Statement Upsert => field ??= connection.Prepare(
        """
        INSERT INTO session_returns (day, previous, series, sessions) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (day, previous, series) DO UPDATE SET sessions = sessions + excluded.sessions
        """u8);

    /// <summary>Notes that a session has come to a day, or has left it.</summary>
    /// <param name="day">The day, whose row has been written or deleted already.</param>
    /// <param name="head">The session.</param>
    /// <param name="org">The series of its organisation.</param>
    /// <param name="by">1 when it has come, −1 when it has left.</param>
    public void Note(int day, int head, int org, int by)
    {
        var neighbours = SelectNeighbours;
        neighbours.Bind(1, head);
        neighbours.Bind(2, day);
        _ = neighbours.Step();
        int? before = neighbours.IsNull(0) ? null : neighbours.Small(0);
        int? behind = neighbours.IsNull(1) ? null : neighbours.Small(1);
        neighbours.Reset();
        Change(day, before, by);
        Change(behind, day, by);
        Change(behind, before, -by);

        void Change(int? returned, int? previous, int change)
        {
            if (returned is { } to && previous is { } from)
            {
                changes[(to, from, org)] = changes.GetValueOrDefault((to, from, org)) + change;
            }
        }
    }

    /// <summary>Writes the changes of the batch.</summary>
    public void Write()
    {
        foreach (var ((day, previous, org), sessions) in changes)
        {
            Upsert.Bind(1, day);
            Upsert.Bind(2, previous);
            Upsert.Bind(3, org);
            Upsert.Bind(4, sessions);
            Upsert.Run();
        }

        changes.Clear();
    }

    /// <summary>Drops the changes of a batch that failed.</summary>
    public void Forget() => changes.Clear();
}
