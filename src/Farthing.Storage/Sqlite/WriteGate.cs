using Farthing.Storage.Sqlite.Engine;

namespace Farthing.Storage.Sqlite;

/// <summary>
/// The one way to write: it holds the one connection that does, and lets one transaction after the other through. All
/// that is written together goes through it in one call. The next one is let in when the one before it is committed,
/// and is written while that goes to the disk; whoever wrote is told when it is there (<c>docs/decisions/0051</c>).
/// </summary>
internal sealed class WriteGate(Database database) : IAsyncDisposable
{
    /// <summary>Enough for the pages that a batch of 64 k events touches, so that none is written twice. Kibibytes.</summary>
    private const int CacheKibibytes = 32_768;

    private readonly SemaphoreSlim writing = new(1);
    private readonly LogFolding folding = new(database);
    private readonly LogSync sync = new();
    private Connection? writer;
    private WriteAheadLog? log;
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
        T result;
        long commit;
        try
        {
            (result, commit) = await CommitAsync(write);
        }
        finally
        {
            writing.Release();
        }

        await sync.ReachAsync(commit);
        return result;
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
        try
        {
            await sync.DisposeAsync();
        }
        finally
        {
            writer?.Dispose();
            writer = null;
            writing.Release();
        }
    }

    private async Task<(T Result, long Commit)> CommitAsync<T>(Func<Connection, Task<T>> write)
    {
        sync.ThrowIfFailed();
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

        var commit = sync.Follow(log ??= connection.FindLog());
        await folding.FollowAsync(connection);
        return (result, commit);
    }

    private Connection Writer()
    {
        ObjectDisposedException.ThrowIf(isClosed, this);
        if (writer is null)
        {
            writer = database.Take();
            writer.Execute(
                $"""
                PRAGMA synchronous = {(writer.HasLog ? "NORMAL" : "FULL")}; PRAGMA secure_delete = OFF; PRAGMA cache_size = -{CacheKibibytes};
                PRAGMA wal_autocheckpoint = 0;
                """);
        }

        return writer;
    }
}
