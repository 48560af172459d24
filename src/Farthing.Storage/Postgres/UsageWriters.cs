using Farthing.Storage.Sql;

namespace Farthing.Storage.Postgres;

/// <summary>The writers of a store, reused from batch to batch: each knows the numbers that it met.</summary>
/// <param name="database">The database.</param>
/// <param name="reportingZone">The zone whose days the rollup sums.</param>
internal sealed class UsageWriters(PostgresDatabase database, TimeZoneInfo reportingZone) : IDisposable
{
    /// <summary>Batches that one process writes at the same time; more would only wait for the server's disk.</summary>
    public const int WritersMax = 4;

    private readonly SemaphoreSlim writing = new(WritersMax);
    private readonly Stack<UsageWriter> idle = new();

    /// <summary>Writes with a writer of its own, as soon as there is one.</summary>
    public async Task<T> WriteAsync<T>(Func<UsageWriter, CancellationToken, Task<T>> write, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            var writer = Take();
            var result = await database.DoAsync(token => write(writer, token), cancellationToken);
            GiveBack(writer);
            return result;
        }
        finally
        {
            writing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => writing.Dispose();

    private UsageWriter Take()
    {
        lock (idle)
        {
            return idle.TryPop(out var writer) ? writer : new(database.Source, new LocalDays(reportingZone));
        }
    }

    /// <summary>A writer whose batch failed is not given back: what it remembers of that batch is not worth keeping.</summary>
    private void GiveBack(UsageWriter writer)
    {
        lock (idle)
        {
            idle.Push(writer);
        }
    }
}
