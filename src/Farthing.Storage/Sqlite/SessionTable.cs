using Farthing.Domain.Usage;
using Farthing.Storage.Sql;
using Farthing.Storage.Sqlite.Engine;

namespace Farthing.Storage.Sqlite;

/// <summary>Numbers the sessions of agents, and tells the session of a number.</summary>
internal sealed class SessionTable
{
    private const int LoadedMax = 65_536;

    private readonly Connection connection;
    private readonly Interned<SessionKey> ids;
    private readonly SessionKeys keys = new();
    private readonly Dictionary<int, Session> loaded = [];

    public SessionTable(Connection connection)
    {
        this.connection = connection;
        ids = new(FindOrInsert, EqualityComparer<SessionKey>.Default);
    }

    private Statement Insert => field ??= connection.Prepare(
        """
        INSERT INTO sessions (org, key, agent, version, parent) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT DO NOTHING
        RETURNING id
        """u8);

    private Statement Select => field ??= connection.Prepare(
        "SELECT id FROM sessions WHERE org = ?1 AND key = ?2 AND agent = ?3 AND version = ?4 AND parent = ?5"u8);

    private Statement SelectById => field ??= connection.Prepare(
        "SELECT key, version, parent FROM sessions WHERE id = ?1"u8);

    private Statement SelectKey => field ??= connection.Prepare("SELECT org, agent, key, version, parent FROM sessions WHERE id = ?1"u8);

    /// <summary>The number of a call's session; it is given one if it is new.</summary>
    public int IdOf(UsageEvent usage) => ids.IdOf(keys.Of(usage));

    /// <summary>The number of a session's agent and key, whatever its version and parent; it is given one if it is new. 0 without a key.</summary>
    public int HeadOf(int id)
    {
        SelectKey.Bind(1, id);
        var key = SelectKey.Step()
            ? new SessionKey(SelectKey.Text(0), SelectKey.Text(1), new(SelectKey.Text(2), SelectKey.Text(3), SelectKey.Text(4)))
            : throw new StorageFailedException($"The database {connection.Path} is damaged: session {id} is missing.");
        SelectKey.Reset();
        return key.Session.Key.Length == 0 ? 0 : ids.IdOf(ICoarseNumbers.Head(key));
    }

    /// <summary>The session of a number.</summary>
    public Session this[int id]
    {
        get
        {
            if (!loaded.TryGetValue(id, out var session))
            {
                if (loaded.Count >= LoadedMax)
                {
                    loaded.Clear();
                }

                loaded[id] = session = Load(id);
            }

            return session;
        }
    }

    /// <summary>Forgets what it remembers: the table may have changed.</summary>
    public void Forget()
    {
        ids.Forget();
        loaded.Clear();
    }

    private static void Bind(Statement statement, SessionKey key)
    {
        statement.Bind(1, key.Org);
        statement.Bind(2, key.Session.Key);
        statement.Bind(3, key.Agent);
        statement.Bind(4, key.Session.AgentVersion);
        statement.Bind(5, key.Session.Parent);
    }

    private int FindOrInsert(SessionKey key)
    {
        Bind(Insert, key);
        if (Insert.TakeId() is { } inserted)
        {
            return inserted;
        }

        Bind(Select, key);
        return Select.TakeId() ?? throw new InvalidOperationException("A session that exists cannot be found.");
    }

    private Session Load(int id)
    {
        SelectById.Bind(1, id);
        var session = SelectById.Step()
            ? new Session(SelectById.Text(0), SelectById.Text(1), SelectById.Text(2))
            : throw new StorageFailedException($"The database {connection.Path} is damaged: session {id} is missing.");
        SelectById.Reset();
        return session;
    }
}
