using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Spending;

/// <summary>One stored call with everything that explains its cost.</summary>
/// <param name="Usage">The call.</param>
/// <param name="Rating">Its cost and the rate card that priced it.</param>
/// <param name="File">The log it was read from; empty when it came by another door.</param>
public sealed record PricedCall(UsageEvent Usage, Rating Rating, string File);

/// <summary>Reads what was spent.</summary>
public interface ISpendQueries : ISessionQueries, ICallQueries
{
    /// <summary>Groups spend: whole days from rollups, everything else from raw events through the time index.</summary>
    Task<IReadOnlyList<SpendRow>> SpendAsync(SpendQuery query, CancellationToken cancellationToken);

    /// <summary>The calls of a query in order of time, without their source file.</summary>
    IAsyncEnumerable<PricedCall> CallsAsync(SpendQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// The calls that a text names: an event id, a session key, or the beginning of either (at least six characters);
    /// in order of time, at most <paramref name="limit"/>.
    /// </summary>
    Task<IReadOnlyList<PricedCall>> FindAsync(string org, string name, int limit, CancellationToken cancellationToken);

    /// <summary>The calls of a run in order of time, the first <paramref name="limit"/> of them.</summary>
    Task<IReadOnlyList<PricedCall>> RunCallsAsync(string org, string run, int limit, CancellationToken cancellationToken);
}
