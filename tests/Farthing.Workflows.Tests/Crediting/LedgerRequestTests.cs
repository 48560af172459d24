using System.Text;
using Farthing.Domain.Ledger;
using Farthing.Testing;
using Farthing.Workflows.Crediting;

namespace Farthing.Workflows.Tests.Crediting;

public sealed class LedgerRequestTests
{
    private static StoredAnswer Told(Result<GrantBalance> result) =>
        new(201, "text/plain", Encoding.UTF8.GetBytes(result.Problem?.Code ?? $"{result.Value.Grant.Id} {result.Value.Counters.Posted}"));

    [Fact]
    public async Task The_same_key_replays_the_same_bytes_and_another_body_under_it_is_refused()
    {
        var desk = await Desk.WithAsync("0");
        var first = Keyed("g", "10", "body");
        await desk.DoAsync(first);
        await desk.DoAsync(desk.Reserving("h", "4"));
        var again = Keyed("g", "10", "body");
        await desk.DoAsync(again);
        var other = Keyed("g2", "10", "another body");

        (await desk.DoAsync(other)).Problem!.Code.ShouldBe("idempotency_key_reused");
        first.Replay.ShouldBeNull();
        again.Replay!.Body.ShouldBe(Told(first.Result).Body);
        (await desk.BalanceAsync()).ShouldBe("10");

        GiveCredit Keyed(string id, string amount, string body)
        {
            var give = desk.Giving(id, amount);
            (give.Idempotency, give.AnswerAs) = (new("key_1", "once", body), Told);
            return give;
        }
    }

    [Fact]
    public async Task A_refusal_is_replayed_too()
    {
        var desk = await Desk.WithAsync("0");
        var first = Keyed();
        await desk.DoAsync(first);
        (await desk.GiveAsync("g", "10")).Succeeded.ShouldBeTrue();
        var again = Keyed();
        await desk.DoAsync(again);

        Encoding.UTF8.GetString(again.Replay!.Body).ShouldBe("insufficient_credits");

        ReserveCredit Keyed()
        {
            var reserve = desk.Reserving("h", "4");
            (reserve.Idempotency, reserve.AnswerAs) = (new("key_1", "once", "body"), result => new(402, "text/plain", Encoding.UTF8.GetBytes(result.Problem?.Code ?? "held")));
            return reserve;
        }
    }

    [Fact]
    public async Task Keys_of_different_principals_and_organisations_never_meet()
    {
        var desk = await Desk.WithAsync("0");
        await desk.OpenAsync("w", "other");
        var mine = desk.Giving("mine", "1");
        mine.Idempotency = new("key_1", "once", "a");
        var colleague = desk.Giving("colleague", "1");
        colleague.Idempotency = new("key_2", "once", "b");
        var stranger = desk.Giving("mine", "1", "other");
        stranger.Idempotency = new("key_1", "once", "c");
        mine.AnswerAs = colleague.AnswerAs = stranger.AnswerAs = Told;
        await desk.Store.ApplyAsync([mine, colleague, stranger], Desk.Cancellation);

        new[] { mine, colleague, stranger }.ShouldAllBe(request => request.Replay == null && request.Result.Succeeded);
    }

    [Fact]
    public async Task An_answer_does_not_change_with_what_happens_behind_it_in_the_same_batch()
    {
        var desk = await Desk.WithAsync("0");
        var give = desk.Giving("g", "10");
        var refund = new RefundGrant { Org = Desk.Org, Grant = "g", Id = "r", Amount = Desk.Amount("3") };
        var void1 = new VoidGrant { Org = Desk.Org, Grant = "g" };
        await desk.Store.ApplyAsync([give, refund, void1], Desk.Cancellation);

        (give.Result.Value.Counters.Posted.ToString(), give.Result.Value.Grant.VoidedAt).ShouldBe(("10", null));
        refund.Result.Value.Counters.Posted.ToString().ShouldBe("7");
        void1.Result.Value.Counters.Posted.ToString().ShouldBe("0");
    }

    [Fact]
    public async Task Requests_of_one_batch_see_each_other()
    {
        var desk = await Desk.WithAsync("0");
        var capture = desk.Capturing("h", "3");
        var again = desk.Capturing("h", "3");
        await desk.Store.ApplyAsync([desk.Giving("g", "10"), desk.Reserving("h", "4"), capture, again], Desk.Cancellation);

        (capture.WasDone, again.WasDone, again.Result.Value.Captured.ToString()).ShouldBe((false, true, "3"));
        (await desk.BalanceAsync()).ShouldBe("7");
    }

    [Fact]
    public async Task A_correction_under_a_known_id_is_the_same_only_with_the_same_sign()
    {
        var desk = await Desk.WithAsync("10");
        (await desk.DoAsync(Adjust("5"))).Value.Balance.ToString().ShouldBe("15");
        var again = Adjust("5");
        (await desk.DoAsync(again)).Value.Balance.ToString().ShouldBe("15");
        again.WasDone.ShouldBeTrue();

        (await desk.DoAsync(Adjust("-5"))).Problem!.Code.ShouldBe("id_taken");
        (await desk.DoAsync(Adjust("0", "zero"))).Problem!.Code.ShouldBe("invalid");

        static AdjustWallet Adjust(string amount, string id = "a") => new() { Org = Desk.Org, Id = id, Wallet = "w", Amount = Desk.Amount(amount), Reason = "test" };
    }

