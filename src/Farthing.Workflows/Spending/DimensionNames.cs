using Farthing.Workflows.Access;

namespace Farthing.Workflows.Spending;

/// <summary>What values of dimensions are called: teams and engineers by their names, everything else by itself.</summary>
public sealed class DimensionNames
{
    private const int TeamsMax = 1_000;

    private readonly PeopleNames people;
    private readonly Dictionary<string, string> teams;

    private DimensionNames(PeopleNames people, IReadOnlyList<Team> teams) =>
        (this.people, this.teams) = (people, teams.ToDictionary(static team => team.Id, static team => team.Name, StringComparer.Ordinal));

    /// <summary>Calls everything by itself.</summary>
    public static DimensionNames None { get; } = new(PeopleNames.None, []);

    /// <summary>What a value is called.</summary>
    public string this[SpendDimension by, string value] => by switch
    {
        SpendDimension.User => people[value],
        SpendDimension.Team => teams.GetValueOrDefault(value, value),
        _ => value,
    };

    /// <summary>Reads them.</summary>
    public static async Task<DimensionNames> ReadAsync(ITeams teams, IEngineers engineers, Scope within, CancellationToken cancellationToken)
    {
        var naming = PeopleNames.ReadAsync(engineers, within, cancellationToken);
        var found = teams.ListAsync(within, new(TeamsMax, string.Empty), cancellationToken);
        return new(await naming, await found);
    }
}
