using Farthing.Domain.Ledger;

namespace Farthing.Workflows.Crediting;

/// <summary>What is said of credit that was given, and of transactions that no call and no run explains.</summary>
public static class GrantWords
{
    private const string AdminGrant = "admin_grant";
    private const string Switch = "switch";

    /// <summary>Where a grant came from, as JSON and forms name it.</summary>
    public static IReadOnlyList<(string Word, GrantCategory Meaning)> Categories { get; } =
    [
        ("paid", GrantCategory.Paid), ("promo", GrantCategory.Promo), ("trial", GrantCategory.Trial),
        ("plan_included", GrantCategory.PlanIncluded), ("compensation", GrantCategory.Compensation),
    ];

    /// <summary>The name of a category.</summary>
    public static string Of(GrantCategory category) => Categories.Single(entry => entry.Meaning == category).Word;

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
