using Farthing.Domain.Ledger;

namespace Farthing.Crediting;

/// <summary>What is said of credit that was given, and of transactions that no call and no run explains.</summary>
internal static class GrantLabel
{
    private const string AdminGrant = "admin_grant";
    private const string Switch = "switch";

    /// <summary>The name of a category in JSON and beside a grant.</summary>
    public static string Of(GrantCategory category) => category switch
    {
        GrantCategory.Paid => "paid",
        GrantCategory.Promo => "promo",
        GrantCategory.Trial => "trial",
        GrantCategory.PlanIncluded => "plan_included",
        GrantCategory.Compensation => "compensation",
        _ => throw new ArgumentOutOfRangeException(nameof(category), category, "There is no such category."),
    };

    /// <summary>What happened, in the words of Plandex where it has any.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="grant">The grant that it gives; null when none.</param>
    public static string Of(Transaction transaction, Grant? grant) => transaction.Kind switch
    {
        TransactionKind.Grant => OfGiven(transaction.Reason, grant?.Category),
        TransactionKind.OverdraftRepaid => "Paid what was owed",
        TransactionKind.Capture => "Used held credits",
        TransactionKind.Charge => "Charged usage",
        TransactionKind.LateUsage => "Charged usage of a closed month",
        TransactionKind.Expiry => "Credits expired",
        TransactionKind.Void => "Took a grant back",
        TransactionKind.Refund => "Refunded credits",
        TransactionKind.Adjustment => "Adjusted by hand",
        TransactionKind.Reversal => "Reversed an earlier transaction",
        TransactionKind.PeriodSoftClose => $"Closed the month {transaction.ExternalId} for all but finance",
        TransactionKind.PeriodReopenRequest => $"Asked for the month {transaction.ExternalId} to be opened again",
        TransactionKind.PeriodReopen => $"Opened the month {transaction.ExternalId} again",
        TransactionKind.PeriodClose => $"Closed the month {transaction.ExternalId}",
        _ => transaction.Kind,
    };

    private static string OfGiven(string reason, GrantCategory? category) => (category, reason) switch
    {
        (_, Switch) => "Switched to Integrated Models mode",
        (GrantCategory.Trial, _) => "Started trial",
        (GrantCategory.Paid, _) => "Purchased credits",
        (GrantCategory.PlanIncluded, _) => "Monthly subscription payment",
        (GrantCategory.Compensation, _) => "Compensated",
        (_, AdminGrant) => "Granted by an administrator",
        _ => "Granted credits",
    };
}
