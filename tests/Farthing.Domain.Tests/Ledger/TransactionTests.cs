using Farthing.Domain.Ledger;
using Farthing.Domain.Money;

namespace Farthing.Domain.Tests.Ledger;

public sealed class TransactionTests
{
    [Fact]
    public void The_id_is_worked_out_once()
    {
        var transaction = Of("local", "grant/g1");

        transaction.Id.ShouldBe(Transaction.IdOf("local", "grant/g1"));
        transaction.Id.ShouldBeSameAs(transaction.Id);
    }

    [Fact]
    public void A_copy_has_the_id_of_its_own_organisation_and_key()
    {
        var transaction = Of("local", "grant/g1");
        var id = transaction.Id;

        (transaction with { Memo = "again" }).Id.ShouldBeSameAs(id);
        (transaction with { Key = "grant/g2" }).Id.ShouldBe(Transaction.IdOf("local", "grant/g2"));
        (transaction with { Org = "other" }).Id.ShouldBe(Transaction.IdOf("other", "grant/g1"));
        (transaction with { Org = "other", Key = "grant/g2" }).Id.ShouldBe(Transaction.IdOf("other", "grant/g2"));
        transaction.Id.ShouldBeSameAs(id);
    }

    [Fact]
    public void Asking_for_the_id_changes_nothing_that_is_compared_or_shown()
    {
        var (asked, other) = (Of("local", "grant/g1"), Of("local", "grant/g1"));

        asked.Id.ShouldNotBeEmpty();

        asked.ShouldBe(other);
        asked.GetHashCode().ShouldBe(other.GetHashCode());
        asked.ToString().ShouldBe(other.ToString());
    }

    private static Transaction Of(string org, string key) => new()
    {
        Org = org,
        Key = key,
        Kind = TransactionKind.Grant,
        Wallet = "main",
        Source = "admin",
        ExternalId = "g1",
        BookedAt = DateTimeOffset.UnixEpoch,
        ServiceAt = DateTimeOffset.UnixEpoch,
        Delta = Credits.Zero,
        BalanceAfter = Credits.Zero,
        Entries = [],
    };
}
