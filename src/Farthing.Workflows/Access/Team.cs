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
    /// <summary>Adds one, with its line in the audit.</summary>
    Task AddAsync(Team team, AuditStamp stamp, CancellationToken cancellationToken);

    /// <summary>The team of an id; null when the organisation has none.</summary>
    Task<Team?> FindAsync(string org, string id, CancellationToken cancellationToken);

    /// <summary>A page of the teams within a scope, in the order of their ids.</summary>
    Task<IReadOnlyList<Team>> ListAsync(Scope scope, Page page, CancellationToken cancellationToken);

    /// <summary>Changes one in one transaction, with its line in the audit; null when the organisation has none of that id.</summary>
    /// <param name="org">Whose it is.</param>
    /// <param name="id">Which one.</param>
    /// <param name="change">What it becomes; id and organisation stay.</param>
    /// <param name="stamp">Who and when.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Team?> ChangeAsync(string org, string id, Func<Team, Team> change, AuditStamp stamp, CancellationToken cancellationToken);
}

/// <summary>What admins do with teams.</summary>
public sealed class ManageTeams(ITeams teams, TimeProvider time)
{
    /// <summary>Founds one.</summary>
    public async Task<Result<Team>> CreateAsync(Caller caller, string name, CancellationToken cancellationToken)
    {
        if (AccessTexts.Check("name", name) is { } problem)
        {
            return problem;
        }

        var now = AccessTexts.Now(time);
        var team = new Team(caller.Org, AccessTexts.NewId(now), name, now);
        await teams.AddAsync(team, AuditStamp.Of(caller, now), cancellationToken);
        return team;
    }

    /// <summary>Renames one; a null leaves its name as it is.</summary>
    public async Task<Result<Team>> ChangeAsync(Caller caller, string id, string? name, CancellationToken cancellationToken)
    {
        if (name is not null && AccessTexts.Check("name", name) is { } problem)
        {
            return problem;
        }

        var stamp = AuditStamp.Of(caller, AccessTexts.Now(time));
        var changed = await teams.ChangeAsync(caller.Org, id, team => team with { Name = name ?? team.Name }, stamp, cancellationToken);
        return changed is null ? Problem.NotFound("team") : changed;
    }
}
