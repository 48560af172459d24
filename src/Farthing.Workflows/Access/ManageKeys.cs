namespace Farthing.Workflows.Access;

/// <summary>What somebody wants a key to be.</summary>
public sealed record KeyRequest
{
    /// <summary>What it is for.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do; null for a key of an engineer, which has the engineer's role.</summary>
    public Role? Role { get; init; }

    /// <summary>Whose it is; null for a key of the organisation.</summary>
    public string? EngineerId { get; init; }

    /// <summary>From when on it is refused; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What of it could not even be read; refused together with what else is wrong.</summary>
    public Problem? Unread { get; init; }

    /// <summary>The refusal of a role that no key can have, or that is none.</summary>
    public static Problem WrongRole { get; } = Problem.Invalid("role", $"A key has one of the roles {RoleName.Expected}.");
}

/// <summary>What admins do with keys.</summary>
public sealed class ManageKeys(IKeys keys, IEngineers engineers, KeyRing ring, TimeProvider time)
{
    /// <summary>Makes one; its secret is in the answer and nowhere else.</summary>
    public async Task<Result<NewKey>> CreateAsync(Caller caller, KeyRequest request, CancellationToken cancellationToken)
    {
        var now = AccessTexts.Now(time);
        var role = await RoleOfAsync(caller, request, cancellationToken);
        if (Problem.Together(request.Unread, AccessTexts.Check("name", request.Name), CheckExpiry(request, now), role.Problem) is { } problem)
        {
            return problem;
        }

        var key = ring.Make(new()
        {
            Org = caller.Org,
            Id = AccessTexts.NewId(now),
            Name = request.Name,
            Role = role.Value,
            EngineerId = request.EngineerId,
            CreatedAt = now,
            ExpiresAt = request.ExpiresAt?.ToUniversalTime(),
        });
        await keys.AddAsync(key.Stored, AuditStamp.Of(caller, now), cancellationToken);
        return key;
    }

    /// <summary>Gives a key a new secret; the old one dies at once. A revoked key stays revoked and is refused.</summary>
    public async Task<Result<NewKey>> RotateAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        NewKey? made = null;
        var changed = await keys.ChangeAsync(
            caller.Org, id,
            stored =>
            {
                made = stored.Key.RevokedAt is null && KeyText.KindOf(stored.Key.Prefix) == KeyKind.Key ? ring.Make(stored.Key) : null;
                return made?.Stored ?? stored;
            },
            AuditStamp.Of(caller, AccessTexts.Now(time)), cancellationToken);
        ring.Forget();
        return (changed, made) switch
        {
            (null, _) => Problem.NotFound("key"),
            (_, null) => new Problem(ProblemKind.Conflict, "key_revoked", "This key was revoked and stays so, or is a browser's sign-in; create another one."),
            _ => made,
        };
    }

    /// <summary>Revokes a key, at once and for ever; again is the same as once.</summary>
    public async Task<Result<ApiKey>> RevokeAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var now = AccessTexts.Now(time);
        var changed = await keys.ChangeAsync(
            caller.Org, id,
            stored => stored.Key.RevokedAt is null ? stored with { Key = stored.Key with { RevokedAt = now } } : stored,
            AuditStamp.Of(caller, now), cancellationToken);
        ring.Forget();
        return changed is null ? Problem.NotFound("key") : changed.Key;
    }

    private static Problem? CheckExpiry(KeyRequest request, DateTimeOffset now) =>
        request.ExpiresAt <= now ? Problem.Invalid("expires_at", "A key must expire in the future, or never.") : null;

    private async Task<Result<Role>> RoleOfAsync(Caller caller, KeyRequest request, CancellationToken cancellationToken)
    {
        if (request.EngineerId is null)
        {
            return request.Role switch
            {
                null or Role.Operator => KeyRequest.WrongRole,
                Role.Engineer or Role.TeamLead => Problem.Invalid("engineer_id", $"A key with the role {RoleName.Of(request.Role.Value)} belongs to an engineer; name one."),
                { } role => role,
            };
        }

        return await engineers.FindAsync(caller.Org, request.EngineerId, cancellationToken) switch
        {
            null => Problem.Invalid("engineer_id", "There is no engineer of that id."),
            { Role: var role } when request.Role is { } asked && asked != role =>
                Problem.Invalid("role", $"This engineer's role is {RoleName.Of(role)}, and their keys have it; leave 'role' out, or change the engineer."),
            { Role: var role } => role,
        };
    }
}
