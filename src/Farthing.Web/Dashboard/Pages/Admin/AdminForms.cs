using Farthing.Web.Dashboard.Frame;

namespace Farthing.Web.Dashboard.Pages.Admin;

/// <summary>A person in a form.</summary>
public sealed record PersonForm : PageForm
{
    /// <summary>Who is changed; empty for somebody new.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>What they are called.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Their address.</summary>
    public string Email { get; init; } = string.Empty;

    /// <summary>The id of their team; empty for none.</summary>
    public string Team { get; init; } = string.Empty;

    /// <summary>The word of their role.</summary>
    public string Role { get; init; } = string.Empty;

    /// <summary>Whether it is somebody new.</summary>
    public bool IsNew => Id.Length == 0;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Fields => IsNew ? ["name", "email", "team_id"] : ["name", "email", "team_id", "role"];
}

/// <summary>A team in a form.</summary>
public sealed record TeamForm : PageForm
{
    /// <summary>Which one is renamed; empty for a new one.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>What it is called.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Whether it is a new one.</summary>
    public bool IsNew => Id.Length == 0;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Fields => ["name"];
}

/// <summary>A key to be made, in a form.</summary>
public sealed record KeyForm : PageForm
{
    /// <summary>What it is for.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The word of its role; of no meaning when it is an engineer's.</summary>
    public string Role { get; init; } = "service";

    /// <summary>The id of the engineer whose it is; empty for the organisation's.</summary>
    public string Engineer { get; init; } = string.Empty;

    /// <summary>The last day on which it works, as <c>yyyy-MM-dd</c>; empty for all days.</summary>
    public string LastDay { get; init; } = string.Empty;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Fields => Engineer.Length > 0 ? ["name", "expires_at"] : ["name", "role", "expires_at"];
}
