namespace Farthing.Workflows.Inspecting;

/// <summary>What is known of a store as a whole.</summary>
/// <param name="Engine">What it is: <c>SQLite</c>, <c>PostgreSQL</c>.</param>
/// <param name="Version">The engine's version.</param>
/// <param name="Bytes">How much room the database takes, without logs that are still to be folded in.</param>
/// <param name="Migration">The number of the last migration that it has seen.</param>
public sealed record StoreHealth(string Engine, string Version, long Bytes, long Migration);

/// <summary>Tells how a store is.</summary>
public interface IStoreHealth
{
    /// <summary>Reads it; cheap, whatever is stored.</summary>
    Task<StoreHealth> ReadHealthAsync(CancellationToken cancellationToken);
}
