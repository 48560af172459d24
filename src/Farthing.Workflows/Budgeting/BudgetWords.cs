using Farthing.Domain.Budgets;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Budgeting;

/// <summary>The words of the API and of stores for budgets.</summary>
public static class BudgetWords
{
    private static readonly string[] Periods = ["monthly", "quarterly", "daily", "weekly", "rolling30", "lifetime"];
    private static readonly string[] Scopes = ["org", "team", "project", "engineer", "model", "api_key"];

    /// <summary>The words of all periods.</summary>
    public static string AllPeriods { get; } = string.Join(", ", Periods);

    /// <summary>The words of all scopes.</summary>
    public static string AllScopes { get; } = string.Join(", ", Scopes);

    /// <summary><c>monthly</c>, <c>quarterly</c>, <c>daily</c>, <c>weekly</c>, <c>rolling30</c> or <c>lifetime</c>.</summary>
    public static string Of(BudgetPeriod period) => Periods[(int)period];

    /// <summary><c>org</c>, <c>team</c>, <c>project</c>, <c>engineer</c>, <c>model</c> or <c>api_key</c>.</summary>
    public static string Of(BudgetScope scope) => Scopes[(int)scope];

    /// <summary><c>on_track</c>, <c>warning</c> or <c>over_budget</c>, as Primer's clients know them; never <c>at_risk</c>.</summary>
    public static string Of(BudgetState state) => state switch
    {
        BudgetState.OverBudget => "over_budget",
        BudgetState.Warning => "warning",
        BudgetState.AtRisk => "at_risk",
        _ => "on_track",
    };

    /// <summary>The dimension of spend whose value the id of a scope is; null for the organisation, which is all of it.</summary>
    public static SpendDimension? DimensionOf(BudgetScope scope) => scope switch
    {
        BudgetScope.Org => null,
        BudgetScope.Team => SpendDimension.Team,
        BudgetScope.Project => SpendDimension.Project,
        BudgetScope.Engineer => SpendDimension.User,
        BudgetScope.Model => SpendDimension.Model,
        BudgetScope.ApiKey => SpendDimension.ApiKey,
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "There is no such scope."),
    };

    /// <summary>The period of a word; null when there is none.</summary>
    public static BudgetPeriod? Period(string? word) => Array.IndexOf(Periods, word) is >= 0 and var number ? (BudgetPeriod)number : null;

    /// <summary>The scope of a word; null when there is none.</summary>
    public static BudgetScope? Scope(string? word) => Array.IndexOf(Scopes, word) is >= 0 and var number ? (BudgetScope)number : null;
}
