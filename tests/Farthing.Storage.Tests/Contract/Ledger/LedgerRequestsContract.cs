using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Workflows.Billing;
using Farthing.Workflows.Crediting;
using static Farthing.Storage.Tests.Contract.Ledger.LedgerUnderTest;

namespace Farthing.Storage.Tests.Contract.Ledger;

/// <summary>Every kind of request, done once and again, and what is stored of it.</summary>
public abstract class LedgerRequestsContract
{
    [Fact]
    public async Task A_wallet_is_opened_once_and_changed()
    {
        await using var ledger = Create();
        var opened = await ledger.OpenAsync(overdraft: OverdraftPolicy.AllowToLimit, limit: Of(5));

        (await ledger.OpenAsync(overdraft: OverdraftPolicy.AllowToLimit, limit: Of(5))).Wallet.ShouldBe(opened.Wallet);
        (await ledger.BalanceAsync() with { Grants = [] }).ShouldBe(opened);
        opened.Wallet.CreatedAt.ShouldBe(ledger.Time.Now);
        (await ledger.RefusalAsync(new OpenWallet { Org = Org, Wallet = opened.Wallet with { Owner = new("user", "other") } })).ShouldBe("id_taken");

        await ledger.AskAsync(new ChangeWallet { Org = Org, Wallet = Main, Change = wallet => wallet with { Name = "Käthe", State = WalletState.Frozen, OverdraftLimit = null } });

        (await ledger.BalanceAsync()).Wallet.ShouldBe(opened.Wallet with { Name = "Käthe", State = WalletState.Frozen, OverdraftLimit = null });
        (await ledger.RefusalAsync(new ChangeWallet { Org = Org, Wallet = "other", Change = wallet => wallet })).ShouldBe("not_found");
    }

