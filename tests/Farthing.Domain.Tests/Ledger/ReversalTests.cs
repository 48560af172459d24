using Farthing.Domain.Ledger;
using Farthing.Domain.Money;

namespace Farthing.Domain.Tests.Ledger;

public sealed class ReversalTests
{
    private readonly OneWallet wallet = new();

    private Refusal? Reverse(Transaction original, string? amount = null, string undone = "0") => wallet.Book.Reverse(
        original, OneWallet.Amount(undone), amount is null ? null : OneWallet.Amount(amount), wallet.Because(TransactionKind.Reversal));

    [Fact]
    public void A_charge_and_its_reversal_leave_every_account_as_it_was()
    {
        wallet.Give("g", "1");
        var charge = wallet.Book.Charge(
            new(OneWallet.Amount("2"), OneWallet.Amount("0.5"), OneWallet.Amount("1")), CreditUse.Any, wallet.Because(TransactionKind.Charge));
        Reverse(charge).ShouldBeNull();

        (wallet.Balance, wallet.Owed, wallet.Left("g")).ShouldBe(("1", "0", "1"));
        (wallet.On(Chart.Passthrough), wallet.On(Chart.Markup), wallet.On(Chart.SuccessFee)).ShouldBe(("0", "0", "0"));
        (wallet.Last.Kind, wallet.Last.Reverses, wallet.Last.Delta.ToString()).ShouldBe((TransactionKind.Reversal, charge.Id, "3.5"));
    }

    [Fact]
    public void A_part_is_given_back_to_what_paid_last()
    {
        wallet.Give("first", "1", grant => grant with { Priority = 1 });
        wallet.Give("second", "5");
        var charge = wallet.Charge("3");
        Reverse(charge, "1.5").ShouldBeNull();
        (wallet.Left("first"), wallet.Left("second")).ShouldBe(("0", "4.5"));
        Reverse(charge, "1", undone: "1.5").ShouldBeNull();
        (wallet.Left("first"), wallet.Left("second")).ShouldBe(("0.5", "5"));
        Reverse(charge, null, undone: "2.5").ShouldBeNull();

        (wallet.Left("first"), wallet.Left("second"), wallet.On(Chart.Passthrough)).ShouldBe(("1", "5", "0"));
    }

    [Theory]
    [InlineData("3.1", "0")]
    [InlineData("0", "0")]
    [InlineData("-1", "0")]
    [InlineData("1.1", "2")]
    [InlineData(null, "3")]
    public void No_more_is_undone_than_is_left(string? amount, string undone)
    {
        wallet.Give("g", "10");

        Reverse(wallet.Charge("3"), amount, undone)!.Reason.ShouldBe(RefusalReason.NotReversible);
        wallet.Balance.ShouldBe("7");
    }

    [Fact]
    public void Only_charges_are_reversed()
    {
        wallet.Give("g", "10");
        Reverse(wallet.Last)!.Reason.ShouldBe(RefusalReason.NotReversible);
        Reverse(wallet.Charge("1")).ShouldBeNull();

        Reverse(wallet.Last)!.Reason.ShouldBe(RefusalReason.NotReversible);
    }

    [Fact]
    public void What_was_uncollected_is_not_given()
    {
        var poor = new OneWallet(OverdraftPolicy.Deny);
        poor.Give("g", "1");
        var charge = poor.Charge("3");
        poor.Book.Reverse(charge, Credits.Zero, null, poor.Because(TransactionKind.Reversal)).ShouldBeNull();

        (poor.Balance, poor.On(Chart.Uncollected("w"))).ShouldBe(("1", "0"));
    }

    [Fact]
    public void A_debt_that_was_paid_since_comes_back_as_compensation()
    {
        var charge = wallet.Charge("3");
        wallet.Give("g", "2");
        Reverse(charge).ShouldBeNull();

        (wallet.Owed, wallet.Balance, wallet.Available).ShouldBe(("0", "2", "2"));
        wallet.Changes.Grants.Single(grant => grant.Category == GrantCategory.Compensation).Amount.ToString().ShouldBe("2");
    }

    [Fact]
    public void What_returns_to_an_expired_grant_passes_on_at_once()
    {
        wallet.Give("g", "10", grant => grant with { ExpiresAt = OneWallet.Noon.AddDays(1) });
        var charge = wallet.Charge("3");
        wallet.Now = OneWallet.Noon.AddDays(1);
        wallet.Expire("g");
        Reverse(charge).ShouldBeNull();

        (wallet.Balance, wallet.On(Chart.Breakage), wallet.On(Chart.Passthrough)).ShouldBe(("0", "10", "0"));
    }

    [Fact]
    public void A_capture_is_reversed_like_a_charge()
    {
        wallet.Give("g", "10");
        wallet.Capture(wallet.Reserve("4"), "3");
        Reverse(wallet.Last).ShouldBeNull();

        (wallet.Balance, wallet.Held, wallet.Left("g")).ShouldBe(("10", "0", "10"));
    }
}
