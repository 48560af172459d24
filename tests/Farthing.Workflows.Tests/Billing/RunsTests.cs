using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Workflows.Billing;
using Farthing.Workflows.Crediting;
using Farthing.Workflows.Tests.Crediting;

namespace Farthing.Workflows.Tests.Billing;

public sealed class RunsTests
{
    [Theory]
    [InlineData("2", null)]
    [InlineData("1.999999999", "insufficient_credits")]
    [InlineData("0", "insufficient_credits")]
    public async Task A_run_starts_when_the_wallet_holds_the_minimum(string credits, string? code)
    {
        var desk = await Desk.WithAsync(credits);

        (await desk.DoAsync(desk.Starting("run"))).Problem?.Code.ShouldBe(code);
    }

    [Fact]
    public async Task What_is_held_does_not_start_a_run()
    {
        var desk = await Desk.WithAsync("3");
        await desk.DoAsync(desk.Reserving("h", "1.5"));

        (await desk.DoAsync(desk.Starting("run"))).Problem!.Kind.ShouldBe(ProblemKind.InsufficientCredit);
    }

    [Fact]
    public async Task The_same_run_again_is_answered_as_it_is_and_another_under_its_id_is_refused()
    {
        var desk = await Desk.WithAsync("10");
        var run = (await desk.DoAsync(desk.Starting("run"))).Value;

        (await desk.DoAsync(desk.Starting("run"))).Value.ShouldBe(run);
        (await desk.DoAsync(desk.Starting("run", "other"))).Problem!.Code.ShouldBe("id_taken");
    }

    [Fact]
    public async Task A_plan_has_one_open_attempt_at_a_time()
    {
        var desk = await Desk.WithAsync("10");
        await desk.StartAsync("first", "plan");

        (await desk.DoAsync(desk.Starting("second", "plan"))).Problem!.Code.ShouldBe("attempt_running");
        await desk.CompleteAsync("first", RunState.Failed, "0");
        (await desk.DoAsync(desk.Starting("second", "plan"))).Value.Attempt.ShouldBe(2);
    }

    [Fact]
    public async Task The_free_run_comes_back_when_it_fails_and_is_gone_when_it_succeeds()
    {
        var desk = await Desk.WithAsync("0");
        await desk.StartAsync("first", free: true);
        (await desk.DoAsync(Free("other"))).Problem!.Code.ShouldBe("free_run_used");
        await desk.CompleteAsync("first", RunState.Failed, "0.4");
        await desk.StartAsync("second", free: true);
        await desk.CompleteAsync("second", RunState.Succeeded, "0.4");

        (await desk.DoAsync(Free("third"))).Problem!.Code.ShouldBe("free_run_used");
        (await desk.RowsAsync()).ShouldBeEmpty();

        StartRun Free(string id) => new() { Org = Desk.Org, Id = id, Plan = id, Wallet = "w", TakeFreeRun = true, Prices = desk.Prices };
    }

    [Fact]
    public async Task A_run_that_is_over_takes_no_more_reports()
    {
        var desk = await Desk.WithAsync("10");
        await desk.StartAsync("run");
        await desk.CompleteAsync("run", RunState.Failed, "0.4");

        (await desk.DoAsync(new ReportRun { Org = Desk.Org, Run = "run", Total = Desk.Dollars("9"), Prices = desk.Prices })).Problem!.Code.ShouldBe("run_over");
        (await desk.BalanceAsync()).ShouldBe("9.6");
    }

    [Fact]
    public async Task A_first_completion_stands_whatever_is_told_later()
    {
        var desk = await Desk.WithAsync("10");
        await desk.StartAsync("run");
        await desk.CompleteAsync("run", RunState.Failed, "0.4");

        (await desk.CompleteAsync("run", RunState.Succeeded, "5")).State.ShouldBe(RunState.Failed);
        (await desk.BalanceAsync()).ShouldBe("9.6");
    }

    [Fact]
    public async Task Ten_thousand_concurrent_completions_charge_once()
    {
        var desk = await Desk.WithAsync("10");
        await desk.StartAsync("run");
        await using var ledger = new CreditLedger(desk.Store);
        var completions = Enumerable.Range(0, 10_000).Select(_ => desk.Completing("run", RunState.Succeeded, "0.31")).ToList();
        await Task.WhenAll(completions.Select(completion => Task.Run(() => ledger.AskAsync(completion, Desk.Cancellation), Desk.Cancellation)));

        completions.Count(completion => completion.Applied).ShouldBe(1);
        completions.ShouldAllBe(completion => completion.Result.Value.Charged == Desk.Amount("1.31"));
        (await desk.BalanceAsync()).ShouldBe("8.69");
    }

    [Fact]
    public async Task Somebody_elses_run_is_not_there()
    {
        var desk = await Desk.WithAsync("10");
        await desk.StartAsync("run");
        var foreign = new CompleteRun { Org = "other", Run = "run", Outcome = RunState.Failed, Total = Desk.Dollars("1"), Prices = desk.Prices };

        (await desk.DoAsync(foreign)).Problem!.Kind.ShouldBe(ProblemKind.NotFound);
    }

    [Fact]
    public async Task Costs_that_no_books_can_hold_fail_and_leave_everything_as_it_was()
    {
        var desk = await Desk.WithAsync("10");
        await desk.StartAsync("run");

        await Should.ThrowAsync<OverflowException>(() => desk.ReportAsync("run", "99999999999"));
        (await desk.BalanceAsync()).ShouldBe("10");
        (await desk.CompleteAsync("run", RunState.Failed, "1")).Charged.ShouldBe(Desk.Amount("1"));
    }

    [Fact]
    public async Task A_frozen_wallet_starts_nothing_and_settles_what_runs()
    {
        var desk = await Desk.WithAsync("10");
        await desk.StartAsync("run");
        await desk.DoAsync(new ChangeWallet { Org = Desk.Org, Wallet = "w", Change = wallet => wallet with { State = WalletState.Frozen } });

        (await desk.DoAsync(desk.Starting("other"))).Problem!.Code.ShouldBe("wallet_frozen");
        (await desk.CompleteAsync("run", RunState.Failed, "1")).Charged.ShouldBe(Desk.Amount("1"));
    }
}
