using System.Collections.Concurrent;
using Farthing.Storage.Sqlite.Engine;

namespace Farthing.Storage.Sqlite;

/// <summary>The file of a store and its open connections: one that writes, and as many as read at the same time.</summary>
internal sealed class Database : IDisposable
{
    /// <summary>More idle connections than these are closed; a report needs one, a busy server a few.</summary>
    private const int IdleMax = 4;

    /// <summary>A commit takes milliseconds; whoever waits longer meets a hanging process and is told so.</summary>
    private const int BusyMilliseconds = 10_000;

    /// <summary>Enough for the sums that a page asks for again and again; taken as it is used. Kibibytes.</summary>
    private const int CacheKibibytes = 16_384;

    private readonly ConcurrentBag<Connection> idle = [];
    private readonly string path;
    private volatile bool closed;

    private Database(string path) => this.path = path;

    /// <summary>The reporting zone's id, fixed when the database was created.</summary>
    public string ZoneId { get; private set; } = string.Empty;

    /// <summary>Opens the database of a path, or creates it with its folder, for its owner's eyes only.</summary>
    /// <param name="path">The file.</param>
    /// <param name="zoneId">The reporting zone that a new database is given.</param>
    /// <exception cref="StorageFailedException">It cannot be created, or it is not ours.</exception>
    public static Database Open(string path, string zoneId)
    {
        var database = new Database(System.IO.Path.GetFullPath(path));
        database.EnsureFile();
        var connection = database.Connect();
        try
        {
            database.ZoneId = Schema.Prepare(connection, zoneId);
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        database.GiveBack(connection);
        return database;
    }

    /// <summary>An idle connection, or a new one. Whoever takes it gives it back.</summary>
    public Connection Take()
    {
        ObjectDisposedException.ThrowIf(closed, this);
        return idle.TryTake(out var connection) ? connection : Connect();
    }

    /// <summary>
    /// Reads in one transaction, so that all parts of an answer are of the same moment; on a thread of its own, so that
    /// questions asked side by side are answered side by side.
    /// </summary>
    public Task<T> ReadAsync<T>(Func<Connection, T> read, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var connection = Take();
            try
            {
                connection.Execute("BEGIN");
                return read(connection);
            }
            finally
            {
                GiveBack(connection);
            }
        },
        cancellationToken);

    /// <summary>As the other overload, for what is shared with stores that wait for a server.</summary>
    public Task<T> ReadAsync<T>(Func<Connection, ValueTask<T>> read, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            var connection = Take();
            try
            {
                connection.Execute("BEGIN");
                return await read(connection);
            }
            finally
            {
                GiveBack(connection);
            }
        },
        cancellationToken);

    /// <summary>Takes a connection back for the next one, with its statements closed and its transaction ended.</summary>
    public void GiveBack(Connection connection)
    {
        connection.CloseStatements();
        connection.RollBack();
        if (closed || idle.Count >= IdleMax)
        {
            connection.Dispose();
            return;
        }

        idle.Add(connection);
    }

    /// <summary>Closes the idle connections. The last one to go folds the write-ahead log into the file.</summary>
    public void Dispose()
    {
        closed = true;
        while (idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }

    private Connection Connect()
    {
        var connection = Connection.Open(path, readOnly: false, BusyMilliseconds);
        connection.Execute(FormattableString.Invariant($"PRAGMA cache_size = -{CacheKibibytes}"));
        return connection;
    }

    private void EnsureFile()
    {
        if (File.Exists(path))
        {
            return;
        }

        try
        {
            var folder = System.IO.Path.GetDirectoryName(path)!;
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var created = new FileStream(path, options);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new StorageFailedException($"The database {path} cannot be created: {failure.Message} Choose another path or change its permissions.", failure);
        }
    }
}
