using Farthing.Domain.Ledger;

namespace Farthing.Workflows.Crediting;

/// <summary>The month that somebody who moves money by hand names for it.</summary>
/// <param name="Period">The month; null for the present one.</param>
/// <param name="IsFinance">Whether they may still post into a month that is closed softly.</param>
public readonly record struct Posting(AccountingMonth? Period, bool IsFinance)
{
    /// <summary>Whether a transaction belongs to the month that is named, when one is.</summary>
    public bool IsOf(Transaction posted) => Period is null || Period == posted.Month;
}
