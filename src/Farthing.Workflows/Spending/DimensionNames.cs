using Farthing.Workflows.Access;

namespace Farthing.Workflows.Spending;

/// <summary>What values of dimensions are called: teams, engineers and keys by their names, everything else by itself.</summary>
public sealed class DimensionNames
{
    private readonly PeopleNames people;
    private readonly Dictionary<string, string> teams;
    private readonly KeyNames keys;

    internal DimensionNames(PeopleNames people, IReadOnlyList<Team> teams, KeyNames keys) =>
        (this.people, this.teams, this.keys) = (people, teams.ToDictionary(static team => team.Id, static team => team.Name, StringComparer.Ordinal), keys);

    private DimensionNames(DimensionNames names, PeopleNames people) => (this.people, teams, keys) = (people, names.teams, names.keys);

    /// <summary>Calls everything by itself.</summary>
    public static DimensionNames None { get; } = new(PeopleNames.None, [], KeyNames.None);

    /// <summary>What a value is called.</summary>
    public string this[SpendDimension by, string value] => by switch
    {
        SpendDimension.User => people[value],
        SpendDimension.Team => teams.GetValueOrDefault(value, value),
        SpendDimension.ApiKey => keys[value],
        _ => value,
    };

    /// <summary>Reads the names of those too who stand in a team's figures and are of it no more, see <see cref="PeopleNames.WithAsync"/>.</summary>
    internal async Task<DimensionNames> WithAsync(IEngineers engineers, Scope within, IEnumerable<string> spenders, CancellationToken cancellationToken) =>
        new(this, await people.WithAsync(engineers, within, spenders, cancellationToken));
}

/// <summary>Reads what values of dimensions are called within a scope: who sees one engineer's spend is told the names of that engineer's keys only.</summary>
public sealed class ReadNames(ITeams teams, IEngineers engineers, IKeys keys)
{
    private const int TeamsMax = 1_000;

    /// <summary>Reads them.</summary>
    public async Task<DimensionNames> WithinAsync(Scope within, CancellationToken cancellationToken)
    {
        var naming = PeopleNames.ReadAsync(engineers, within, cancellationToken);
        var found = teams.ListAsync(within, new(TeamsMax, string.Empty), cancellationToken);
        var called = KeyNames.ReadAsync(keys, within, cancellationToken);
        return new(await naming, await found, await called);
    }

    /// <summary>Reads them for one thing that was found within the scope, and its person's name whoever that is.</summary>
    public async Task<DimensionNames> OfAsync(Scope within, string user, CancellationToken cancellationToken) =>
        await WithAsync(await WithinAsync(within, cancellationToken), within, [user], cancellationToken);

    /// <summary>Adds the names of those who stand in a team's figures and are of it no more.</summary>
    public Task<DimensionNames> WithAsync(DimensionNames names, Scope within, IEnumerable<string> spenders, CancellationToken cancellationToken) =>
        names.WithAsync(engineers, within, spenders, cancellationToken);
}
