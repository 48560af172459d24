using System.Text.Json.Serialization;
using Farthing.Workflows.Access;

namespace Farthing.Workflows.Budgeting;

/// <summary>The lines of the audit about budgets.</summary>
public static class BudgetAudit
{
    /// <summary>A budget was made, or changed.</summary>
    public static AuditEntry Of(Budget? before, Budget after, AuditStamp stamp) => AuditEntry.Make(
        stamp, before is null ? "budget.created" : "budget.changed", after.Id, before is null ? null : AuditedBudget.Of(before), AuditedBudget.Of(after), BudgetJson.Default.AuditedBudget);

    /// <summary>A budget was removed.</summary>
    public static AuditEntry Removed(Budget before, AuditStamp stamp) =>
        AuditEntry.Make(stamp, "budget.removed", before.Id, AuditedBudget.Of(before), null, BudgetJson.Default.AuditedBudget);
}

/// <summary>A budget as the audit tells it.</summary>
internal sealed record AuditedBudget(
    string Name, string Scope, string ScopeId, string Owner, string Amount, string Period, string Zone, bool Hard, IReadOnlyList<int> Thresholds, int AlertThresholdPct)
{
    /// <summary>A budget in the words of the API.</summary>
    public static AuditedBudget Of(Budget budget) => new(
        budget.Name, BudgetWords.Of(budget.Scope), budget.ScopeId, budget.Owner, budget.Amount.ToString(), BudgetWords.Of(budget.Period), budget.Zone, budget.IsHard,
        budget.Thresholds, budget.AlertThresholdPercent);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AuditedBudget))]
internal sealed partial class BudgetJson : JsonSerializerContext;
