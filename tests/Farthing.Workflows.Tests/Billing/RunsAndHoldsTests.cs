using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Workflows.Billing;
using Farthing.Workflows.Crediting;
using Farthing.Workflows.Tests.Crediting;

namespace Farthing.Workflows.Tests.Billing;

/// <summary>Credit that is held and credit that runs cost are the same credit: it is paid once.</summary>
public sealed class RunsAndHoldsTests
{
    [Fact]
    public async Task What_a_capture_paid_for_a_run_is_not_charged_again_at_its_end()
    {
        var desk = await Desk.WithAsync("10");
        await desk.StartAsync("run");
        await desk.DoAsync(desk.Reserving("h", "2"));
        await desk.DoAsync(For("run", "h", "0.25"));
        var run = await desk.CompleteAsync("run", RunState.Succeeded, "0.31");

        (run.Charged.ToString(), await desk.BalanceAsync()).ShouldBe(("1.31", "8.69"));
        (await desk.ChargesAsync()).ShouldBe(["hold h  -0.25", "usage_billing run plan_created_with_usage_cost -1.06"]);
    }

    [Fact]
    public async Task A_capture_for_a_run_that_is_not_there_is_over_or_is_paid_by_another_wallet_is_refused()
    {
        var desk = await Desk.WithAsync("10");
        await desk.DoAsync(desk.Reserving("h", "2"));
        await desk.StartAsync("nobodys", wallet: string.Empty);
        await desk.StartAsync("over");
        await desk.CompleteAsync("over", RunState.Failed, "0");

        (await desk.DoAsync(For("unknown", "h", "1"))).Problem!.Code.ShouldBe("not_found");
        (await desk.DoAsync(For("over", "h", "1"))).Problem!.Code.ShouldBe("run_over");
        (await desk.DoAsync(For("nobodys", "h", "1"))).Problem!.Code.ShouldBe("other_wallet");
        (await desk.BalanceAsync()).ShouldBe("10");
    }

    [Fact]
    public async Task A_run_is_paid_by_the_holds_that_are_named_first_and_the_rest_of_them_goes_back()
    {
        var desk = await Desk.WithAsync("10");
        await desk.StartAsync("run");
        await desk.DoAsync(new ChangeWallet { Org = Desk.Org, Wallet = "w", Change = wallet => wallet with { Overdraft = OverdraftPolicy.Deny } });
        await desk.DoAsync(desk.Reserving("a", "1"));
        await desk.DoAsync(desk.Reserving("b", "6"));
        await desk.DoAsync(desk.Reserving("c", "3"));
        await desk.DoAsync(new ReportRun { Org = Desk.Org, Run = "run", Total = Desk.Dollars("0.5"), Prices = desk.Prices, Holds = ["a"] });
        var complete = new CompleteRun { Org = Desk.Org, Run = "run", Outcome = RunState.Succeeded, Total = Desk.Dollars("2.5"), Prices = desk.Prices, Holds = ["b", "c", "a", "b"] };
        var run = (await desk.DoAsync(complete)).Value;

        (run.Charged.ToString(), run.Uncollected.ToString(), complete.Applied, await desk.BalanceAsync()).ShouldBe(("3.5", "0", true, "6.5"));
        (await HoldsAsync(desk)).ShouldBe(["a Captured 0.5", "b Captured 3", "c Released 0"]);
        (await desk.Store.WalletsAsync(new() { Org = Desk.Org }, Desk.Cancellation))[0].Available.ToString().ShouldBe("6.5");
    }

    [Fact]
    public async Task A_hold_of_another_wallet_pays_for_nothing()
    {
        var desk = await Desk.WithAsync("10");
        await desk.StartAsync("run", wallet: string.Empty);
        await desk.DoAsync(desk.Reserving("h", "1"));
        var complete = new CompleteRun { Org = Desk.Org, Run = "run", Outcome = RunState.Failed, Total = Desk.Dollars("1"), Prices = desk.Prices, Holds = ["h"] };

        (await desk.DoAsync(complete)).Problem!.Code.ShouldBe("not_found");
        (await HoldsAsync(desk)).ShouldBe(["h Open 0"]);
    }

