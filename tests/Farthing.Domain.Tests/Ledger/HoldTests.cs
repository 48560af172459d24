using Farthing.Domain.Ledger;
using Farthing.Domain.Money;

namespace Farthing.Domain.Tests.Ledger;

public sealed class HoldTests
{
    private readonly OneWallet wallet = new();

    [Fact]
    public void Reserving_takes_from_what_is_available_and_not_from_the_balance()
    {
        wallet.Give("g", "10");
        wallet.Reserve("4").Lines.ShouldBe([new HoldLine("g", OneWallet.Amount("4"))]);

        (wallet.Balance, wallet.Held, wallet.Available).ShouldBe(("10", "4", "6"));
    }

    [Fact]
    public void A_hold_never_takes_more_than_there_is_whatever_the_wallet_may_owe()
    {
        wallet.Give("g", "10");
        wallet.Reserve("7");

        wallet.TryReserve("3.000000001").ShouldBe(new(RefusalReason.InsufficientCredits, OneWallet.Amount("3"), OneWallet.Amount("3.000000001")));
        wallet.TryReserve("3").ShouldBeNull();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("-9223372036.854775808")]
    public void Nothing_and_less_cannot_be_reserved(string amount)
    {
        wallet.Give("g", "10");

        wallet.TryReserve(amount)!.Reason.ShouldBe(RefusalReason.AmountOutOfRange);
        wallet.Held.ShouldBe("0");
    }

    [Fact]
    public void What_is_owed_is_not_available()
    {
        wallet.Charge("3");
        wallet.Give("narrow", "10", grant => grant with { Applicability = new(["anthropic"], [], []) });

        wallet.TryReserve("8", new("anthropic", "m", "p")).ShouldBe(new(RefusalReason.InsufficientCredits, OneWallet.Amount("7"), OneWallet.Amount("8")));
    }

    [Fact]
    public void Capturing_a_part_gives_the_rest_back()
    {
        wallet.Give("g", "10");
        var captured = wallet.Capture(wallet.Reserve("4"), "1.5");

        (captured.State, captured.Captured.ToString()).ShouldBe((HoldState.Captured, "1.5"));
        (wallet.Balance, wallet.Held, wallet.Available).ShouldBe(("8.5", "0", "8.5"));
    }

    [Fact]
    public void The_grants_pay_in_the_order_in_which_they_were_reserved()
    {
        wallet.Give("second", "5", grant => grant with { Priority = 20 });
        var hold = wallet.Reserve("4");
        wallet.Give("first", "5", grant => grant with { Priority = 10 });
        wallet.Capture(hold, "3");

        (wallet.Left("first"), wallet.Left("second")).ShouldBe(("5", "2"));
    }

    [Fact]
    public void More_than_is_held_is_refused()
    {
        wallet.Give("g", "10");
        var hold = wallet.Reserve("4");

        wallet.TryCapture(hold, "4.1").ShouldBe(new(RefusalReason.ExceedsHold, OneWallet.Amount("4"), OneWallet.Amount("4.1")));
        wallet.Held.ShouldBe("4");
    }

    [Fact]
    public void An_overrun_takes_what_is_free_beside_the_hold_and_then_owes()
    {
        wallet.Give("g", "10");
        wallet.Capture(wallet.Reserve("8"), "13", allowOverrun: true).Captured.ToString().ShouldBe("13");

        (wallet.Left("g"), wallet.Owed, wallet.Balance, wallet.Held).ShouldBe(("0", "3", "-3", "0"));
        wallet.Book.Find("g")!.Counters.Keeps(Credits.Zero).ShouldBeTrue();
    }

    [Fact]
    public void An_overrun_does_not_touch_what_other_holds_have_reserved()
    {
        wallet.Give("g", "10");
        var other = wallet.Reserve("5", "other");
        wallet.Capture(wallet.Reserve("5"), "6", allowOverrun: true);

        (wallet.Owed, wallet.Held).ShouldBe(("1", "5"));
        wallet.Capture(other, "5").State.ShouldBe(HoldState.Captured);
    }

    [Fact]
    public void A_hold_ends_once()
    {
        wallet.Give("g", "10");
        var captured = wallet.Capture(wallet.Reserve("4"), "4");

        wallet.TryCapture(captured, "2")!.Reason.ShouldBe(RefusalReason.HoldCaptured);
        wallet.Book.Release(captured, wallet.Because(TransactionKind.Expiry), out _)!.Reason.ShouldBe(RefusalReason.HoldCaptured);
        var released = wallet.Release(wallet.Reserve("1", "other"));
        wallet.TryCapture(released, "1")!.Reason.ShouldBe(RefusalReason.HoldReleased);
        wallet.Book.Forward(released, wallet.Now, out _)!.Reason.ShouldBe(RefusalReason.HoldReleased);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(-1, 0, 0)]
    [InlineData(-5, 0, 6)]
    [InlineData(2, -1, 0)]
    [InlineData(2, 0, -1)]
    public void No_part_of_a_capture_is_negative_and_all_together_are_more_than_nothing(long passthrough, long markup, long fee)
    {
        wallet.Give("g", "10");
        var hold = wallet.Reserve("4");

        wallet.Book.Capture(hold, new(new(passthrough), new(markup), new(fee)), allowOverrun: true, wallet.Because(TransactionKind.Capture), out _)!.Reason
            .ShouldBe(RefusalReason.AmountOutOfRange);
        wallet.Held.ShouldBe("4");
    }

