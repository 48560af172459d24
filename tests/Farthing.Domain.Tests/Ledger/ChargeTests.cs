using Farthing.Domain.Ledger;
using Farthing.Domain.Money;

namespace Farthing.Domain.Tests.Ledger;

public sealed class ChargeTests
{
    [Fact]
    public void Every_part_is_income_of_its_own_kind()
    {
        var wallet = new OneWallet();
        wallet.Give("g", "10");
        var charge = wallet.Book.Charge(
            new(OneWallet.Amount("0.31"), OneWallet.Amount("0.02"), OneWallet.Amount("1")), CreditUse.Any, wallet.Because(TransactionKind.Charge));

        (wallet.On(Chart.Passthrough), wallet.On(Chart.Markup), wallet.On(Chart.SuccessFee)).ShouldBe(("0.31", "0.02", "1"));
        (charge.Delta.ToString(), charge.BalanceAfter.ToString()).ShouldBe(("-1.33", "8.67"));
    }

    [Fact]
    public void A_charge_of_nothing_is_a_marker_without_entries()
    {
        var wallet = new OneWallet();
        wallet.Charge("0").Entries.ShouldBeEmpty();

        wallet.Balance.ShouldBe("0");
    }

    [Theory]
    [InlineData(-1, 0, 0)]
    [InlineData(-5, 0, 6)]
    [InlineData(1, -1, 0)]
    public void A_negative_part_is_a_bug(long passthrough, long markup, long fee)
    {
        var wallet = new OneWallet();

        Should.Throw<ArgumentOutOfRangeException>(
            () => wallet.Book.Charge(new(new(passthrough), new(markup), new(fee)), CreditUse.Any, wallet.Because(TransactionKind.Charge)));
    }

    [Fact]
    public void A_wallet_without_a_limit_owes_what_it_lacks()
    {
        var wallet = new OneWallet();
        wallet.Give("g", "0.5");
        wallet.Charge("1.31");

        (wallet.Balance, wallet.Owed, wallet.Available).ShouldBe(("-0.81", "0.81", "-0.81"));
    }

    [Fact]
    public void A_wallet_owes_up_to_its_limit_and_the_rest_is_uncollected()
    {
        var wallet = new OneWallet(OverdraftPolicy.AllowToLimit, "2");
        wallet.Give("g", "1");
        wallet.Charge("2.5");
        wallet.Charge("2.5").Delta.ToString().ShouldBe("-0.5");

        (wallet.Balance, wallet.Owed, wallet.On(Chart.Uncollected("w")), wallet.On(Chart.Passthrough)).ShouldBe(("-2", "2", "-2", "5"));
    }

    [Fact]
    public void A_wallet_that_may_not_owe_leaves_the_rest_uncollected()
    {
        var wallet = new OneWallet(OverdraftPolicy.Deny, "100");
        wallet.Give("g", "1");
        wallet.Charge("2.5");

        (wallet.Balance, wallet.Owed, wallet.On(Chart.Uncollected("w"))).ShouldBe(("0", "0", "-1.5"));
    }

    [Fact]
    public void A_charge_leaves_alone_what_is_held()
    {
        var wallet = new OneWallet();
        wallet.Give("g", "10");
        wallet.Reserve("9");
        wallet.Charge("2");

        (wallet.Owed, wallet.Held, wallet.Left("g")).ShouldBe(("1", "9", "9"));
    }

    [Fact]
    public void A_correction_downwards_takes_no_more_than_there_is_and_may_be_owed()
    {
        var wallet = new OneWallet(OverdraftPolicy.AllowToLimit, "2");
        wallet.Give("g", "1");

        wallet.Book.Deduct(OneWallet.Amount("3.1"), wallet.Because(TransactionKind.Adjustment)).ShouldBe(
            new(RefusalReason.InsufficientCredits, OneWallet.Amount("3"), OneWallet.Amount("3.1")));
        wallet.Book.Deduct(Credits.Zero, wallet.Because(TransactionKind.Adjustment))!.Reason.ShouldBe(RefusalReason.AmountOutOfRange);
        wallet.Book.Deduct(OneWallet.Amount("3"), wallet.Because(TransactionKind.Adjustment)).ShouldBeNull();
        (wallet.Balance, wallet.On(Chart.Adjustments)).ShouldBe(("-2", "3"));
    }

    [Fact]
    public void A_wallet_cannot_be_allowed_less_than_it_owes()
    {
        var wallet = new OneWallet();
        wallet.Charge("3");

        wallet.Book.Change(wallet.Book.Wallet with { Overdraft = OverdraftPolicy.Deny })!.Reason.ShouldBe(RefusalReason.AmountOutOfRange);
        wallet.Book.Change(wallet.Book.Wallet with { OverdraftLimit = OneWallet.Amount("2.9") })!.Reason.ShouldBe(RefusalReason.AmountOutOfRange);
        wallet.Book.Change(wallet.Book.Wallet with { OverdraftLimit = OneWallet.Amount("3") }).ShouldBeNull();
    }

    [Fact]
    public void The_floor_of_the_account_follows_the_limit_of_the_wallet()
    {
        var wallet = new OneWallet(OverdraftPolicy.AllowToLimit, "5");
        wallet.Charge("3");
        wallet.Book.Change(wallet.Book.Wallet with { OverdraftLimit = OneWallet.Amount("4") }).ShouldBeNull();

        wallet.Changes.Accounts[wallet.Book.Wallet.Receivable].OverdraftMax.ShouldBe(OneWallet.Amount("4"));
    }
}
