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

/// <summary>What the books of an organisation say, and up to which place of its chain they were read.</summary>
/// <param name="Lines">One line an account.</param>
/// <param name="ReadAt">The head of the chain at the same moment.</param>
public sealed record TrialBalance(IReadOnlyList<TrialLine> Lines, ChainHead ReadAt);

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
    public required TrialBalance TrialBalance { get; init; }

    /// <inheritdoc/>
    public override void Name(LedgerKeys keys)
    {
        keys.Chains.Add(Org);
        keys.Transactions.Add(new(Org, Transaction.IdOf(Org, Key)));
    }

    /// <inheritdoc/>
    /// <exception cref="LedgerRaceException">Something may have been booked in the month since its books were read.</exception>
    protected override Result<PeriodClose> Perform(LedgerUnit unit)
    {
        var now = unit.Now(Org);
        var text = PeriodClose.Describe(TrialBalance.Lines);
        var close = new PeriodClose(Org, Month, text, PeriodClose.HashOf(text), Actor, now);
        if (string.CompareOrdinal(Month, PeriodClose.MonthOf(now)) >= 0)
        {
            return new Problem(ProblemKind.Conflict, "period_not_over", "Only a month that is over can be closed.", "month");
        }

        if (unit.FindTransaction(new(Org, Transaction.IdOf(Org, Key))) is not null)
        {
            return new Problem(ProblemKind.Conflict, "period_closed", $"The month {Month} is closed already.", "month");
        }

        RequireFinal(unit);
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

    /// <summary>
    /// Books that were read behind the month's end stand still, because no booking moves before another one. Others stand
    /// only as long as nothing is booked behind them.
    /// </summary>
    private void RequireFinal(LedgerUnit unit)
    {
        var isBehind = string.CompareOrdinal(PeriodClose.MonthOf(TrialBalance.ReadAt.BookedAt), Month) > 0;
        if (!isBehind && unit.Heads.GetValueOrDefault(Org, ChainHead.Start).Sequence != TrialBalance.ReadAt.Sequence)
        {
            throw new LedgerRaceException($"The books of {Month} were read before something else was booked.");
        }
    }

    private string Key => $"{TransactionKind.PeriodClose}/{Month}";
}
