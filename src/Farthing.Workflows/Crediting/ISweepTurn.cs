namespace Farthing.Workflows.Crediting;

/// <summary>Lets one of the servers that share a store sweep while the others go on with their work.</summary>
public interface ISweepTurn
{
    /// <summary>Takes the turn, without waiting for it, until the answer is disposed of or its server dies.</summary>
    /// <returns>Null when another server has it.</returns>
    Task<IAsyncDisposable?> TryTakeAsync(CancellationToken cancellationToken);
}

/// <summary>The turn in a store that one process has to itself: always its own.</summary>
public sealed class SoleTurn : ISweepTurn
{
    /// <inheritdoc/>
    public Task<IAsyncDisposable?> TryTakeAsync(CancellationToken cancellationToken) => Task.FromResult<IAsyncDisposable?>(new Taken());

    private sealed class Taken : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