    [Fact]
    public async Task Reversals_of_two_organisations_in_one_batch_answer_each_its_own()
    {
        var desk = await Desk.WithAsync("10");
        await desk.OpenAsync("w", "other");
        await desk.DoAsync(desk.Giving("start", "10", "other"));
        await desk.DoAsync(desk.Reserving("h", "4"));
        await desk.DoAsync(desk.Capturing("h", "4"));
        await desk.DoAsync(new ReserveCredit { Org = "other", Id = "h", Wallet = "w", Amount = Desk.Amount("2") });
        await desk.DoAsync(new CaptureHold { Org = "other", Hold = "h", Parts = ChargeParts.Of(Desk.Amount("2")) });
        var mine = Reverse(Desk.Org);
        var theirs = Reverse("other");
        await desk.Store.ApplyAsync([mine, theirs], Desk.Cancellation);

        mine.Result.Value.Transaction.Delta.ToString().ShouldBe("4");
        (theirs.Result.Value.Transaction.Org, theirs.Result.Value.Transaction.Delta.ToString()).ShouldBe(("other", "2"));

        static ReverseTransaction Reverse(string org) =>
            new() { Org = org, Id = "r", Transaction = Transaction.IdOf(org, "hold/h"), Reason = "wrong" };
    }

    [Fact]
    public async Task A_reversal_is_done_once_and_parts_never_add_up_to_more()
    {
        var desk = await Desk.WithAsync("10");
        await desk.DoAsync(desk.Reserving("h", "4"));
        await desk.DoAsync(desk.Capturing("h", "4"));
        (await desk.DoAsync(Reverse("r1", "3"))).Succeeded.ShouldBeTrue();
        (await desk.DoAsync(Reverse("r1", "3"))).Succeeded.ShouldBeTrue();

        (await desk.DoAsync(Reverse("r1", "1"))).Problem!.Code.ShouldBe("id_taken");
        (await desk.DoAsync(Reverse("r2", "1.1"))).Problem!.Code.ShouldBe("not_reversible");
        await desk.Store.ApplyAsync([Reverse("r3", "0.6"), Reverse("r4", "0.6")], Desk.Cancellation);
        (await desk.BalanceAsync()).ShouldBe("9.6");

        static ReverseTransaction Reverse(string id, string amount) =>
            new() { Org = Desk.Org, Id = id, Transaction = Transaction.IdOf(Desk.Org, "hold/h"), Amount = Desk.Amount(amount), Reason = "wrong" };
    }

    [Fact]
    public async Task What_belongs_to_another_organisation_is_not_there()
    {
        var desk = await Desk.WithAsync("10");
        await desk.DoAsync(desk.Reserving("h", "4"));

        (await desk.DoAsync(new CaptureHold { Org = "other", Hold = "h", Parts = ChargeParts.Of(Desk.Amount("1")) })).Problem!.Kind.ShouldBe(ProblemKind.NotFound);
        (await desk.DoAsync(new VoidGrant { Org = "other", Grant = "start" })).Problem!.Kind.ShouldBe(ProblemKind.NotFound);
        (await desk.DoAsync(new ReserveCredit { Org = "other", Id = "x", Wallet = "w", Amount = Desk.Amount("1") })).Problem!.Kind.ShouldBe(ProblemKind.NotFound);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_ends_no_hold_and_moves_no_booking()
    {
        var desk = await Desk.WithAsync("10");
        desk.Time.Move(TimeSpan.FromDays(1));
        await desk.GiveAsync("ahead", "1");
        desk.Time.Move(TimeSpan.FromDays(-1));
        await desk.GiveAsync("now", "1");
        (await desk.DoAsync(desk.Reserving("h", "12"))).Succeeded.ShouldBeFalse();
        (await desk.DoAsync(desk.Reserving("h", "11"))).Value.ExpiresAt.ShouldBe(desk.Time.Now + HoldRules.LifetimeDefault);
        desk.Time.Move(TimeSpan.FromMinutes(1));
        (await desk.DoAsync(desk.Capturing("h", "11"))).Succeeded.ShouldBeTrue();

        var booked = (await desk.RowsAsync()).Select(row => row.BookedAt).ToList();
        booked.ShouldBe(booked.Order());
    }

    [Fact]
    public async Task What_dies_before_the_write_did_not_happen_and_what_dies_after_it_did()
    {
        var desk = await Desk.WithAsync("10");
        desk.Store.Interrupt = moment => throw new IOException(moment.ToString());
        await Should.ThrowAsync<IOException>(() => desk.DoAsync(desk.Reserving("before", "1")));
        desk.Store.Interrupt = moment => _ = moment == LedgerMoment.AfterWrite ? throw new IOException() : 0;
        await Should.ThrowAsync<IOException>(() => desk.DoAsync(desk.Reserving("after", "2")));
        desk.Store.Interrupt = null;

        (await desk.Store.HoldsAsync(new() { Org = Desk.Org }, Desk.Cancellation)).Select(hold => hold.Id).ShouldBe(["after"]);
        var again = desk.Reserving("after", "2");
        await desk.DoAsync(again);
        again.WasDone.ShouldBeTrue();
    }
}
