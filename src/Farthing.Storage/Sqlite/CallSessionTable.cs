using Farthing.Domain.Usage;
using Farthing.Storage.Sql;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Sessions;

namespace Farthing.Storage.Sqlite;

/// <summary>
/// Which series the calls of a session belong to, and so whose they are. Most calls follow one of the same session and
/// series and cost a look into memory; the first of each is told, for a report of its session counts no more then.
/// </summary>
internal sealed class CallSessionTable(Connection connection)
{
    /// <summary>About 6 MB; a pair that was forgotten is only asked for again.</summary>
    private const int SeenMax = 262_144;

    private readonly KeyTable seen = new();
    private readonly List<UsageEvent> firsts = [];

    private Statement Insert => field ??= connection.Prepare(
        "INSERT INTO call_sessions (session, series) VALUES (?1, ?2) ON CONFLICT (session, series) DO NOTHING"u8);

    /// <summary>The first calls of their session and series since <see cref="ForgetFirsts"/>.</summary>
    public IReadOnlyList<UsageEvent> Firsts => firsts;

    /// <summary>Notes a call that was stored. Sums of sessions are no calls.</summary>
    public void Note(UsageEvent usage, in EventPlace place)
    {
        if (usage.Session.Key.Length == 0 || (usage.Quality & EventQuality.SessionTotal) != EventQuality.Good)
        {
            return;
        }

        var known = seen.Count;
        if (seen.Add(((ulong)(uint)place.Session << 32) | (uint)place.Series) < known)
        {
            return;
        }

        Insert.Bind(1, place.Session);
        Insert.Bind(2, place.Series);
        Insert.Run();
        if (connection.Changes == 1)
        {
            firsts.Add(usage);
        }
    }

    /// <summary>Starts anew, within bounds.</summary>
    public void ForgetFirsts()
    {
        firsts.Clear();
        if (seen.Count > SeenMax)
        {
            seen.Clear();
        }
    }

    /// <summary>Forgets what it remembers: the table may have changed.</summary>
    public void Forget()
    {
        firsts.Clear();
        seen.Clear();
    }

    /// <summary>Who made calls in sessions.</summary>
    public static IReadOnlyList<SessionCaller> Callers(Connection connection, string org, IEnumerable<string> sessions)
    {
        var sql = new SqlText()
            .Add(
                """
                SELECT DISTINCT s.key, r."user" FROM sessions s
                JOIN call_sessions c ON c.session = s.id
                JOIN series r ON r.id = c.series
                WHERE s.org =
                """,
                org);
        using var rows = connection.Prepare(sql.AddIn("AND s.key", sessions));
        var callers = new List<SessionCaller>();
        while (rows.Step())
        {
            callers.Add(new(rows.Text(0), rows.Text(1)));
        }

        return callers;
    }
}
