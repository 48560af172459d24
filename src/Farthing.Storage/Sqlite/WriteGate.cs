using Farthing.Storage.Sqlite.Engine;

namespace Farthing.Storage.Sqlite;

/// <summary>
/// The one way to write: it holds the one connection that does, and lets one transaction after the other through. All
/// that is written together goes through it in one call.
/// </summary>
internal sealed class WriteGate(Database database) : IAsyncDisposable
{
    /// <summary>Enough for the pages that a batch of 64 k events touches, so that none is written twice. Kibibytes.</summary>
    private const int CacheKibibytes = 32_768;

    private readonly SemaphoreSlim writing = new(1);
    private readonly LogFolding folding = new(database);
    private Connection? writer;
    private bool isClosed;

    /// <summary>
    /// Transactions that were given up so far. Whoever remembers what it wrote forgets it when this has moved: it may be
    /// gone with one of them.
    /// </summary>
    public long RollBacks { get; private set; }

    /// <summary>Makes what <paramref name="write"/> does durable, all of it or nothing.</summary>
    /// <param name="write">Writes; it may run on any thread, and alone. The connection is not kept by it, its statements may be.</param>
    /// <param name="cancellationToken">Gives up waiting; what has begun is finished.</param>
    public Task<T> WriteAsync<T>(Func<Connection, T> write, CancellationToken cancellationToken) =>
        WriteAsync(connection => Task.FromResult(write(connection)), cancellationToken);

    /// <summary>As the other overload, for what is still being read while it is written.</summary>
    public async Task<T> WriteAsync<T>(Func<Connection, Task<T>> write, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            return await CommitAsync(write);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>Waits for what is being written and closes the connection; afterwards nothing is written any more.</summary>
    public async ValueTask DisposeAsync()
    {
        if (isClosed)
        {
            return;
        }

        await writing.WaitAsync();
        isClosed = true;
        await folding.DisposeAsync();
        writer?.Dispose();
        writer = null;
        writing.Release();
    }

    private async Task<T> CommitAsync<T>(Func<Connection, Task<T>> write)
    {
        var connection = Writer();
        connection.Execute("BEGIN IMMEDIATE");
        T result;
        try
        {
            result = await write(connection);
            connection.Execute("COMMIT");
        }
        catch
        {
            RollBacks++;
            connection.RollBack();
            throw;
        }

        await folding.FollowAsync(connection);
        return result;
    }

    private Connection Writer()
    {
        ObjectDisposedException.ThrowIf(isClosed, this);
        if (writer is null)
        {
            writer = database.Take();
            writer.Execute(
                $"""
                PRAGMA synchronous = FULL; PRAGMA secure_delete = OFF; PRAGMA cache_size = -{CacheKibibytes};
                PRAGMA wal_autocheckpoint = 0;
                """);
        }

        return writer;
    }
}
