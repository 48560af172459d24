using Farthing.Workflows.Access;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>What is around a page: where it is, who looks at it, and the token of its forms.</summary>
public sealed record PageFrame
{
    /// <summary>The page's heading and the title of its window.</summary>
    public required string Title { get; init; }

    /// <summary>The path of the page.</summary>
    public required string Path { get; init; }

    /// <summary>Path and query: where a sign-in leads back to.</summary>
    public required string Address { get; init; }

    /// <summary>The server as its reader reaches it: <c>http://127.0.0.1:7417</c>.</summary>
    public required string Server { get; init; }

    /// <summary>Who looks at it; null before somebody signed in.</summary>
    public Caller? Caller { get; init; }

    /// <summary>Whether whoever looks at it sees what is their own and nothing else.</summary>
    public bool IsOfOne => Caller is { } caller && ScopeRules.Of(caller).Reach == ScopeReach.Engineer;

    /// <summary>Whether whoever looks at it sees all of the organisation.</summary>
    public bool IsOfAll => Caller is { } caller && ScopeRules.Of(caller).Reach == ScopeReach.Org;

    /// <summary>The token that each form sends back.</summary>
    public string FormToken { get; init; } = string.Empty;

    /// <summary>Whose days and hours are shown.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Whether what pages show is made up.</summary>
    public bool IsDemo { get; init; }

    /// <summary>What the form that led here did; null when none did.</summary>
    public DoneWord? Done { get; init; }

    /// <summary>The name in a filter that stands for nobody, or for several; null when there is none.</summary>
    public TypedFilter? Typed { get; init; }

    /// <summary>What of the page's address was not understood.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>The entries beside the page: one line each.</summary>
    public static IReadOnlyList<SidebarEntry> Sidebar { get; } =
    [
        new("Home", "/", "M3 11 12 3l9 8v10h-6v-6H9v6H3z"),
        new("FinOps", "/finops", "M3 21V3h2v16h16v2zM8 17v-6h3v6zm5 0V6h3v11zm5 0v-9h3v9z"),
        new("Explorer", "/explorer", "M10 2a8 8 0 0 1 6.3 12.9l5.4 5.4-1.4 1.4-5.4-5.4A8 8 0 1 1 10 2zm0 2a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM7 9h2v4H7zm4-3h2v7h-2z"),
        new("Sessions", SpendLinks.Sessions, "M4 5h16v2H4zm0 4h10v2H4zm0 4h16v2H4zm0 4h10v2H4z", SpendLinks.Calls),
        new("Credits", "/credits", "M3 5h16v3h2v11H3zm2 2v10h14v-7h-2V7zm9 4h3v3h-3z"),
        new("Prices", "/prices", "M12 2H4v8l10 10 8-8zM6 4h5l8 8-5 5-8-8zm1.5 1.5h2v2h-2z"),
        new("Admin", "/admin", "M9 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zm0 2a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM2 20v-2c0-2.8 3.1-5 7-5s7 2.2 7 5v2h-2v-2c0-1.6-2.2-3-5-3s-5 1.4-5 3v2zM17 8h5v2h-5zm0 4h5v2h-5zm1 4h4v2h-4z") { Roles = RoleSets.OverPeople },
    ];

    /// <summary>Those of them that whoever looks at the page may open.</summary>
    public IEnumerable<SidebarEntry> Entries => Sidebar.Where(entry => Caller is { } caller && entry.Roles.Contains(caller.Role));

    /// <summary>Whether an entry of the sidebar is the one that is open.</summary>
    public bool IsOpen(SidebarEntry entry) =>
        entry.Path == "/" ? Path == "/" : IsUnder(entry.Path) || (entry.AlsoPath is { } also && IsUnder(also));

    private bool IsUnder(string path) => Path == path || Path.StartsWith(path + "/", StringComparison.Ordinal);
}

/// <summary>An entry beside every page.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Path">Where it leads.</param>
/// <param name="Icon">The path of its picture, on a field of 24 by 24.</param>
/// <param name="AlsoPath">Another path whose pages belong to it; null for none.</param>
public sealed record SidebarEntry(string Name, string Path, string Icon, string? AlsoPath = null)
{
    /// <summary>Who may open it.</summary>
    public IReadOnlyList<Role> Roles { get; init; } = Enum.GetValues<Role>();
}
