using Farthing.Domain.Billing;
using Farthing.Domain.Money;
using Farthing.Workflows.Tests.Crediting;

namespace Farthing.Workflows.Tests.Billing;

/// <summary>PlanExe's own cases PX-A to PX-O: ten credits at a dollar each, a fee of a dollar.</summary>
public sealed class PlanExeCasesTests
{
    private static Task<Desk> TenCreditsAsync() => Desk.WithAsync("10");

    [Fact]
    public async Task PX_A_a_success_pays_inference_and_fee_and_A2_only_once()
    {
        var desk = await TenCreditsAsync();
        await desk.StartAsync("plan");
        var first = await desk.CompleteAsync("plan", RunState.Succeeded, "0.31");
        var again = desk.Completing("plan", RunState.Succeeded, "0.31");
        (await desk.DoAsync(again)).Value.ShouldBe(first);

        (again.WasDone, again.Applied).ShouldBe((true, false));
        (await desk.BalanceAsync()).ShouldBe("8.69");
        (await desk.ChargesAsync()).ShouldBe(["usage_billing plan plan_created_with_usage_cost -1.31"]);
    }

    [Theory]
    [InlineData(RunState.Failed)]
    [InlineData(RunState.Stopped)]
    public async Task PX_B_a_failure_pays_inference_only(RunState outcome)
    {
        var desk = await TenCreditsAsync();
        await desk.StartAsync("plan");
        await desk.CompleteAsync("plan", outcome, "0.31");

        (await desk.BalanceAsync()).ShouldBe("9.69");
        (await desk.ChargesAsync()).ShouldBe(["usage_billing plan plan_failed_usage_cost -0.31"]);
    }

    [Fact]
    public async Task PX_C_a_ping_pays_the_smallest_inference_exactly()
    {
        var desk = await TenCreditsAsync();
        await desk.StartAsync("plan");
        await desk.CompleteAsync("plan", RunState.Succeeded, "0.0000068", "Ping_LLM");

        (await desk.BalanceAsync()).ShouldBe("9.9999932");
        (await desk.ChargesAsync()).ShouldBe(["usage_billing plan plan_created_with_usage_cost -0.0000068"]);
    }

