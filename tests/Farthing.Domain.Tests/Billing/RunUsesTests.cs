using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using FsCheck;

namespace Farthing.Domain.Tests.Billing;

/// <summary>What a run was used for decides who pays, never how much.</summary>
public sealed class RunUsesTests
{
    private static readonly CreditUse Opus = new("anthropic", "opus", string.Empty);
    private static readonly CreditUse Gpt = new("openai", "gpt", string.Empty);

    private static readonly Run Fresh = new() { Org = "acme", Id = "r", Plan = "p", Attempt = 1, Wallet = "w", StartedAt = DateTimeOffset.UnixEpoch };

    private static Usd Dollars(string text) => Usd.TryParse(text, out var usd) ? usd : throw new FormatException(text);

    private static RunPart Part(CreditUse use, string cost, bool isAtOurCost = true) => new(use, isAtOurCost, Dollars(cost));

    private static string Show(RunCharge charge) => string.Join("; ", charge.Shares.Select(share => $"{share.Use.Model}{(share.IsAtOurCost ? string.Empty : "*")} {share.Amount}"));

    private static (Run Run, string Shares) Progress(Run run, string total, params RunPart[] parts)
    {
        var reported = RunCharging.Report(run, Dollars(total), parts);
        var charge = RunCharging.Progress(reported, RunPrices.Default);
        charge.Shares.Aggregate(Credits.Zero, (sum, share) => sum + share.Amount).ShouldBe(charge.Inference);
        return (RunCharging.Settle(reported, charge.Total, Credits.Zero, charge.Shares), Show(charge));
    }

    [Fact]
    public void A_charge_is_shared_by_what_each_use_cost_and_the_rest_is_for_nothing_in_particular() =>
        Progress(Fresh, "1", Part(Opus, "0.5"), Part(Gpt, "0.2", isAtOurCost: false)).Shares.ShouldBe("* 0.3; opus 0.5; gpt* 0.2");

    [Fact]
    public void A_later_charge_pays_the_difference_of_each_use()
    {
        var (run, _) = Progress(Fresh, "0.5", Part(Opus, "0.5"));

        Progress(run, "1.1", Part(Opus, "0.6"), Part(Gpt, "0.5")).Shares.ShouldBe("opus 0.1; gpt 0.5");
    }

    [Fact]
    public void What_was_charged_before_its_use_was_told_is_taken_off_all_alike()
    {
        var (run, shares) = Progress(Fresh, "0.5");

        shares.ShouldBe("* 0.5");
        Progress(run, "1", Part(Opus, "0.5"), Part(Gpt, "0.5")).Shares.ShouldBe("opus 0.25; gpt 0.25");
    }

    [Fact]
    public void What_a_hold_paid_for_a_model_is_taken_off_that_model_in_whatever_project()
    {
        var run = RunCharging.Settle(Fresh, new(300_000_000), Credits.Zero, [new(Opus with { Provider = string.Empty }, new(300_000_000), IsAtOurCost: false)]);

        Progress(run, "0.6", Part(Opus with { Project = "web" }, "0.4"), Part(Gpt, "0.2")).Shares.ShouldBe("opus 0.1; gpt 0.2");
    }

    [Fact]
    public void Parts_that_claim_more_than_the_total_are_scaled_down_to_it() =>
        Progress(Fresh, "0.3", Part(Opus, "2"), Part(Gpt, "1")).Shares.ShouldBe("opus 0.2; gpt 0.1");

    [Fact]
    public void A_nanocredit_that_cannot_be_split_goes_where_more_of_it_belongs()
    {
        var thirds = "abc".Select(model => Part(new("p", $"{model}", string.Empty), "0.333333333333")).ToArray();
        var charge = RunCharging.Progress(RunCharging.Report(Fresh, Dollars("0.999999999999"), thirds), RunPrices.Default);

        Show(charge).ShouldBe("a 0.333333334; b 0.333333333; c 0.333333333");
        Show(charge.UpTo(new(2))).ShouldBe("a 0.000000001; b 0.000000001");
    }

    [Fact]
    public void The_fee_is_for_nothing_in_particular_and_in_no_share()
    {
        var charge = RunCharging.Final(RunCharging.Report(Fresh, Dollars("0.31"), [Part(Opus, "0.31")]), RunState.Succeeded, RunPrices.Default);

        (charge.Total.ToString(), Show(charge), charge.Parts.Costs.Single()).ShouldBe(("1.31", "opus 0.31", new("anthropic", charge.Inference)));
    }

    [Fact]
    public void An_attempt_that_goes_on_pays_only_what_each_use_cost_since()
    {
        var (first, _) = Progress(Fresh, "0.5", Part(Opus, "0.5"));
        var next = Fresh with
        {
            Mode = AttemptMode.Cumulative,
            Baseline = RunCharging.BaselineOf(AttemptMode.Cumulative, [first]),
            Uses = RunCharging.UsesOf(AttemptMode.Cumulative, [first]),
        };

        Progress(next, "0.9", Part(Opus, "0.6"), Part(Gpt, "0.3")).Shares.ShouldBe("opus 0.1; gpt 0.3");
        RunCharging.UsesOf(AttemptMode.Own, [first]).ShouldBe(RunUses.None);
    }

    [Fact]
    public void A_smaller_total_changes_no_use()
    {
        var (run, _) = Progress(Fresh, "0.5", Part(Opus, "0.5"));

        RunCharging.Report(run, Dollars("0.4"), [Part(Gpt, "0.4")]).ShouldBe(run);
    }

    [Fact]
    public void More_uses_than_can_be_told_apart_are_for_nothing_in_particular()
    {
        var parts = Enumerable.Range(1, RunUses.UsesMax + 9).Select(number => Part(new("p", $"m{number:000}", string.Empty), "0.01")).ToArray();
        var (run, shares) = Progress(Fresh, "2.65", parts);

        run.Uses.All.Count.ShouldBe(RunUses.UsesMax);
        shares.ShouldStartWith("* 0.09; m001 0.01");
        Progress(run, "3").Run.Settled.ToString().ShouldBe("3");
    }

    /// <summary>Whatever is reported in whatever order, each charge is what PlanExe's rule says, and its shares add up to it.</summary>
    [Fact]
    public void Shares_add_up_and_never_change_the_charge() => Laws.Hold<PositiveInt, NonNegativeInt[][]>((cents, reports) =>
    {
        var prices = RunPrices.Default with { CentsPerCredit = (cents.Get % 500) + 1 };
        var (shared, plain) = (Fresh, Fresh);
        foreach (var report in reports.Where(report => report.Length > 0))
        {
            var total = new Usd(report[0].Get * 1_000_007L);
            var parts = report[1..].Select((cost, index) => new RunPart(new("p", $"m{index % 4}", string.Empty), index % 2 == 0, new(cost.Get * 1_000_003L)));
            shared = RunCharging.Report(shared, total, [.. parts]);
            plain = RunCharging.Report(plain, total, []);
            var (charge, expected) = (RunCharging.Progress(shared, prices), RunCharging.Progress(plain, prices));
            charge.Total.ShouldBe(expected.Total);
            charge.Shares.Aggregate(Credits.Zero, (sum, share) => sum + share.Amount).ShouldBe(charge.Inference);
            charge.Shares.ShouldAllBe(share => share.Amount > Credits.Zero);
            shared = RunCharging.Settle(shared, charge.Total, Credits.Zero, charge.Shares);
            plain = RunCharging.Settle(plain, expected.Total, Credits.Zero, expected.Shares);
        }

        return shared.Settled == plain.Settled;
    });
}
