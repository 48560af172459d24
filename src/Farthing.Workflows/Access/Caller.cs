namespace Farthing.Workflows.Access;

/// <summary>What somebody who asks may do. The names on the wire and in stores are those of <see cref="RoleName"/>.</summary>
public enum Role
{
    /// <summary>Sees and does what is their own.</summary>
    Engineer,

    /// <summary>Sees the own team.</summary>
    TeamLead,

    /// <summary>Sees the whole organisation and moves its money; manages no people and no keys.</summary>
    Finance,

    /// <summary>Manages the organisation.</summary>
    Admin,

    /// <summary>A program of the organisation: meters and charges for all its engineers.</summary>
    Service,

    /// <summary>Whoever runs this server; no key has this role, it comes with the operator's own secret.</summary>
    Operator,
}

/// <summary>Roles that many doors name together.</summary>
public static class RoleSets
{
    /// <summary>Those who answer for the spend of others and see it. Whoever runs the server may what an admin may.</summary>
    public static IReadOnlyList<Role> OverOthers { get; } = [Role.Admin, Role.Finance, Role.TeamLead];

    /// <summary>Those who move money by hand.</summary>
    public static IReadOnlyList<Role> MoneyMovers { get; } = [Role.Admin, Role.Finance];

    /// <summary>Those who see who belongs to the organisation and what was changed; admins alone change people.</summary>
    public static IReadOnlyList<Role> OverPeople { get; } = [Role.Admin, Role.Finance];
}

/// <summary>Who asks, as their credential proved it.</summary>
public sealed record Caller
{
    /// <summary>The organisation that everything they see and do belongs to.</summary>
    public required string Org { get; init; }

    /// <summary>What they may do.</summary>
    public required Role Role { get; init; }

    /// <summary>The id of the key; empty for the operator.</summary>
    public string KeyId { get; init; } = string.Empty;

    /// <summary>The engineer that the key belongs to; empty when it belongs to nobody in particular.</summary>
    public string EngineerId { get; init; } = string.Empty;

    /// <summary>The engineer's team; empty when there is none.</summary>
    public string TeamId { get; init; } = string.Empty;

    /// <summary>Names the request in logs and in the audit.</summary>
    public string RequestId { get; init; } = string.Empty;

    /// <summary>
    /// Whether they may still post into a month that is closed softly: finance, who corrects it, and the operator, who may
    /// whatever anybody may. An admin may not; that is what a soft close is for.
    /// </summary>
    public bool IsFinance => Role is Role.Finance or Role.Operator;

    /// <summary>Who it was, for the audit: <c>operator</c>, <c>engineer:ID</c> or <c>key:ID</c>.</summary>
    public string Actor => (Role, EngineerId) switch
    {
        (Role.Operator, _) => "operator",
        (_, { Length: > 0 }) => $"engineer:{EngineerId}",
        _ => $"key:{KeyId}",
    };
}
