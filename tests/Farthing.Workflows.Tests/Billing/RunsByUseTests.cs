using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Workflows.Billing;
using Farthing.Workflows.Crediting;
using Farthing.Workflows.Tests.Crediting;

namespace Farthing.Workflows.Tests.Billing;

/// <summary>A run burns the grants that serve what it was used for, and owes the providers; its total is PlanExe's all the same.</summary>
public sealed class RunsByUseTests
{
    private static readonly CreditUse Opus = new("anthropic", "opus", string.Empty);
    private static readonly CreditUse Gpt = new("openai", "gpt", string.Empty);

    private static RunPart Part(CreditUse use, string cost, bool isAtOurCost = true) => new(use, isAtOurCost, Desk.Dollars(cost));

    private static ReportRun Reporting(string total, params RunPart[] parts) =>
        new() { Org = Desk.Org, Run = "run", Total = Desk.Dollars(total), Parts = parts, Prices = RunPrices.Default };

    private static CompleteRun Completing(string total, params RunPart[] parts) =>
        new() { Org = Desk.Org, Run = "run", Total = Desk.Dollars(total), Parts = parts, Outcome = RunState.Succeeded, Prices = RunPrices.Default };

    private static Task<Result<GrantBalance>> GiveForAsync(Desk desk, string id, string amount, string provider)
    {
        var giving = desk.Giving(id, amount);
        return desk.DoAsync(new GiveCredit { Org = Desk.Org, FromNow = true, Grant = giving.Grant with { Applicability = new([provider], [], []), Priority = 1 } });
    }

    private static async Task<string> LeftAsync(Desk desk) => string.Join(' ', (await desk.Store.GrantsAsync(new() { Org = Desk.Org }, Desk.Cancellation))
        .OrderBy(balance => balance.Grant.Id, StringComparer.Ordinal).Select(balance => $"{balance.Grant.Id}={balance.Counters.Posted}"));

    private static async Task<string> OwedAsync(Desk desk, string provider) =>
        (await desk.Store.CountersAsync(Desk.Org, Desk.Cancellation)).Accounts.TryGetValue(Chart.Payable(provider), out var account) ? account.Counters.Posted.ToString() : "none";

    private static async Task<Desk> RunningAsync()
    {
        var desk = await Desk.WithAsync("10");
        await GiveForAsync(desk, "a", "1", "anthropic");
        await GiveForAsync(desk, "b", "1", "openai");
        await desk.StartAsync("run");
        return desk;
    }

    [Fact]
    public async Task Every_charge_burns_the_difference_of_each_use()
    {
        var desk = await RunningAsync();

        await desk.DoAsync(Reporting("0.5", Part(Opus, "0.3")));
        (await LeftAsync(desk)).ShouldBe("a=0.7 b=1 start=9.8");
        var run = (await desk.DoAsync(Completing("1", Part(Opus, "0.4"), Part(Gpt, "0.4")))).Value;

        (await LeftAsync(desk)).ShouldBe("a=0.6 b=0.6 start=8.8");
        (run.Charged.ToString(), await desk.BalanceAsync(), await OwedAsync(desk, "anthropic"), await OwedAsync(desk, "openai")).ShouldBe(("2", "10", "0.4", "0.4"));
        (await desk.ChargesAsync()).ShouldBe(["usage_billing_progress run plan_usage_in_progress -0.5", "usage_billing run plan_created_with_usage_cost -1.5"]);
    }

    [Fact]
    public async Task The_gate_counts_only_what_serves_everything()
    {
        var desk = await Desk.WithAsync("1");
        await GiveForAsync(desk, "a", "9", "anthropic");

        (await desk.DoAsync(desk.Starting("run"))).Problem!.Code.ShouldBe("insufficient_credits");
    }

    [Fact]
    public async Task Where_the_customer_pays_the_provider_nothing_is_owed_and_the_grants_pay_all_the_same()
    {
        var desk = await RunningAsync();

        await desk.DoAsync(Reporting("0.5", Part(Opus, "0.3", isAtOurCost: false)));

        (await LeftAsync(desk), await OwedAsync(desk, "anthropic")).ShouldBe(("a=0.7 b=1 start=9.8", "none"));
    }

    [Fact]
    public async Task Holds_that_pay_for_a_run_owe_what_the_run_was_used_for()
    {
        var desk = await RunningAsync();
        await desk.DoAsync(desk.Reserving("h", "0.2"));
        var complete = new CompleteRun
        {
            Org = Desk.Org, Run = "run", Total = Desk.Dollars("0.4"), Parts = [Part(Opus, "0.3"), Part(Gpt, "0.1")], Outcome = RunState.Failed, Prices = RunPrices.Default, Holds = ["h"],
        };
        await desk.DoAsync(complete);

        (await OwedAsync(desk, "anthropic"), await OwedAsync(desk, "openai")).ShouldBe(("0.3", "0.1"));
        (await LeftAsync(desk)).ShouldBe("a=0.85 b=0.95 start=9.8");
    }

    [Fact]
    public async Task A_capture_for_a_run_counts_for_the_use_of_its_hold()
    {
        var desk = await RunningAsync();
        await desk.DoAsync(new ReserveCredit { Org = Desk.Org, Id = "h", Wallet = "w", Amount = Desk.Amount("0.5"), Use = Opus });
        await desk.DoAsync(new CaptureHold { Org = Desk.Org, Hold = "h", Parts = ChargeParts.Of(Desk.Amount("0.3")), Run = "run" });

        await desk.DoAsync(Completing("0.5", Part(Opus, "0.3"), Part(Gpt, "0.2")));

        (await LeftAsync(desk), await OwedAsync(desk, "anthropic"), await OwedAsync(desk, "openai")).ShouldBe(("a=0.7 b=0.8 start=9", "0.3", "0.2"));
    }

    [Fact]
    public async Task A_capture_with_the_customers_own_key_owes_nobody()
    {
        var desk = await RunningAsync();
        await desk.DoAsync(new ReserveCredit { Org = Desk.Org, Id = "h", Wallet = "w", Amount = Desk.Amount("0.5"), Use = Opus });
        await desk.DoAsync(new CaptureHold { Org = Desk.Org, Hold = "h", Parts = ChargeParts.Of(Desk.Amount("0.3")), IsPaidByCustomer = true });

        (await desk.BalanceAsync(), await OwedAsync(desk, "anthropic")).ShouldBe(("11.7", "none"));
    }

    [Fact]
    public async Task A_run_made_free_at_its_end_owes_nothing_any_more()
    {
        var desk = await RunningAsync();
        await desk.DoAsync(Reporting("0.5", Part(Opus, "0.3"), Part(Gpt, "0.2")));
        var complete = new CompleteRun { Org = Desk.Org, Run = "run", Total = Desk.Dollars("0.5"), Outcome = RunState.Failed, SkipCharge = true, Prices = RunPrices.Default };
        await desk.DoAsync(complete);

        (await LeftAsync(desk), await OwedAsync(desk, "anthropic"), complete.GivenBack.ToString()).ShouldBe(("a=1 b=1 start=10", "0", "0.5"));
    }
}
