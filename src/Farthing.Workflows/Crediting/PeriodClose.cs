using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;

namespace Farthing.Workflows.Crediting;

/// <summary>One account in a trial balance.</summary>
/// <param name="Account">Its name.</param>
/// <param name="Debits">Everything debited to it until the end of the month.</param>
/// <param name="Credits">Everything credited to it until the end of the month.</param>
public sealed record TrialLine(string Account, Int128 Debits, Int128 Credits);

/// <summary>A closed month: nothing is booked in it any more, and what its books said is kept.</summary>
/// <param name="Org">Whose month.</param>
/// <param name="Month">Which: <c>2026-10</c>, in UTC.</param>
/// <param name="TrialBalance">One line an account, <c>account=debits/credits</c> in nanocredits.</param>
/// <param name="Hash">SHA-256 of the trial balance, as lower-case hexadecimal text.</param>
/// <param name="Actor">Who closed it.</param>
/// <param name="ClosedAt">When.</param>
public sealed record PeriodClose(string Org, string Month, string TrialBalance, string Hash, string Actor, DateTimeOffset ClosedAt)
{
    /// <summary>The month of an instant.</summary>
    public static string MonthOf(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>Writes a trial balance in its one form.</summary>
    public static string Describe(IEnumerable<TrialLine> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines.OrderBy(line => line.Account, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{line.Account}={line.Debits}/{line.Credits}\n");
        }

        return text.ToString();
    }

    /// <summary>The hash of a trial balance.</summary>
    public static string HashOf(string trialBalance) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(trialBalance)));
}

/// <summary>Closes a month that has ended. Its trial balance was worked out by the caller from entries that cannot change any more.</summary>
public sealed class ClosePeriod : LedgerRequest<PeriodClose>
{
    /// <summary>The month: <c>2026-10</c>.</summary>
    public required string Month { get; init; }

    /// <summary>What the books say at its end.</summary>
    public required IReadOnlyList<TrialLine> TrialBalance { get; init; }

    /// <inheritdoc/>
    public override void Name(LedgerKeys keys)
    {
        keys.Chains.Add(Org);
        keys.Transactions.Add(new(Org, Transaction.IdOf(Org, Key)));
    }

    /// <inheritdoc/>
    protected override Result<PeriodClose> Perform(LedgerUnit unit)
    {
        var now = unit.Now(Org);
        var text = PeriodClose.Describe(TrialBalance);
        var close = new PeriodClose(Org, Month, text, PeriodClose.HashOf(text), Actor, now);
        if (string.CompareOrdinal(Month, PeriodClose.MonthOf(now)) >= 0)
        {
            return new Problem(ProblemKind.Conflict, "period_not_over", "Only a month that is over can be closed.", "month");
        }

        if (unit.FindTransaction(new(Org, Transaction.IdOf(Org, Key))) is not null)
        {
            return new Problem(ProblemKind.Conflict, "period_closed", $"The month {Month} is closed already.", "month");
        }

        unit.Changes.Add(new Transaction
        {
            Org = Org,
            Key = Key,
            Kind = TransactionKind.PeriodClose,
            Wallet = string.Empty,
            Source = "period",
            ExternalId = Month,
            Actor = Actor,
            Memo = close.Hash,
            BookedAt = now,
            ServiceAt = now,
            Delta = Credits.Zero,
            BalanceAfter = Credits.Zero,
            Entries = [],
        });
        unit.Close(close);
        return close;
    }

    private string Key => $"{TransactionKind.PeriodClose}/{Month}";
}
