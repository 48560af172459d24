namespace Farthing.Workflows.Access;

/// <summary>An engineer and the key that was just made for them.</summary>
/// <param name="Engineer">The engineer.</param>
/// <param name="Secret">The key itself; nobody can be shown it again.</param>
public sealed record EngineerWithKey(Engineer Engineer, string Secret);

/// <summary>What admins do with engineers.</summary>
public sealed class ManageEngineers(IEngineers engineers, ITeams teams, KeyRing ring, TimeProvider time)
{
    private const string KeyName = "engineer's key";

    /// <summary>Adds one, who gets a key at once.</summary>
    public async Task<Result<EngineerWithKey>> CreateAsync(Caller caller, string name, string email, string? teamId, CancellationToken cancellationToken)
    {
        if (Problem.Together(AccessTexts.Check("name", name), AccessTexts.CheckEmail("email", email), await CheckTeamAsync(caller, teamId, cancellationToken)) is { } problem)
        {
            return problem;
        }

        var now = AccessTexts.Now(time);
        var engineer = new Engineer
        {
            Org = caller.Org,
            Id = AccessTexts.NewId(now),
            Name = name,
            Email = email,
            TeamId = teamId is { Length: > 0 } ? teamId : null,
            CreatedAt = now,
        };
        var key = NewKey(engineer.Org, engineer.Id, engineer.Role, now);
        var added = await engineers.AddAsync(engineer, key.Stored, AuditStamp.Of(caller, now), cancellationToken);
        return added.Problem is { } refused ? refused : new EngineerWithKey(added.Value, key.Secret);
    }

    /// <summary>Changes one; from now on their keys do what the change says.</summary>
    public async Task<Result<Engineer>> ChangeAsync(Caller caller, string id, EngineerChange change, CancellationToken cancellationToken)
    {
        if (Problem.Together(change.Check(), await CheckTeamAsync(caller, change.TeamId, cancellationToken)) is { } problem)
        {
            return problem;
        }

        var changed = await engineers.ChangeAsync(caller.Org, id, change.ApplyTo, AuditStamp.Of(caller, AccessTexts.Now(time)), cancellationToken);
        ring.Forget();
        return changed;
    }

    /// <summary>Makes a new key and revokes all that the engineer had; they die at once.</summary>
    public async Task<Result<EngineerWithKey>> RotateKeyAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var now = AccessTexts.Now(time);
        var key = NewKey(caller.Org, id, Role.Engineer, now);
        var engineer = await engineers.ReplaceKeysAsync(key.Stored, AuditStamp.Of(caller, now), cancellationToken);
        ring.Forget();
        return engineer.Problem is { } refused ? refused : new EngineerWithKey(engineer.Value, key.Secret);
    }

    private NewKey NewKey(string org, string engineerId, Role role, DateTimeOffset now) =>
        ring.Make(new() { Org = org, Id = AccessTexts.NewId(now), Name = KeyName, Role = role, EngineerId = engineerId, CreatedAt = now });

    private async Task<Problem?> CheckTeamAsync(Caller caller, string? teamId, CancellationToken cancellationToken) =>
        teamId is { Length: > 0 } && await teams.FindAsync(caller.Org, teamId, cancellationToken) is null
            ? Problem.Invalid("team_id", "There is no team of that id.")
            : null;
}
