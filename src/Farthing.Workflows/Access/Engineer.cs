namespace Farthing.Workflows.Access;

/// <summary>A person whose agents are metered.</summary>
public sealed record Engineer
{
    /// <summary>Whose they are.</summary>
    public required string Org { get; init; }

    /// <summary>Names them for ever.</summary>
    public required string Id { get; init; }

    /// <summary>What they are called.</summary>
    public required string Name { get; init; }

    /// <summary>Their address; one engineer of an organisation has it.</summary>
    public required string Email { get; init; }

    /// <summary>Their team; null when they are in none.</summary>
    public string? TeamId { get; init; }

    /// <summary>What they may do; their keys have this role.</summary>
    public Role Role { get; init; } = Role.Engineer;

    /// <summary>Whether their keys work.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>Where their picture is.</summary>
    public string? AvatarUrl { get; init; }

    /// <summary>Their name at GitHub.</summary>
    public string? GithubUsername { get; init; }

    /// <summary>What they want to be called.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Since when they are known.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What is to change about an engineer; null leaves a thing as it is, an empty text takes it away.</summary>
public sealed record EngineerChange
{
    /// <summary>The new name.</summary>
    public string? Name { get; init; }

    /// <summary>The new address.</summary>
    public string? Email { get; init; }

    /// <summary>The new team.</summary>
    public string? TeamId { get; init; }

    /// <summary>The new role.</summary>
    public Role? Role { get; init; }

    /// <summary>Whether their keys are to work.</summary>
    public bool? IsActive { get; init; }

    /// <summary>Where their picture is now.</summary>
    public string? AvatarUrl { get; init; }

    /// <summary>Their new name at GitHub.</summary>
    public string? GithubUsername { get; init; }

    /// <summary>What they want to be called now.</summary>
    public string? DisplayName { get; init; }

    /// <summary>What of it could not even be read; refused together with what else is wrong.</summary>
    public Problem? Unread { get; init; }

    /// <summary>The refusal of a role that nobody can have, or that is none.</summary>
    public static Problem WrongRole { get; } = Problem.Invalid("role", "An engineer is engineer, team_lead, finance or admin.");

    /// <summary>The engineer afterwards.</summary>
    public Engineer ApplyTo(Engineer engineer) => engineer with
    {
        Name = Name ?? engineer.Name,
        Email = Email ?? engineer.Email,
        TeamId = Optional(TeamId, engineer.TeamId),
        Role = Role ?? engineer.Role,
        IsActive = IsActive ?? engineer.IsActive,
        AvatarUrl = Optional(AvatarUrl, engineer.AvatarUrl),
        GithubUsername = Optional(GithubUsername, engineer.GithubUsername),
        DisplayName = Optional(DisplayName, engineer.DisplayName),
    };

    /// <summary>All that is wrong with it; null when nothing is.</summary>
    internal Problem? Check() => Problem.Together(
        Unread,
        Name is null ? null : AccessTexts.Check("name", Name),
        Email is null ? null : AccessTexts.CheckEmail("email", Email),
        Role is Access.Role.Service or Access.Role.Operator ? WrongRole : null,
        AccessTexts.CheckOptional("avatar_url", AvatarUrl),
        AccessTexts.CheckOptional("github_username", GithubUsername),
        AccessTexts.CheckOptional("display_name", DisplayName));

    private static string? Optional(string? asked, string? had) => asked switch
    {
        null => had,
        "" => null,
        _ => asked,
    };
}
