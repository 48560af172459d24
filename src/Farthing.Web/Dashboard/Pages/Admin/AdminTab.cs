using Farthing.Workflows.Access;

namespace Farthing.Web.Dashboard.Pages.Admin;

/// <summary>A page about the organisation and its server.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Roles">Who may open it.</param>
public sealed record AdminTab(string Name, string Path, IReadOnlyList<Role> Roles)
{
    /// <summary>All of them in their order.</summary>
    private static readonly IReadOnlyList<AdminTab> All =
    [
        new("People", "/admin", RoleSets.OverPeople),
        new("Teams", "/admin/teams", RoleSets.OverPeople),
        new("Keys", "/admin/keys", [Role.Admin]),
        new("Audit", "/admin/audit", RoleSets.OverPeople),
        new("Data quality", "/admin/quality", RoleSets.OverPeople),
        new("System health", "/admin/health", [Role.Admin]),
    ];

    /// <summary>Those that a role may open.</summary>
    public static IEnumerable<AdminTab> For(Role role) => All.Where(tab => tab.Roles.Contains(role));
}
