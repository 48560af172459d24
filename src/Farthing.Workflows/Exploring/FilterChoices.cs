using Farthing.Workflows.Access;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Exploring;

/// <summary>A value that can be chosen.</summary>
/// <param name="Value">The value.</param>
/// <param name="Name">What people call it.</param>
public sealed record FilterChoice(string Value, string Name);

/// <summary>Tells what spend can be filtered by.</summary>
public sealed class FilterChoices(ISpendValues values, ReadNames naming)
{
    /// <summary>The most values of a dimension that are offered.</summary>
    public const int OfferedMax = 200;

    /// <summary>Reads the values that calls within a scope have; what they are called may be read meanwhile.</summary>
    public Task<IReadOnlyList<SpendValue>> ReadAsync(Scope within, CancellationToken cancellationToken) => values.ValuesAsync(within, OfferedMax, cancellationToken);

    /// <summary>Values by dimension, in the order of their names.</summary>
    /// <param name="found">The values.</param>
    /// <param name="within">What may be touched.</param>
    /// <param name="names">What is called within it, as far as it was read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ILookup<SpendDimension, FilterChoice>> NameAsync(IReadOnlyList<SpendValue> found, Scope within, DimensionNames names, CancellationToken cancellationToken)
    {
        var people = found.Where(static value => value.By == SpendDimension.User).Select(static value => value.Value);
        var called = await naming.WithAsync(names, within, people, cancellationToken);
        return found
            .Select(value => (value.By, Choice: new FilterChoice(value.Value, called[value.By, value.Value])))
            .OrderBy(static one => one.Choice.Name, StringComparer.OrdinalIgnoreCase)
            .ToLookup(static one => one.By, static one => one.Choice);
    }
}
