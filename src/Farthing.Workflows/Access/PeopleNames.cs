namespace Farthing.Workflows.Access;

/// <summary>
/// What engineers within a scope are called. Usage may name people that the organisation has no engineer for, or who left
/// the scope: those are called by their id.
/// </summary>
public sealed class PeopleNames
{
    /// <summary>The most engineers whose names are read; who comes after them is called by the id.</summary>
    public const int EngineersMax = 10_000;

    private readonly Dictionary<string, Engineer> known;

    private PeopleNames(IReadOnlyList<Engineer> engineers) => known = engineers.ToDictionary(static engineer => engineer.Id, StringComparer.Ordinal);

    /// <summary>Knows nobody.</summary>
    public static PeopleNames None { get; } = new([]);

    /// <summary>The engineers.</summary>
    public IReadOnlyCollection<Engineer> Engineers => known.Values;

    /// <summary>What an id's engineer is called.</summary>
    public string this[string id] => known.GetValueOrDefault(id)?.Name ?? id;

    /// <summary>Reads them.</summary>
    public static async Task<PeopleNames> ReadAsync(IEngineers engineers, Scope within, CancellationToken cancellationToken) =>
        new(await engineers.ListAsync(within, new(EngineersMax, string.Empty), cancellationToken));
}
