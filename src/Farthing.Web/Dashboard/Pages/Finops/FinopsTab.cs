using Farthing.Workflows.Access;

namespace Farthing.Web.Dashboard.Pages.Finops;

/// <summary>A page of finops.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Tells">What it tells, within a sentence.</param>
/// <param name="Roles">Who may open it.</param>
/// <param name="HasRange">Whether it is about a span of days.</param>
public sealed record FinopsTab(string Name, string Path, string Tells, IReadOnlyList<Role> Roles, bool HasRange = true)
{
    /// <summary>Where the first of them is.</summary>
    public const string Root = "/finops";

    /// <summary>All of them in their order.</summary>
    private static readonly IReadOnlyList<FinopsTab> All =
    [
        new("Overview", Root, "where the money goes", Enum.GetValues<Role>()),
        new("Cache", "/finops/cache", "what caching saves", Enum.GetValues<Role>()),
        new("Cost Modeling", "/finops/modeling", "which plans fit", RoleSets.OverOthers),
        new("Forecasting", "/finops/forecast", "what comes next", Enum.GetValues<Role>(), HasRange: false),
        new("Budgets", "/finops/budgets", "how budgets stand", RoleSets.OverOthers, HasRange: false),
    ];

    /// <summary>Those that a role may open.</summary>
    public static IEnumerable<FinopsTab> For(Role role) => All.Where(tab => tab.Roles.Contains(role));
}
