using Farthing.Domain.Ledger;
using Farthing.Domain.Money;

namespace Farthing.Domain.Tests.Ledger;

public sealed class LedgerChainTests
{
    private static readonly Transaction Whole = new()
    {
        Org = "acme",
        Key = "charge/1",
        Kind = TransactionKind.Charge,
        Wallet = "w",
        Source = "usage_billing",
        ExternalId = "plan",
        Reason = "reason",
        Actor = "actor",
        Memo = "memo",
        Run = "run",
        Event = "event",
        BookedAt = OneWallet.Noon,
        ServiceAt = OneWallet.Noon,
        Reverses = "txn_0",
        Terms = "terms",
        Delta = new(-7),
        BalanceAfter = new(3),
        Entries = [new("wallet.grant.g", EntrySide.Debit, new(7)), new("revenue.passthrough", EntrySide.Credit, new(7))],
    };

    public static TheoryData<string> Changes => [.. Changed.Keys];

    private static Dictionary<string, Transaction> Changed { get; } = new(StringComparer.Ordinal)
    {
        ["org"] = Whole with { Org = "acmf" },
        ["key"] = Whole with { Key = "charge/2" },
        ["kind"] = Whole with { Kind = TransactionKind.Capture },
        ["wallet"] = Whole with { Wallet = "v" },
        ["source"] = Whole with { Source = "usage_billinh" },
        ["external id"] = Whole with { ExternalId = "plam" },
        ["reason"] = Whole with { Reason = "reasom" },
        ["actor"] = Whole with { Actor = "actos" },
        ["memo"] = Whole with { Memo = "memn" },
        ["run"] = Whole with { Run = "rum" },
        ["event"] = Whole with { Event = "evenu" },
        ["booked"] = Whole with { BookedAt = OneWallet.Noon.AddMicroseconds(1) },
        ["service"] = Whole with { ServiceAt = OneWallet.Noon.AddMicroseconds(1) },
        ["reverses"] = Whole with { Reverses = "txn_1" },
        ["terms"] = Whole with { Terms = "termt" },
        ["delta"] = Whole with { Delta = new(-8) },
        ["balance"] = Whole with { BalanceAfter = new(2) },
        ["amount"] = Whole with { Entries = [Whole.Entries[0] with { Amount = new(6) }, Whole.Entries[1]] },
        ["side"] = Whole with { Entries = [Whole.Entries[0] with { Side = EntrySide.Credit }, Whole.Entries[1]] },
        ["account"] = Whole with { Entries = [Whole.Entries[0] with { Account = "wallet.grant.h" }, Whole.Entries[1]] },
        ["order"] = Whole with { Entries = [Whole.Entries[1], Whole.Entries[0]] },
        ["line"] = Whole with { Entries = [Whole.Entries[0]] },
        ["text moved to the next field"] = Whole with { Reason = "reasonactor", Actor = string.Empty },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Any_change_of_a_transaction_changes_its_hash(string what) =>
        LedgerChain.Hash([], 1, Changed[what]).ShouldNotBe(LedgerChain.Hash([], 1, Whole));

    [Fact]
    public void The_hash_depends_on_the_place_and_on_what_stands_in_front()
    {
        LedgerChain.Hash([], 2, Whole).ShouldNotBe(LedgerChain.Hash([], 1, Whole));
        LedgerChain.Hash([1], 1, Whole).ShouldNotBe(LedgerChain.Hash([], 1, Whole));
    }

    [Fact]
    public void A_copy_with_another_key_has_another_id()
    {
        Whole.Id.ShouldBe(Transaction.IdOf("acme", "charge/1"));

        (Whole with { Key = "charge/2" }).Id.ShouldBe(Transaction.IdOf("acme", "charge/2"));
    }

    [Fact]
    public void Sequences_have_no_gap_and_every_link_holds_the_one_before()
    {
        var first = LedgerChain.Seal(ChainHead.Start, Whole);
        var second = LedgerChain.Seal(LedgerChain.HeadAfter(first), Whole with { Key = "charge/2", Delta = Credits.Zero });

        (first.Sequence, second.Sequence).ShouldBe((1, 2));
        second.Hash.ToArray().ShouldBe(LedgerChain.Hash(first.Hash.Span, 2, second.Transaction));
    }
}