    [Fact]
    public async Task PX_D_a_free_run_leaves_no_row_and_its_cost_is_told()
    {
        var desk = await TenCreditsAsync();
        await desk.StartAsync("plan", skip: true);
        var run = await desk.CompleteAsync("plan", RunState.Succeeded, "0.31");

        (run.Inference.ToString(), run.SuccessFee.ToString(), run.Charged.ToString()).ShouldBe(("0.31", "0", "0"));
        (await desk.BalanceAsync()).ShouldBe("10");
        (await desk.ChargesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task PX_F_what_was_paid_on_the_way_leaves_a_marker_at_the_end()
    {
        var desk = await TenCreditsAsync();
        await desk.StartAsync("plan");
        await desk.ReportAsync("plan", "0.30");
        await desk.ReportAsync("plan", "0.30");
        await desk.CompleteAsync("plan", RunState.Failed, "0.30");

        (await desk.BalanceAsync()).ShouldBe("9.7");
        (await desk.ChargesAsync()).ShouldBe(
            ["usage_billing_progress plan plan_usage_in_progress -0.3", "usage_billing plan plan_failed_usage_cost 0"]);
    }

    [Fact]
    public async Task PX_G_a_success_without_costs_pays_the_fee()
    {
        var desk = await TenCreditsAsync();
        await desk.StartAsync("plan");
        await desk.CompleteAsync("plan", RunState.Succeeded, "0");

        (await desk.BalanceAsync()).ShouldBe("9");
    }

    [Fact]
    public async Task PX_H_a_failure_without_costs_leaves_no_row()
    {
        var desk = await TenCreditsAsync();
        await desk.StartAsync("plan");
        await desk.CompleteAsync("plan", RunState.Failed, "0");

        (await desk.BalanceAsync()).ShouldBe("10");
        (await desk.ChargesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task PX_I_a_balance_may_become_negative()
    {
        var desk = await Desk.WithAsync("0.5", RunPrices.Default with { CreditsToStart = Credits.Zero });
        await desk.StartAsync("plan");
        await desk.CompleteAsync("plan", RunState.Succeeded, "0.31");

        (await desk.BalanceAsync()).ShouldBe("-0.81");
        (await desk.Store.WalletsAsync(new() { Org = Desk.Org, OnlyOwing = true }, Desk.Cancellation))[0].Owed.ToString().ShouldBe("0.81");
    }

    [Fact]
    public async Task PX_J_a_cost_is_exact()
    {
        var desk = await TenCreditsAsync();
        await desk.StartAsync("plan");
        await desk.CompleteAsync("plan", RunState.Failed, "0.75");

        (await desk.ChargesAsync()).ShouldBe(["usage_billing plan plan_failed_usage_cost -0.75"]);
    }

    [Fact]
    public async Task PX_K_a_negative_cost_is_none()
    {
        var desk = await TenCreditsAsync();
        await desk.StartAsync("plan");
        await desk.CompleteAsync("plan", RunState.Succeeded, "-2");

        (await desk.BalanceAsync()).ShouldBe("9");
    }

    [Fact]
    public async Task PX_M_and_N_a_user_without_a_wallet_is_never_charged_nor_is_anybody_else()
    {
        var desk = await TenCreditsAsync();
        await desk.StartAsync("plan", wallet: string.Empty);
        await desk.ReportAsync("plan", "0.2");
        var run = await desk.CompleteAsync("plan", RunState.Succeeded, "0.31");

        (run.Charged.ToString(), run.Inference.ToString()).ShouldBe(("0", "0.31"));
        (await desk.BalanceAsync()).ShouldBe("10");
        (await desk.ChargesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task PX_O_a_retry_after_a_failure_is_charged_in_full()
    {
        var desk = await TenCreditsAsync();
        await desk.StartAsync("first", "plan");
        await desk.ReportAsync("first", "0.30");
        await desk.CompleteAsync("first", RunState.Failed, "0.40");
        await desk.StartAsync("second", "plan");
        await desk.CompleteAsync("second", RunState.Succeeded, "0.50");

        (await desk.BalanceAsync()).ShouldBe("8.1");
        (await desk.ChargesAsync()).ShouldBe(
        [
            "usage_billing_progress plan plan_usage_in_progress -0.3",
            "usage_billing plan plan_failed_usage_cost -0.1",
            "usage_billing plan plan_created_with_usage_cost -1.5",
        ]);
    }

    [Fact]
    public async Task A_resume_with_a_cumulative_overview_pays_exactly_what_is_new()
    {
        var desk = await TenCreditsAsync();
        await desk.StartAsync("first", "plan");
        await desk.CompleteAsync("first", RunState.Failed, "0.40");
        await desk.StartAsync("second", "plan", AttemptMode.Cumulative);
        await desk.ReportAsync("second", "0.40");
        await desk.ReportAsync("second", "0.65");
        await desk.CompleteAsync("second", RunState.Stopped, "0.65");
        await desk.StartAsync("third", "plan", AttemptMode.Cumulative);
        await desk.CompleteAsync("third", RunState.Succeeded, "0.90");

        (await desk.BalanceAsync()).ShouldBe("8.1");
    }

    [Fact]
    public async Task A_resume_that_told_nothing_is_passed_over()
    {
        var desk = await TenCreditsAsync();
        await desk.StartAsync("first", "plan");
        await desk.CompleteAsync("first", RunState.Failed, "0.40");
        await desk.StartAsync("second", "plan", AttemptMode.Cumulative);
        await desk.CompleteAsync("second", RunState.Failed, "0");
        await desk.StartAsync("third", "plan", AttemptMode.Cumulative);
        await desk.CompleteAsync("third", RunState.Failed, "0.55");

        (await desk.BalanceAsync()).ShouldBe("9.45");
    }

    [Fact]
    public async Task A_resume_after_a_retry_pays_what_is_new_since_the_retry()
    {
        var desk = await TenCreditsAsync();
        await desk.StartAsync("first", "plan");
        await desk.CompleteAsync("first", RunState.Failed, "0.40");
        await desk.StartAsync("retry", "plan");
        await desk.CompleteAsync("retry", RunState.Failed, "0.50");
        await desk.StartAsync("resume", "plan", AttemptMode.Cumulative);
        await desk.CompleteAsync("resume", RunState.Failed, "0.70");

        (await desk.BalanceAsync()).ShouldBe("8.9");
    }
}
