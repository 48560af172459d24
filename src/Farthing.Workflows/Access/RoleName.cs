namespace Farthing.Workflows.Access;

/// <summary>The names of roles, in bodies, stores and on the command line.</summary>
public static class RoleName
{
    private static readonly (Role Role, string Name)[] Names =
    [
        (Role.Engineer, "engineer"),
        (Role.TeamLead, "team_lead"),
        (Role.Finance, "finance"),
        (Role.Admin, "admin"),
        (Role.Service, "service"),
    ];

    /// <summary>The names that a key can be given, for messages.</summary>
    public static string Expected { get; } = string.Join(", ", Names.Select(static entry => entry.Name));

    /// <summary>The name of a role.</summary>
    public static string Of(Role role) => role == Role.Operator ? "operator" : Names.Single(entry => entry.Role == role).Name;

    /// <summary>The role of a name, exactly as <see cref="Of"/> writes it; null for any other text and for the operator's.</summary>
    public static Role? Parse(string? name)
    {
        foreach (var entry in Names)
        {
            if (string.Equals(entry.Name, name, StringComparison.Ordinal))
            {
                return entry.Role;
            }
        }

        return null;
    }
}
