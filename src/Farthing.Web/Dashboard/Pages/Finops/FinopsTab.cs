using Farthing.Workflows.Access;

namespace Farthing.Web.Dashboard.Pages.Finops;

/// <summary>A page of finops.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Roles">Who may open it.</param>
/// <param name="HasRange">Whether it is about a span of days.</param>
public sealed record FinopsTab(string Name, string Path, IReadOnlyList<Role> Roles, bool HasRange = true)
{
    /// <summary>Where the first of them is.</summary>
    public const string Root = "/finops";

    /// <summary>All of them in their order.</summary>
    private static readonly IReadOnlyList<FinopsTab> All =
    [
        new("Overview", Root, Enum.GetValues<Role>()),
        new("Cache", "/finops/cache", Enum.GetValues<Role>()),
        new("Cost Modeling", "/finops/modeling", RoleSets.OverOthers),
        new("Forecasting", "/finops/forecast", Enum.GetValues<Role>(), HasRange: false),
        new("Budgets", "/finops/budgets", RoleSets.OverOthers, HasRange: false),
    ];

    /// <summary>Those that a role may open.</summary>
    public static IEnumerable<FinopsTab> For(Role role) => All.Where(tab => tab.Roles.Contains(role));
}
