using Farthing.Storage.Sqlite.Engine;

namespace Farthing.Storage.Sqlite;

/// <summary>
/// Folds the write-ahead log into the file while the next transactions are written, on a connection of its own: whoever
/// writes waits for the sync of the log, and hardly ever for that of the file. A log begins anew only when nothing of it is
/// left to fold, which does not happen while one transaction follows the other; so when it has grown long, the writer folds
/// the little that is left.
/// </summary>
/// <param name="database">The file.</param>
/// <param name="foldPages">Pages written since the last fold that make the next one worth its two syncs.</param>
/// <param name="logPages">Pages written since the writer folded, from which on it does so again; the log gets about as long, and hardly twice as long.</param>
internal sealed class LogFolding(Database database, int foldPages = LogFolding.FoldPages, int logPages = LogFolding.LogPages) : IAsyncDisposable
{
    /// <summary>32 MiB.</summary>
    private const int FoldPages = 4_096;

    /// <summary>128 MiB.</summary>
    private const int LogPages = 16_384;

    /// <summary>Taken by whoever folds.</summary>
    private readonly SemaphoreSlim folding = new(1);
    private int sinceFold;
    private int sinceWriter;

    /// <summary>
    /// Notices what a transaction wrote, and folds when it is time to. Called by the writer, between two transactions; it
    /// waits only for a disk that cannot keep up.
    /// </summary>
    public async ValueTask FollowAsync(Connection writer)
    {
        var pages = writer.TakePagesWritten();
        sinceFold += pages;
        sinceWriter += pages;
        if (sinceFold < foldPages || (folding.CurrentCount == 0 && sinceWriter < 2 * logPages))
        {
            return;
        }

        await folding.WaitAsync();
        sinceFold = 0;
        if (sinceWriter < logPages)
        {
            _ = Task.Run(FoldBeside);
            return;
        }

        sinceWriter = 0;
        Fold(writer);
        folding.Release();
    }

    /// <summary>Waits for a fold that is under way; afterwards none may begin.</summary>
    public async ValueTask DisposeAsync()
    {
        await folding.WaitAsync();
        folding.Dispose();
    }

    private void FoldBeside()
    {
        try
        {
            var connection = database.Take();
            Fold(connection);
            database.GiveBack(connection);
        }
        catch (Exception failure) when (failure is StorageFailedException or ObjectDisposedException)
        {
            // As below, and no connection could be opened for it.
        }
        finally
        {
            folding.Release();
        }
    }

    private static void Fold(Connection connection)
    {
        try
        {
            connection.Execute("PRAGMA synchronous = NORMAL; PRAGMA wal_checkpoint(PASSIVE)");
        }
        catch (StorageFailedException)
        {
            // What is committed is safe in the log, and is folded the next time or when the file is closed. A disk that
            // takes nothing more tells the next transaction.
        }
    }
}
