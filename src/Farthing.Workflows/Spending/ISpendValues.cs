using Farthing.Workflows.Access;

namespace Farthing.Workflows.Spending;

/// <summary>A value that calls have of a dimension.</summary>
/// <param name="By">The dimension.</param>
/// <param name="Value">The value; never empty.</param>
public sealed record SpendValue(SpendDimension By, string Value);

/// <summary>Tells what spend can be filtered by.</summary>
public interface ISpendValues
{
    /// <summary>
    /// The values that calls within a scope have of every dimension that a <see cref="SpendFilter"/> may have, whenever
    /// they were made; by dimension, then ordinal.
    /// </summary>
    /// <param name="within">What may be touched.</param>
    /// <param name="limit">How many of each dimension; which ones, when there are more, is the store's choice.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<SpendValue>> ValuesAsync(Scope within, int limit, CancellationToken cancellationToken);
}