    [Fact]
    public async Task PX_D_a_run_that_is_made_free_at_its_end_gives_back_what_was_charged_on_the_way()
    {
        var desk = await Desk.WithAsync("1", RunPrices.Default with { CreditsToStart = default });
        await desk.StartAsync("run");
        await desk.DoAsync(desk.Reserving("h", "0.25"));
        await desk.DoAsync(For("run", "h", "0.25"));
        await desk.ReportAsync("run", "0.5");
        await desk.ReportAsync("run", "3");
        var complete = new CompleteRun { Org = Desk.Org, Run = "run", Outcome = RunState.Succeeded, Total = Desk.Dollars("3"), Prices = desk.Prices, SkipCharge = true };
        var run = (await desk.DoAsync(complete)).Value;

        (run.Charged.ToString(), run.IsCharged, run.Inference.ToString(), complete.GivenBack.ToString()).ShouldBe(("0", false, "3", "3"));
        (await desk.BalanceAsync()).ShouldBe("1");
        (await desk.Store.WalletsAsync(new() { Org = Desk.Org }, Desk.Cancellation))[0].Owed.ShouldBe(default);
        (await desk.DoAsync(complete)).Value.ShouldBe(run);
    }

    [Fact]
    public async Task PX_A_with_a_wallet_that_may_not_owe_tells_what_nobody_paid()
    {
        var desk = await Desk.WithAsync("0.5", RunPrices.Default with { CreditsToStart = default });
        await desk.DoAsync(new ChangeWallet { Org = Desk.Org, Wallet = "w", Change = wallet => wallet with { Overdraft = OverdraftPolicy.Deny } });
        await desk.StartAsync("run");
        var run = await desk.CompleteAsync("run", RunState.Succeeded, "0.31");

        (run.Charged.ToString(), run.Uncollected.ToString()).ShouldBe(("0.5", "0.81"));
        (await desk.Store.WalletsAsync(new() { Org = Desk.Org }, Desk.Cancellation))[0].Uncollected.ToString().ShouldBe("0.81");
        (await desk.RowsAsync())[^1].Uncollected.ToString().ShouldBe("0.81");
    }

    [Fact]
    public async Task A_run_of_a_closed_month_is_charged_late_with_the_time_of_its_service()
    {
        var desk = await Desk.WithAsync("10");
        var run = await desk.StartAsync("run");
        desk.Time.Move(TimeSpan.FromDays(40));
        await using var ledger = new CreditLedger(desk.Store);
        var close = new CloseMonth(desk.Store, ledger, CloseGrace.Usual);
        (await close.CloseAsync(Desk.Org, AccountingMonth.Of(run.StartedAt), "test", isForced: false, Desk.Cancellation)).Problem.ShouldBeNull();
        await desk.CompleteAsync("run", RunState.Failed, "1");

        var charge = (await desk.RowsAsync())[^1];
        (charge.Kind, charge.ServiceAt).ShouldBe((TransactionKind.LateUsage, run.StartedAt));
    }

    [Fact]
    public async Task The_same_start_is_known_by_what_was_asked_for_whatever_was_found_for_it()
    {
        var desk = await Desk.WithAsync("10");
        await desk.DoAsync(Looked(string.Empty));

        (await desk.DoAsync(Looked("w"))).Value.Wallet.ShouldBeEmpty();
        (await desk.DoAsync(desk.Starting("run"))).Problem!.Code.ShouldBe("id_taken");
        (await desk.DoAsync(Looked("w", AttemptMode.Cumulative))).Problem!.Code.ShouldBe("id_taken");
        (await desk.DoAsync(Looked("w", skip: true))).Problem!.Code.ShouldBe("id_taken");

        StartRun Looked(string wallet, AttemptMode mode = AttemptMode.Own, bool skip = false) => new()
        {
            Org = Desk.Org,
            Id = "run",
            Plan = "run",
            Wallet = wallet,
            IsWalletLookedUp = true,
            User = "u",
            Mode = mode,
            SkipCharge = skip,
            Prices = desk.Prices,
        };
    }

    private static CaptureHold For(string run, string hold, string amount) =>
        new() { Org = Desk.Org, Hold = hold, Run = run, Parts = ChargeParts.Of(Desk.Amount(amount)) };

    private static async Task<IEnumerable<string>> HoldsAsync(Desk desk) =>
        (await desk.Store.HoldsAsync(new() { Org = Desk.Org }, Desk.Cancellation)).Select(hold => $"{hold.Id} {hold.State} {hold.Captured}");
}
