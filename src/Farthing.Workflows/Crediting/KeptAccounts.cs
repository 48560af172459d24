using System.Globalization;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;

namespace Farthing.Workflows.Crediting;

/// <summary>Accounts against the chain and the open holds: counters, floor and the wallet that they belong to.</summary>
internal sealed class KeptAccounts(LedgerReplay replay, KeptHolds holds)
{
    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Takes in an account; tells how it does not hold.</summary>
    public LedgerBreak? Take(LedgerRecord.KeptAccount kept)
    {
        Count++;
        _ = replay.Accounts.Remove(kept.Name, out var posted);
        var counters = kept.Counters;
        var expected = (posted.Debits, posted.Credits, holds.HeldOn(kept.Name), (Int128)0);
        var found = ((Int128)counters.DebitsPosted, (Int128)counters.CreditsPosted, (Int128)counters.DebitsPending, (Int128)counters.CreditsPending);
        if (expected != found)
        {
            return new(0, kept.Name, Describe(expected), Describe(found));
        }

        return CheckWallet(kept) ?? CheckFloor(kept);
    }

    /// <summary>After the last account: tells one that is missing.</summary>
    public LedgerBreak? End()
    {
        foreach (var (name, posted) in replay.Accounts)
        {
            return new(0, name, Describe((posted.Debits, posted.Credits, holds.HeldOn(name), 0)), "no such account");
        }

        return null;
    }

    private LedgerBreak? CheckWallet(LedgerRecord.KeptAccount kept)
    {
        var wallet = Chart.FindGrant(kept.Name) is { } grant && replay.Grants.TryGetValue(grant, out var seal) ? seal.Wallet
            : kept.Name == Chart.Receivable(kept.Wallet) || kept.Name == Chart.Uncollected(kept.Wallet) ? kept.Wallet
            : string.Empty;
        return kept.Wallet != wallet ? new(0, kept.Name, wallet.Length > 0 ? $"of the wallet {wallet}" : "of no wallet", $"of '{kept.Wallet}'")
            : wallet.Length > 0 && kept.Owner is null ? LedgerBreak.Of("wallets", wallet, "a wallet, because its accounts are there", "nothing")
            : kept.Owner is { } owner && !(Enum.IsDefined(owner.Overdraft) && Enum.IsDefined(owner.State))
                ? LedgerBreak.Of("wallets", wallet, "an overdraft and a state that there are", $"{owner.Overdraft} {owner.State}")
            : null;
    }

    private static LedgerBreak? CheckFloor(LedgerRecord.KeptAccount kept)
    {
        var floor = Chart.FindGrant(kept.Name) is not null ? Credits.Zero
            : kept.Owner is { } owner && kept.Name == Chart.Receivable(owner.Id) ? owner.OverdraftMax
            : null;
        return kept.OverdraftMax != floor ? new(0, kept.Name, $"a floor of {Describe(floor)}", Describe(kept.OverdraftMax))
            : !kept.Counters.Keeps(floor) ? new(0, kept.Name, $"no more than {floor} owed", $"{Credits.Zero - kept.Counters.Free}")
            : null;
    }

    private static string Describe(Credits? floor) => floor is { } most ? $"{most} owed" : "none";

    private static string Describe((Int128 Debits, Int128 Credits, Int128 Held, Int128 Pending) counters) => string.Create(
        CultureInfo.InvariantCulture, $"{counters.Debits} debited, {counters.Credits} credited, {counters.Held} and {counters.Pending} pending (nanocredits)");
}