    [Fact]
    public void A_hold_that_was_never_sent_goes_back_when_its_time_is_over()
    {
        wallet.Give("g", "10");
        var hold = wallet.Reserve("4");

        wallet.Expire(hold).State.ShouldBe(HoldState.Open);
        wallet.Now = hold.ExpiresAt;
        wallet.TryCapture(hold, "1")!.Reason.ShouldBe(RefusalReason.HoldExpired);
        wallet.Book.Forward(hold, wallet.Now, out _)!.Reason.ShouldBe(RefusalReason.HoldExpired);
        wallet.Expire(hold).State.ShouldBe(HoldState.Expired);
        (wallet.Held, wallet.Available).ShouldBe(("0", "10"));
    }

    [Fact]
    public void A_hold_that_was_sent_stays_reserved_when_its_time_is_over()
    {
        wallet.Give("g", "10");
        var hold = wallet.Forward(wallet.Reserve("4"));
        wallet.Now = hold.ExpiresAt;
        var unsettled = wallet.Expire(hold);

        (unsettled.State, wallet.Held).ShouldBe((HoldState.Unsettled, "4"));
        wallet.Capture(unsettled, "2.5").State.ShouldBe(HoldState.Captured);
        wallet.Balance.ShouldBe("7.5");
    }

    [Fact]
    public void Releasing_and_expiring_again_change_nothing()
    {
        wallet.Give("g", "10");
        var released = wallet.Release(wallet.Reserve("4"));
        wallet.Release(released).ShouldBe(released);
        wallet.Expire(released).ShouldBe(released);

        (wallet.Held, wallet.Available).ShouldBe(("0", "10"));
    }

    [Fact]
    public void A_hold_shields_credit_from_expiry()
    {
        wallet.Give("g", "10", grant => grant with { ExpiresAt = OneWallet.Noon.AddMinutes(1) });
        var hold = wallet.Forward(wallet.Reserve("4"));
        wallet.Now = OneWallet.Noon.AddMinutes(5);
        wallet.Expire("g");

        (wallet.Left("g"), wallet.On(Chart.Breakage)).ShouldBe(("4", "6"));
        wallet.Capture(hold, "4");
        (wallet.Left("g"), wallet.On(Chart.Breakage), wallet.On(Chart.Passthrough)).ShouldBe(("0", "6", "4"));
    }

    [Fact]
    public void What_is_given_back_after_the_grant_expired_is_breakage_at_once()
    {
        wallet.Give("g", "10", grant => grant with { ExpiresAt = OneWallet.Noon.AddMinutes(1) });
        var released = wallet.Reserve("4");
        var captured = wallet.Forward(wallet.Reserve("3", "captured"));
        wallet.Now = OneWallet.Noon.AddMinutes(5);
        wallet.Expire("g");
        wallet.Release(released);
        wallet.On(Chart.Breakage).ShouldBe("7");
        wallet.Capture(captured, "1");

        (wallet.Left("g"), wallet.On(Chart.Breakage), wallet.On(Chart.Passthrough)).ShouldBe(("0", "9", "1"));
    }

    [Fact]
    public void A_frozen_or_closed_wallet_reserves_nothing_and_still_settles()
    {
        wallet.Give("g", "10");
        var hold = wallet.Reserve("4");
        wallet.Book.Change(wallet.Book.Wallet with { State = WalletState.Frozen }).ShouldBeNull();
        wallet.TryReserve("1")!.Reason.ShouldBe(RefusalReason.WalletFrozen);
        wallet.Book.Change(wallet.Book.Wallet with { State = WalletState.Closed }).ShouldBeNull();
        wallet.TryReserve("1")!.Reason.ShouldBe(RefusalReason.WalletClosed);

        wallet.Capture(hold, "4").State.ShouldBe(HoldState.Captured);
    }

    [Fact]
    public void A_hold_lives_by_the_clock_also_where_the_books_are_ahead_of_it()
    {
        wallet.Give("g", "10");
        var hold = wallet.Reserve("4");
        var ahead = wallet.Because(TransactionKind.Capture) with { At = OneWallet.Noon.AddDays(1), Clock = OneWallet.Noon.AddMinutes(1) };

        wallet.Book.Expire(hold, ahead).State.ShouldBe(HoldState.Open);
        wallet.Book.Capture(hold, ChargeParts.Of(OneWallet.Amount("4")), allowOverrun: false, ahead, out var captured).ShouldBeNull();
        (captured.State, wallet.Last.BookedAt).ShouldBe((HoldState.Captured, OneWallet.Noon.AddDays(1)));
    }
}