    [Fact]
    public async Task A_grant_is_stored_with_everything_in_it()
    {
        await using var ledger = Create();
        await ledger.OpenAsync();
        var request = ledger.Give("g1", Of(10), category: GrantCategory.Promo, lifetime: TimeSpan.FromDays(3));
        var grant = request.Grant with { Applicability = new(["anthropic"], ["a \"quoted\" model", "b"], []), Priority = 7, Funding = "stripe" };
        var given = await ledger.AskAsync(new GiveCredit { Org = Org, FromNow = true, Grant = grant });

        var stored = (await ledger.Queries.GrantsAsync(new() { Org = Org }, Cancellation)).Single();

        stored.Grant.Applicability.Models.ShouldBe(grant.Applicability.Models);
        (stored.Grant with { Applicability = grant.Applicability }).ShouldBe(given.Grant);
        stored.Counters.ShouldBe(new(0, Of(10).Nanocredits, 0, 0));
        var again = new GiveCredit { Org = Org, FromNow = true, Grant = grant };
        (await ledger.AskAsync(again)).Grant.Id.ShouldBe("g1");
        again.WasDone.ShouldBeTrue();
        (await ledger.RefusalAsync(ledger.Give("g1", Of(11)))).ShouldBe("id_taken");
        (await ledger.ChainAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_spent_grant_is_still_known_by_its_id()
    {
        await using var ledger = await FundedAsync(Of(10));
        await ledger.AskAsync(Reserve("h1", Of(10)));
        await ledger.AskAsync(Capture("h1", Of(10)));

        var again = ledger.Give("g1", Of(10));
        await ledger.AskAsync(again);

        again.WasDone.ShouldBeTrue();
        await ledger.AskAsync(new VoidGrant { Org = Org, Grant = "g1" });
    }

    [Fact]
    public async Task A_hold_is_reserved_forwarded_and_captured_once()
    {
        await using var ledger = await FundedAsync(Of(10));
        var held = await ledger.AskAsync(Reserve("h1", Of(4)));

        (await StoredAsync(ledger, "h1")).ShouldBeEquivalentTo(held);
        (await ledger.BalanceAsync()).Held.ShouldBe(Of(4));
        var again = Reserve("h1", Of(4));
        (await ledger.AskAsync(again)).ShouldBeEquivalentTo(held);
        again.WasDone.ShouldBeTrue();
        (await ledger.RefusalAsync(Reserve("h1", Of(5)))).ShouldBe("id_taken");
        (await ledger.RefusalAsync(Reserve("h2", Of(7)))).ShouldBe("insufficient_credits");

        await ledger.AskAsync(new ForwardHold { Org = Org, Hold = "h1" });
        ledger.Time.Move(TimeSpan.FromSeconds(1));
        var captured = await ledger.AskAsync(Capture("h1", Of(3)));

        (await StoredAsync(ledger, "h1")).ShouldBeEquivalentTo(captured);
        (await ledger.BalanceAsync() with { Grants = [] }).ShouldBe(new((await ledger.BalanceAsync()).Wallet, Of(7), Credits.Zero, Of(7), Credits.Zero, Credits.Zero));
        (await ledger.RefusalAsync(Capture("h1", Of(2)))).ShouldBe("hold_captured");
        (await ledger.AskAsync(Capture("h1", Of(3)))).State.ShouldBe(HoldState.Captured);
        (await ledger.ChainAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_hold_is_released_and_an_unknown_one_is_not_found()
    {
        await using var ledger = await FundedAsync(Of(10));
        await ledger.AskAsync(Reserve("h1", Of(4)));

        (await ledger.AskAsync(new ReleaseHold { Org = Org, Hold = "h1" })).State.ShouldBe(HoldState.Released);

        (await ledger.BalanceAsync()).Available.ShouldBe(Of(10));
        (await ledger.RefusalAsync(Capture("h1", Of(1)))).ShouldBe("hold_released");
        (await ledger.RefusalAsync(Capture("h9", Of(1)))).ShouldBe("not_found");
    }

    [Fact]
    public async Task Credit_is_taken_from_several_grants_and_an_overrun_from_what_is_free()
    {
        await using var ledger = await FundedAsync(Of(2));
        await ledger.AskAsync(ledger.Give("g2", Of(3), category: GrantCategory.Promo));
        var held = await ledger.AskAsync(Reserve("h1", Of(4)));
        held.Lines.Select(line => line.Grant).ShouldBe(["g2", "g1"]);

        (await ledger.RefusalAsync(Capture("h1", Of(5)))).ShouldBe("exceeds_hold");
        await ledger.AskAsync(Capture("h1", Of(6), overrun: true));

        (await ledger.BalanceAsync()).Balance.ShouldBe(Credits.Zero);
        (await ledger.ChainAsync())[^1].Transaction.Entries.ShouldContain(new Entry(Chart.Uncollected(LedgerUnderTest.Main), EntrySide.Debit, Of(1)));
    }

    [Fact]
    public async Task A_wallet_owes_up_to_its_limit_and_new_credit_pays_it()
    {
        await using var ledger = Create();
        await ledger.OpenAsync(overdraft: OverdraftPolicy.AllowToLimit, limit: Of(1));
        await ledger.AskAsync(new StartRun { Org = Org, Id = "r1", Plan = "r1", Wallet = Main, Prices = RunPrices.Default with { CreditsToStart = Credits.Zero } });
        await ledger.AskAsync(Complete("r1", cents: 50, RunState.Failed));

        (await ledger.BalanceAsync()).Owed.ShouldBe(new(500_000_000));
        (await ledger.Queries.WalletsAsync(new() { Org = Org, OnlyOwing = true }, Cancellation)).Count.ShouldBe(1);
        (await ledger.RefusalAsync(new ChangeWallet { Org = Org, Wallet = Main, Change = wallet => wallet with { Overdraft = OverdraftPolicy.Deny } })).ShouldNotBeEmpty();
        await ledger.AskAsync(ledger.Give("g1", Of(2)));
        await ledger.AskAsync(new ChangeWallet { Org = Org, Wallet = Main, Change = wallet => wallet with { Overdraft = OverdraftPolicy.Deny } });

        (await ledger.BalanceAsync()).Balance.ShouldBe(new(1_500_000_000));
        (await ledger.Queries.WalletsAsync(new() { Org = Org, OnlyOwing = true }, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_wallet_may_owe_changes_in_one_unit_with_what_it_owes()
    {
        await using var ledger = Create();
        await ledger.OpenAsync(overdraft: OverdraftPolicy.AllowToLimit, limit: Of(9));
        await ledger.AskAsync(new AdjustWallet { Org = Org, Id = "a1", Wallet = Main, Amount = Of(-9), Reason = "test" });
        var give = ledger.Give("g1", Of(9));
        var deny = new ChangeWallet { Org = Org, Wallet = Main, Change = wallet => wallet with { Overdraft = OverdraftPolicy.Deny } };

        await ledger.Store.ApplyAsync([give, deny], Cancellation);

        (give.Result.Succeeded, deny.Result.Succeeded).ShouldBe((true, true));
        var raise = new ChangeWallet { Org = Org, Wallet = Main, Change = wallet => wallet with { Overdraft = OverdraftPolicy.AllowToLimit } };
        var take = new AdjustWallet { Org = Org, Id = "a2", Wallet = Main, Amount = Of(-9), Reason = "test" };
        await ledger.Store.ApplyAsync([raise, take], Cancellation);

        (raise.Result.Succeeded, take.Result.Succeeded).ShouldBe((true, true));
        (await ledger.BalanceAsync()).Balance.ShouldBe(Of(-9));
    }

    [Fact]
    public async Task A_wallet_is_adjusted_and_paid_credit_refunded_once()
    {
        await using var ledger = await FundedAsync(Of(10));
        var adjust = new AdjustWallet { Org = Org, Id = "a1", Wallet = Main, Amount = Of(3), Reason = "outage", Actor = "operator" };
        (await ledger.AskAsync(adjust)).Balance.ShouldBe(Of(13));
        (await ledger.AskAsync(new AdjustWallet { Org = Org, Id = "a1", Wallet = Main, Amount = Of(3), Reason = "outage" })).Balance.ShouldBe(Of(13));
        (await ledger.RefusalAsync(new AdjustWallet { Org = Org, Id = "a2", Wallet = Main, Amount = Of(-14), Reason = "x" })).ShouldBe("insufficient_credits");

        await ledger.AskAsync(new RefundGrant { Org = Org, Grant = "g1", Id = "f1", Amount = Of(4) });
        var again = new RefundGrant { Org = Org, Grant = "g1", Id = "f1", Amount = Of(4) };
        await ledger.AskAsync(again);

        again.WasDone.ShouldBeTrue();
        (await ledger.BalanceAsync()).Balance.ShouldBe(Of(9));
        (await ledger.RefusalAsync(new RefundGrant { Org = Org, Grant = "g1", Id = "f2", Amount = Of(7) })).ShouldBe("grant_spent");
    }

    [Fact]
    public async Task A_charge_is_reversed_in_parts_and_never_beyond_itself()
    {
        await using var ledger = await FundedAsync(Of(10));
        await ledger.AskAsync(Reserve("h1", Of(10)));
        await ledger.AskAsync(Capture("h1", Of(10)));
        var charge = (await ledger.ChainAsync())[^1].Transaction.Id;

        await ledger.AskAsync(new ReverseTransaction { Org = Org, Id = "v1", Transaction = charge, Amount = Of(4), Reason = "fault" });
        var again = new ReverseTransaction { Org = Org, Id = "v1", Transaction = charge, Amount = Of(4), Reason = "fault" };
        await ledger.AskAsync(again);

        again.WasDone.ShouldBeTrue();
        (await ledger.BalanceAsync()).Balance.ShouldBe(Of(4));
        (await ledger.RefusalAsync(new ReverseTransaction { Org = Org, Id = "v2", Transaction = charge, Amount = Of(7), Reason = "fault" })).ShouldBe("not_reversible");
        await ledger.AskAsync(new ReverseTransaction { Org = Org, Id = "v3", Transaction = charge, Reason = "fault" });
        (await ledger.BalanceAsync()).Balance.ShouldBe(Of(10));
        (await ledger.RefusalAsync(new ReverseTransaction { Org = Org, Id = "v4", Transaction = charge, Reason = "fault" })).ShouldBe("not_reversible");
    }

    [Fact]
    public async Task A_run_is_charged_while_it_goes_on_and_at_its_end_and_a_next_attempt_by_itself()
    {
        await using var ledger = await FundedAsync(Of(10));
        var started = await ledger.AskAsync(Start("r1", plan: "p1"));
        (await ledger.Runs.FindRunAsync(Org, "r1", Cancellation)).ShouldBe(started);
        (await ledger.RefusalAsync(Start("r2", plan: "p1"))).ShouldBe("attempt_running");
        await ledger.AskAsync(new ReportRun { Org = Org, Run = "r1", Total = new(Usd.PicodollarsPerCent * 25L), Prices = RunPrices.Default });
        var ended = await ledger.AskAsync(Complete("r1", cents: 75));

        ended.Charged.ShouldBe(new(1_750_000_000));
        (await ledger.Runs.FindRunAsync(Org, "r1", Cancellation)).ShouldBe(ended);
        (await ledger.AskAsync(Complete("r1", cents: 90))).ShouldBe(ended);
        (await ledger.AskAsync(Start("r2", plan: "p1"))).Attempt.ShouldBe(2);
        (await ledger.BalanceAsync()).Balance.ShouldBe(new(8_250_000_000));
        (await ledger.Queries.TransactionsAsync(new() { Org = Org, Run = "r1" }, Cancellation)).Count.ShouldBe(2);
        (await ledger.Runs.RunsAsync(new() { Org = Org, ExternalId = "p1" }, Cancellation)).Select(run => run.Id).ShouldBe(["r2", "r1"], ignoreOrder: true);
        (await ledger.RefusalAsync(Complete("r9", cents: 1))).ShouldBe("not_found");
    }

    [Fact]
    public async Task What_a_charge_cost_is_undone_with_it_and_counts_as_nothing_of_it()
    {
        await using var ledger = await FundedAsync(Of(10));
        await ledger.AskAsync(new ReserveCredit { Org = Org, Id = "h1", Wallet = Main, Amount = Of(4), Use = new("Anthropic", "m", string.Empty) });
        var capture = Capture("h1", Of(3));
        await ledger.AskAsync(capture);
        var charge = (await ledger.ChainAsync())[^1].Transaction;

        foreach (var id in new[] { "x1", "x2" })
        {
            await ledger.AskAsync(Reverse(id));
        }

        (charge.Amount, charge.Cost, await OwedAsync()).ShouldBe((Of(3), Of(3), Of(1)));
        (await ledger.RefusalAsync(new ReverseTransaction { Org = Org, Id = "x3", Transaction = charge.Id, Amount = Of(2), Reason = "test" })).ShouldBe("not_reversible");
        var again = Reverse("x2");
        await ledger.AskAsync(again);
        again.WasDone.ShouldBeTrue();
        await ledger.AskAsync(Reverse("x4"));
        ((await ledger.BalanceAsync()).Balance, await OwedAsync()).ShouldBe((Of(10), Of(0)));

        ReverseTransaction Reverse(string id) => new() { Org = Org, Id = id, Transaction = charge.Id, Amount = Of(1), Reason = "test" };

        async Task<Credits> OwedAsync() => (await ledger.Upkeep.CountersAsync(Org, Cancellation)).Accounts["payable.anthropic"].Counters.Posted;
    }

    [Fact]
    public async Task A_run_is_charged_by_what_it_was_used_for_and_remembers_it()
    {
        await using var ledger = await FundedAsync(Of(10));
        var special = ledger.Give("special", Of(1));
        await ledger.AskAsync(new GiveCredit { Org = Org, FromNow = true, Grant = special.Grant with { Applicability = new([], ["a \"quoted\" mödel"], []), Priority = 1 } });
        await ledger.AskAsync(Start("r1"));
        var part = new RunPart(new("anthropic", "a \"quoted\" mödel", "a\nb"), IsAtOurCost: true, new(Usd.PicodollarsPerCent * 25));

        var reported = await ledger.AskAsync(new ReportRun { Org = Org, Run = "r1", Total = new(Usd.PicodollarsPerCent * 40), Parts = [part], Prices = RunPrices.Default });
        var stored = await ledger.Runs.FindRunAsync(Org, "r1", Cancellation);
        var completed = await ledger.AskAsync(new CompleteRun
        {
            Org = Org,
            Run = "r1",
            Outcome = RunState.Succeeded,
            Total = new(Usd.PicodollarsPerCent * 50),
            Parts = [part with { Cost = new(Usd.PicodollarsPerCent * 35) }],
            Prices = RunPrices.Default,
        });

        stored.ShouldBe(reported);
        stored!.Uses.All.Select(use => $"{use.Use.Project} {use.Reported} {use.Settled}").ShouldBe([" 0 0.15", "a\nb 0.25 0.25"]);
        (completed.Charged.ToString(), (await ledger.BalanceAsync()).Balance.ToString()).ShouldBe(("1.5", "9.5"));
        (await ledger.Queries.GrantsAsync(new() { Org = Org, Id = "special" }, Cancellation)).Single().Counters.Posted.ToString().ShouldBe("0.65");
        (await ledger.Runs.RunsAsync(new() { Org = Org }, Cancellation)).Single().ShouldBe(completed);
    }

    [Fact]
    public async Task The_free_run_comes_back_when_it_fails()
    {
        await using var ledger = Create();
        await ledger.OpenAsync();
        await ledger.AskAsync(Start("r1", takeFree: true));
        (await ledger.BalanceAsync()).Wallet.FreeRunUsed.ShouldBeTrue();
        (await ledger.RefusalAsync(Start("r2", takeFree: true))).ShouldBe("free_run_used");

        await ledger.AskAsync(Complete("r1", cents: 10, RunState.Failed));

        (await ledger.BalanceAsync()).Wallet.FreeRunUsed.ShouldBeFalse();
        (await ledger.ChainAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_key_answers_the_same_bytes_and_another_body_is_refused()
    {
        await using var ledger = await FundedAsync(Of(10));
        ReserveCredit Request(string principal, string fingerprint, string id) => new()
        {
            Org = Org,
            Id = id,
            Wallet = Main,
            Amount = Of(1),
            Idempotency = new(principal, "key-1", fingerprint),
            AnswerAs = result => new(201, "application/json", System.Text.Encoding.UTF8.GetBytes(result.Value.Id)),
        };
        await ledger.AskAsync(Request("key:1", "a", "h1"));
        ledger.Time.Move(TimeSpan.FromDays(1));
        var again = Request("key:1", "a", "h2");
        _ = await ledger.Ledger.PostAsync(again, Cancellation);

        again.Replay.ShouldNotBeNull().ShouldBeEquivalentTo(new StoredAnswer(201, "application/json", "h1"u8.ToArray()));
        (await ledger.RefusalAsync(Request("key:1", "b", "h3"))).ShouldBe("idempotency_key_reused");
        await ledger.AskAsync(Request("key:2", "b", "h4"));
        (await ledger.Queries.HoldsAsync(new() { Org = Org }, Cancellation)).Select(hold => hold.Id).ShouldBe(["h1", "h4"]);
    }

    [Fact]
    public async Task Old_answers_are_forgotten_the_oldest_first_and_natural_keys_never()
    {
        await using var ledger = await FundedAsync(Of(10));
        var reason = "first";
        AdjustWallet Request(string key, string id) => new()
        {
            Org = Org, Id = id, Wallet = Main, Amount = Of(-1), Reason = reason, Actor = "me", Idempotency = new("key:1", key, "same"),
            AnswerAs = result => new(201, "application/json", System.Text.Encoding.UTF8.GetBytes(result.Succeeded ? reason : result.Problem!.Code)),
        };
        foreach (var name in new[] { "a", "b", "c", "d" })
        {
            await ledger.AskAsync(Request(name, name));
            ledger.Time.Move(TimeSpan.FromDays(1));
        }

        (await ledger.Answers.ForgetAsync(TimeSpan.FromDays(4), 10, Cancellation)).ShouldBe(0);
        (await ledger.Answers.ForgetAsync(TimeSpan.FromHours(36), 2, Cancellation)).ShouldBe(2);
        reason = "again";

        (await ReplayAsync("b")).ShouldBeNull();
        (await ReplayAsync("c")).ShouldBe("first");
        (await ledger.Answers.ForgetAsync(TimeSpan.FromHours(36), 2, Cancellation)).ShouldBe(1);
        (await ReplayAsync("c")).ShouldBeNull();
        (await ReplayAsync("d")).ShouldBe("first");
        (await ledger.BalanceAsync()).Balance.ShouldBe(Of(6));

        async Task<string?> ReplayAsync(string name)
        {
            var request = Request(name, name);
            _ = await ledger.Ledger.PostAsync(request, Cancellation);
            return request.Replay is { } replay ? System.Text.Encoding.UTF8.GetString(replay.Body) : null;
        }
    }

    [Fact]
    public async Task Requests_of_one_unit_see_each_other_and_are_written_together()
    {
        await using var ledger = Create();
        var open = new OpenWallet { Org = Org, Wallet = new() { Org = Org, Id = Main, Owner = new("user", "u"), CreatedAt = default } };
        var capture = Capture("h1", Of(2));

        await ledger.Store.ApplyAsync([open, ledger.Give("g1", Of(5)), Reserve("h1", Of(3)), capture, Reserve("h2", Of(1)), Reserve("h1", Of(3))], Cancellation);

        capture.Result.Succeeded.ShouldBeTrue();
        var balance = await ledger.BalanceAsync();
        (balance.Balance, balance.Held).ShouldBe((Of(3), Of(1)));
        (await StoredAsync(ledger, "h1")).State.ShouldBe(HoldState.Captured);
    }

    protected abstract LedgerUnderTest Create();

    private static async Task<Hold> StoredAsync(LedgerUnderTest ledger, string hold) =>
        (await ledger.Queries.HoldsAsync(new() { Org = Org, Id = hold }, Cancellation)).Single();

    private async Task<LedgerUnderTest> FundedAsync(Credits amount)
    {
        var ledger = Create();
        await ledger.OpenAsync();
        await ledger.AskAsync(ledger.Give("g1", amount));
        return ledger;
    }
}
