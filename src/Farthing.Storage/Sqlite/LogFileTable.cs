using Farthing.Storage.Sql;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Metering;

namespace Farthing.Storage.Sqlite;

/// <summary>The logs that events came from, and how far each has been read.</summary>
internal sealed class LogFileTable
{
    private readonly Connection connection;
    private readonly Interned<string> ids;

    public LogFileTable(Connection connection)
    {
        this.connection = connection;
        ids = new(FindOrInsert, StringComparer.Ordinal);
    }

    private Statement Upsert => field ??= connection.Prepare(
        """
        INSERT INTO log_files (path, size, inode, modified, fingerprint, position, line, state, agent)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        ON CONFLICT (path) DO UPDATE SET
            size = excluded.size, inode = excluded.inode, modified = excluded.modified, fingerprint = excluded.fingerprint,
            position = excluded.position, line = excluded.line, state = excluded.state, agent = excluded.agent
        RETURNING id
        """u8);

    private Statement Insert => field ??= connection.Prepare(
        "INSERT INTO log_files (path) VALUES (?1) ON CONFLICT (path) DO NOTHING RETURNING id"u8);

    private Statement Select => field ??= connection.Prepare("SELECT id FROM log_files WHERE path = ?1"u8);

    private Statement SelectPath => field ??= connection.Prepare("SELECT path FROM log_files WHERE id = ?1"u8);

    /// <summary>The number of a log; it is given one if it is new.</summary>
    public int IdOf(string path) => ids.IdOf(path);

    /// <summary>The path of a log.</summary>
    public string PathOf(int id)
    {
        SelectPath.Bind(1, id);
        var path = SelectPath.Step() ? SelectPath.Text(0) : string.Empty;
        SelectPath.Reset();
        return path;
    }

    /// <summary>Keeps how far a log has been read.</summary>
    public void Write(LogPosition position)
    {
        var (file, checkpoint) = (position.File, position.Checkpoint);
        Upsert.Bind(1, file.Path);
        Upsert.Bind(2, file.Size);
        Upsert.Bind(3, file.Inode);
        Upsert.Bind(4, file.ModifiedAt);
        Upsert.Bind(5, position.Fingerprint);
        Upsert.Bind(6, checkpoint.Offset);
        Upsert.Bind(7, checkpoint.Line);
        Upsert.Bind(8, checkpoint.State);
        Upsert.Bind(9, position.Agent);
        ids.Remember(file.Path, Upsert.TakeId() ?? throw new InvalidOperationException("A position was not kept."));
    }

    /// <summary>Forgets what it remembers: the table may have changed.</summary>
    public void Forget() => ids.Forget();

    /// <summary>How far every log has been read, by path.</summary>
    public static Dictionary<string, LogPosition> ReadPositions(Connection connection)
    {
        var positions = new Dictionary<string, LogPosition>(StringComparer.Ordinal);
        using var rows = connection.Prepare(
            "SELECT path, size, inode, modified, fingerprint, position, line, state, agent FROM log_files WHERE position IS NOT NULL"u8);
        while (rows.Step())
        {
            var file = new LogFile(rows.Text(0), rows.Integer(1), rows.Integer(2), rows.Integer(3));
            positions.Add(file.Path, new(file, rows.Integer(4), new(rows.Integer(5), rows.Integer(6), rows.Text(7))) { Agent = rows.Text(8) });
        }

        return positions;
    }

    private int FindOrInsert(string path)
    {
        Insert.Bind(1, path);
        if (Insert.TakeId() is { } inserted)
        {
            return inserted;
        }

        Select.Bind(1, path);
        return Select.TakeId() ?? throw new InvalidOperationException("A log that exists cannot be found.");
    }
}
