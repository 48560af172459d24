using Farthing.Storage.Sqlite.Engine;

namespace Farthing.Storage.Sqlite;

/// <summary>
/// Brings what is committed to the disk while the next transaction is being written. One sync takes along all that was
/// committed before it began, so those who wait meanwhile share the next one.
/// </summary>
internal sealed class LogSync : IAsyncDisposable
{
    private readonly SemaphoreSlim syncing = new(1);
    private WriteAheadLog? log;
    private long committed;
    private long durable;
    private StorageFailedException? failure;

    /// <summary>Notes a commit. Called before the next transaction begins.</summary>
    /// <param name="written">The log that it went to; null where a commit brings itself to the disk.</param>
    /// <returns>The number of the commit, for <see cref="ReachAsync"/>.</returns>
    public long Follow(WriteAheadLog? written)
    {
        log = written;
        return Interlocked.Increment(ref committed);
    }

    /// <summary>Waits until a commit is on the disk.</summary>
    /// <exception cref="StorageFailedException">The disk did not take it.</exception>
    public async ValueTask ReachAsync(long commit)
    {
        await syncing.WaitAsync();
        try
        {
            ThrowIfFailed();
            if (durable < commit)
            {
                Sync();
            }
        }
        finally
        {
            syncing.Release();
        }
    }

    /// <summary>Waits until all that was committed is on the disk. Who still waits for a commit is told so afterwards, too.</summary>
    public ValueTask DisposeAsync() => ReachAsync(Interlocked.Read(ref committed));

    /// <summary>
    /// Refuses to go on behind a sync that failed: the system may have dropped what it could not write, and then the next
    /// sync succeeds without it.
    /// </summary>
    public void ThrowIfFailed()
    {
        if (failure is { } seen)
        {
            throw new StorageFailedException(seen.Message, seen);
        }
    }

    private void Sync()
    {
        var upTo = Interlocked.Read(ref committed);
        try
        {
            log?.Sync();
        }
        catch (StorageFailedException thrown)
        {
            failure = thrown;
            throw;
        }

        durable = upTo;
    }
}
