namespace Farthing.Workflows.Access;

/// <summary>Engineers who are counted together.</summary>
/// <param name="Org">Whose it is.</param>
/// <param name="Id">Names it for ever.</param>
/// <param name="Name">What people call it.</param>
/// <param name="CreatedAt">Since when it exists.</param>
public sealed record Team(string Org, string Id, string Name, DateTimeOffset CreatedAt);

/// <summary>The teams of a store.</summary>
public interface ITeams
{
    /// <summary>Adds one, with its line in the audit; refused while another one of its organisation <see cref="ItemNames.AreSame">has the name</see>.</summary>
    Task<Result<Team>> AddAsync(Team team, AuditStamp stamp, CancellationToken cancellationToken);

    /// <summary>The team of an id; null when the organisation has none.</summary>
    Task<Team?> FindAsync(string org, string id, CancellationToken cancellationToken);

    /// <summary>A page of the teams within a scope, in the order of their ids.</summary>
    Task<IReadOnlyList<Team>> ListAsync(Scope scope, Page page, CancellationToken cancellationToken);

    /// <summary>Changes one in one transaction, with its line in the audit; refused when there is none of that id, or another one has the new name.</summary>
    /// <param name="org">Whose it is.</param>
    /// <param name="id">Which one.</param>
    /// <param name="change">What it becomes; id and organisation stay.</param>
    /// <param name="stamp">Who and when.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Result<Team>> ChangeAsync(string org, string id, Func<Team, Team> change, AuditStamp stamp, CancellationToken cancellationToken);
}

/// <summary>What admins do with teams.</summary>
public sealed class ManageTeams(ITeams teams, TimeProvider time)
{
    /// <summary>Two teams of one name could not be told apart in any list.</summary>
    public static Problem NameTaken { get; } = ItemNames.Taken("Another team has this name.");

    /// <summary>Founds one.</summary>
    public async Task<Result<Team>> CreateAsync(Caller caller, string name, CancellationToken cancellationToken)
    {
        if (AccessTexts.Check("name", name) is { } problem)
        {
            return problem;
        }

        var now = AccessTexts.Now(time);
        return await teams.AddAsync(new(caller.Org, AccessTexts.NewId(now), name, now), AuditStamp.Of(caller, now), cancellationToken);
    }

    /// <summary>Renames one; a null leaves its name as it is.</summary>
    public async Task<Result<Team>> ChangeAsync(Caller caller, string id, string? name, CancellationToken cancellationToken)
    {
        if (name is not null && AccessTexts.Check("name", name) is { } problem)
        {
            return problem;
        }

        var stamp = AuditStamp.Of(caller, AccessTexts.Now(time));
        return await teams.ChangeAsync(caller.Org, id, team => team with { Name = name ?? team.Name }, stamp, cancellationToken);
    }
}
