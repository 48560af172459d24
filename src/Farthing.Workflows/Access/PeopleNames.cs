namespace Farthing.Workflows.Access;

/// <summary>
/// What engineers within a scope are called, and those beside them who stand in its figures. Usage may name people that the
/// organisation has no engineer for: those are called by their id.
/// </summary>
public sealed class PeopleNames
{
    /// <summary>The most engineers whose names are read; who comes after them is called by the id.</summary>
    public const int EngineersMax = 10_000;

    private readonly Dictionary<string, Engineer> known;

    /// <summary>Everybody of the organisation, once they were read; who is not among the known ones is not told.</summary>
    private readonly IReadOnlyList<Engineer>? everybody;

    private PeopleNames(IReadOnlyCollection<Engineer> engineers, IEnumerable<Engineer> known, IReadOnlyList<Engineer>? everybody = null)
    {
        Engineers = engineers;
        this.known = known.ToDictionary(static engineer => engineer.Id, StringComparer.Ordinal);
        this.everybody = everybody;
    }

    /// <summary>Knows nobody.</summary>
    public static PeopleNames None { get; } = new([], []);

    /// <summary>The engineers within the scope.</summary>
    public IReadOnlyCollection<Engineer> Engineers { get; }

    /// <summary>Everybody who has a name here: the engineers within the scope, and those beside them who stand in its figures.</summary>
    public IReadOnlyCollection<Engineer> Named => known.Values;

    /// <summary>What an id's engineer is called.</summary>
    public string this[string id] => known.GetValueOrDefault(id)?.Name ?? id;

    /// <summary>What an id's engineer is called; null without an id, and for one that has no name here.</summary>
    public string? Find(string? id) => known.GetValueOrDefault(id ?? string.Empty)?.Name;

    /// <summary>Reads them.</summary>
    public static async Task<PeopleNames> ReadAsync(IEngineers engineers, Scope within, CancellationToken cancellationToken)
    {
        var found = await engineers.ListAsync(within, new(EngineersMax, string.Empty), cancellationToken);
        return new(found, found);
    }

    /// <summary>
    /// Reads the names of those too who stand in a team's figures and are of it no more: whoever sees what they spent there
    /// may know who they are. One query, however often more people are added, and none when everybody has a name.
    /// </summary>
    /// <param name="engineers">The engineers of the organisation.</param>
    /// <param name="within">The scope that these names were read in.</param>
    /// <param name="spenders">The ids of the people in its figures; nobody else is named.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<PeopleNames> WithAsync(IEngineers engineers, Scope within, IEnumerable<string> spenders, CancellationToken cancellationToken)
    {
        var unknown = spenders.Where(id => id.Length > 0 && !known.ContainsKey(id)).ToHashSet(StringComparer.Ordinal);
        if (within.Reach != ScopeReach.Team || unknown.Count == 0)
        {
            return this;
        }

        var all = everybody ?? await engineers.ListAsync(new(within.Org, ScopeReach.Org, string.Empty), new(EngineersMax, string.Empty), cancellationToken);
        return new(Engineers, known.Values.Concat(all.Where(engineer => unknown.Contains(engineer.Id))), all);
    }
}
