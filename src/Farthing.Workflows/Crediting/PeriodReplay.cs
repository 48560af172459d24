using System.Globalization;
using Farthing.Domain.Ledger;

namespace Farthing.Workflows.Crediting;

/// <summary>
/// Replays the months of a chain: sums up every account month by month, has each marker take its step, and works out anew
/// what was kept when a month was closed.
/// </summary>
internal sealed class PeriodReplay
{
    private readonly SortedDictionary<AccountingMonth, Dictionary<string, (Int128 Debits, Int128 Credits)>> sums = [];
    private readonly PeriodBook book = new();
    private readonly Dictionary<(AccountingMonth Month, int Step), KeptTrialBalance> closes = [];
    private readonly HashSet<AccountingMonth> months = [];

    /// <summary>Adds up what was posted to each account over all months.</summary>
    public Dictionary<string, (Int128 Debits, Int128 Credits)> SumUp() => SumsThrough(null);

    /// <summary>Takes in a transaction whose entries are sound; tells what does not hold about its month.</summary>
    public LedgerBreak? Take(long place, Transaction transaction)
    {
        var (month, booked) = (transaction.Month, AccountingMonth.Of(transaction.BookedAt));
        if (transaction.Period >= booked)
        {
            return new(place, string.Empty, $"a month before {booked}", $"{transaction.Period}");
        }

        if (book.StateOf(month) == PeriodState.Closed)
        {
            return new(place, string.Empty, "a month that is not closed", $"{month}");
        }

        if (transaction.Kind.StartsWith("period_", StringComparison.Ordinal))
        {
            return Step(place, transaction);
        }

        if (!sums.TryGetValue(month, out var accounts))
        {
            sums[month] = accounts = new(StringComparer.Ordinal);
        }

        foreach (var entry in transaction.Entries)
        {
            Add(accounts, entry.Account, entry.Side == EntrySide.Debit ? entry.Amount.Nanocredits : 0, entry.Side == EntrySide.Credit ? entry.Amount.Nanocredits : 0);
        }

        return null;
    }

    /// <summary>Takes in a month as it is kept; tells how it does not hold.</summary>
    public LedgerBreak? Take(LedgerPeriod kept)
    {
        months.Add(kept.Month);
        return Compare(kept.Month, kept);
    }

    /// <summary>Takes in a trial balance as it is kept; tells how it does not hold.</summary>
    public LedgerBreak? Take(KeptTrialBalance kept)
    {
        _ = closes.Remove((kept.Month, kept.Step), out var expected);
        return Compare((kept.Month, kept.Step), expected, kept);
    }

    /// <summary>After the last row: tells one that is missing.</summary>
    public LedgerBreak? End()
    {
        foreach (var (key, expected) in closes)
        {
            return Compare(key, expected, null);
        }

        foreach (var period in book.All)
        {
            if (!months.Contains(period.Month))
            {
                return Compare(period.Month, null);
            }
        }

        return null;
    }

    private LedgerBreak? Compare(AccountingMonth month, LedgerPeriod? found) =>
        book.Find(month) is var expected && expected == found
            ? null
            : LedgerBreak.Of("periods", $"{month}", Describe(expected), Describe(found));

    private static LedgerBreak? Compare((AccountingMonth Month, int Step) key, KeptTrialBalance? expected, KeptTrialBalance? found) =>
        expected == found
            ? null
            : LedgerBreak.Of("trial_balances", string.Create(CultureInfo.InvariantCulture, $"{key.Month}, step {key.Step}"), Describe(expected), Describe(found));

    private LedgerBreak? Step(long place, Transaction marker)
    {
        if (!AccountingMonth.TryParse(marker.ExternalId, out var month) || month >= AccountingMonth.Of(marker.BookedAt) || marker.Entries.Count > 0)
        {
            return new(place, string.Empty, "a month that is over", marker.ExternalId);
        }

        var known = book.Find(month) ?? new(marker.Org, month);
        if (Expected(marker, month, known) is { } expected)
        {
            return new(place, string.Empty, expected, $"{marker.Kind} by {marker.Actor}");
        }

        book.Put(known.After(marker));
        if (marker.Kind != TransactionKind.PeriodClose)
        {
            return null;
        }

        var text = PeriodClose.Describe(SumsThrough(month).Select(account => new TrialLine(account.Key, account.Value.Debits, account.Value.Credits)));
        var hash = PeriodClose.HashOf(text);
        closes[(month, known.Step + 1)] = new(month, known.Step + 1, marker.Actor, marker.BookedAt, hash, hash);
        return marker.Memo == hash ? null : new(place, string.Empty, $"the trial balance {hash} of {month}", marker.Memo);
    }

    /// <summary>What should be there instead of a marker; null when it may be there.</summary>
    private string? Expected(Transaction marker, AccountingMonth month, LedgerPeriod known)
    {
        var isClosed = book.StateOf(month) == PeriodState.Closed;
        var isRequested = known.IsReopenRequested(marker.BookedAt);
        return marker.Kind switch
        {
            TransactionKind.PeriodSoftClose or TransactionKind.PeriodClose => isClosed ? $"{month} not to be closed twice" : null,
            _ when !isClosed || book.ClosedThrough != month => $"{month} to be the last month that is closed",
            TransactionKind.PeriodReopenRequest => isRequested ? "one request at a time" : null,
            TransactionKind.PeriodReopen => isRequested && known.RequestedBy != marker.Actor ? null : "two persons who open the month again",
            _ => "a step that months take",
        };
    }

    private Dictionary<string, (Int128 Debits, Int128 Credits)> SumsThrough(AccountingMonth? last)
    {
        var all = new Dictionary<string, (Int128 Debits, Int128 Credits)>(StringComparer.Ordinal);
        foreach (var (_, accounts) in sums.TakeWhile(month => last is null || month.Key <= last))
        {
            foreach (var (account, sum) in accounts)
            {
                Add(all, account, sum.Debits, sum.Credits);
            }
        }

        return all;
    }

    private static void Add(Dictionary<string, (Int128 Debits, Int128 Credits)> accounts, string account, Int128 debits, Int128 credits)
    {
        var known = accounts.GetValueOrDefault(account);
        accounts[account] = (known.Debits + debits, known.Credits + credits);
    }

    private static string Describe(KeptTrialBalance? close) => close switch
    {
        null => "none",
        _ when close.Hash == close.TextHash => string.Create(CultureInfo.InvariantCulture, $"{close.Hash}, closed by {close.Actor} at {close.ClosedAt:O}"),
        _ => $"a text of the hash {close.TextHash} beside the hash {close.Hash}",
    };

    private static string Describe(LedgerPeriod? period) => period is null ? "nothing" : string.Create(
        CultureInfo.InvariantCulture,
        $"{period.State} by {period.ChangedBy} at {period.ChangedAt:O} in step {period.Step}, close {period.Closes} {period.Hash}, asked for by '{period.RequestedBy}' {period.RequestedAt:O}");
}
