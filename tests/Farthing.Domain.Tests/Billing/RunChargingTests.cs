using Farthing.Domain.Billing;
using Farthing.Domain.Money;

namespace Farthing.Domain.Tests.Billing;

public sealed class RunChargingTests
{
    private static readonly Run Fresh = new()
    {
        Org = "acme",
        Id = "r",
        Plan = "p",
        Attempt = 1,
        Wallet = "w",
        StartedAt = DateTimeOffset.UnixEpoch,
    };

    private static Usd Dollars(string text) => Usd.TryParse(text, out var usd) ? usd : throw new FormatException(text);

    private static string FinalOf(Run run, RunState outcome = RunState.Succeeded) => RunCharging.Final(run, outcome, RunPrices.Default).Total.ToString();

    [Fact]
    public void A_success_costs_inference_and_fee()
    {
        var charge = RunCharging.Final(Fresh with { Reported = Dollars("0.31") }, RunState.Succeeded, RunPrices.Default);

        (charge.Inference.ToString(), charge.SuccessFee.ToString(), charge.Total.ToString()).ShouldBe(("0.31", "1", "1.31"));
    }

    [Theory]
    [InlineData(RunState.Failed)]
    [InlineData(RunState.Stopped)]
    public void A_failure_and_a_stop_cost_inference_only(RunState outcome) => FinalOf(Fresh with { Reported = Dollars("0.31") }, outcome).ShouldBe("0.31");

    [Theory]
    [InlineData("ping_llm")]
    [InlineData("PING_LLM")]
    [InlineData("Ping_Llm")]
    public void A_ping_pays_no_fee(string speed) => FinalOf(Fresh with { Reported = Dollars("0.0000068"), SpeedVsDetail = speed }).ShouldBe("0.0000068");

    [Fact]
    public void A_free_run_and_one_without_a_wallet_are_not_charged()
    {
        RunCharging.Final(Fresh with { Reported = Dollars("0.31"), IsFree = true }, RunState.Succeeded, RunPrices.Default).IsPosted.ShouldBeFalse();
        RunCharging.Final(Fresh with { Reported = Dollars("0.31"), Wallet = string.Empty }, RunState.Succeeded, RunPrices.Default).IsPosted.ShouldBeFalse();
        RunCharging.Progress(Fresh with { Reported = Dollars("0.31"), IsFree = true }, RunPrices.Default).IsPosted.ShouldBeFalse();
    }

    [Fact]
    public void The_sum_is_turned_into_credits_once()
    {
        var prices = RunPrices.Default with { SuccessFee = Dollars("1"), CentsPerCredit = 300 };
        var first = Fresh with { Reported = Dollars("1") };
        var progress = RunCharging.Progress(first, prices);
        var final = RunCharging.Final(first with { Reported = Dollars("2"), Charged = progress.Total }, RunState.Succeeded, prices);

        progress.Total.ToString().ShouldBe("0.333333333");
        (progress.Total + final.Total).ToString().ShouldBe("1");
    }

    [Fact]
    public void Reported_costs_only_grow()
    {
        var run = RunCharging.Report(RunCharging.Report(Fresh, Dollars("0.4"), []), Dollars("0.3"), []);

        RunCharging.Report(run, Dollars("-2"), []).Reported.ShouldBe(Dollars("0.4"));
    }

    [Fact]
    public void A_run_that_paid_everything_before_leaves_a_marker()
    {
        var charge = RunCharging.Final(Fresh with { Reported = Dollars("0.3"), Charged = new(300_000_000) }, RunState.Failed, RunPrices.Default);

        (charge.IsMarker, charge.IsPosted, charge.Total.ToString()).ShouldBe((true, true, "0"));
    }

    [Fact]
    public void A_failure_that_cost_nothing_leaves_no_row() => RunCharging.Final(Fresh, RunState.Failed, RunPrices.Default).IsPosted.ShouldBeFalse();

    [Fact]
    public void Nothing_is_given_back_when_prices_fell_in_between()
    {
        var charge = RunCharging.Final(Fresh with { Reported = Dollars("0.3"), Charged = new(400_000_000) }, RunState.Failed, RunPrices.Default);

        (charge.Total.ToString(), charge.IsMarker).ShouldBe(("0", true));
    }

    [Fact]
    public void A_resumed_run_counts_from_where_the_attempt_before_it_stood()
    {
        var first = Fresh with { Reported = Dollars("0.4") };
        var resumed = Fresh with { Mode = AttemptMode.Cumulative, Baseline = RunCharging.BaselineOf(AttemptMode.Cumulative, [first]), Reported = Dollars("0.9") };
        resumed.Inference.ShouldBe(Dollars("0.5"));
        var silent = resumed with { Reported = Usd.Zero };

        RunCharging.BaselineOf(AttemptMode.Cumulative, [first, resumed]).ShouldBe(Dollars("0.9"));
        RunCharging.BaselineOf(AttemptMode.Cumulative, [first, silent]).ShouldBe(Dollars("0.4"));
        RunCharging.BaselineOf(AttemptMode.Own, [first, resumed]).ShouldBe(Usd.Zero);
        RunCharging.BaselineOf(AttemptMode.Cumulative, []).ShouldBe(Usd.Zero);
    }

    [Fact]
    public void A_resume_after_a_retry_goes_on_with_the_counts_of_the_retry()
    {
        var first = Fresh with { Reported = Dollars("0.4") };
        var retry = Fresh with { Reported = Dollars("0.5") };

        RunCharging.BaselineOf(AttemptMode.Cumulative, [first, retry]).ShouldBe(Dollars("0.5"));
    }
}
