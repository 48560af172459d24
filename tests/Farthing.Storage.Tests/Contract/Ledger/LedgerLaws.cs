using System.Text;
using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Testing.Ledger;
using Farthing.Workflows.Billing;
using Farthing.Workflows.Crediting;
using FsCheck.Fluent;

namespace Farthing.Storage.Tests.Contract.Ledger;

/// <summary>
/// The properties of the ledger that hold whatever is done to it, by their numbers in the design.
/// <list type="table">
/// <item><term>P1</term><description>every transaction balances: <see cref="Every_step_keeps"/> (P1)</description></item>
/// <item><term>P2</term><description>no account below its floor: <see cref="Every_step_keeps"/> (P2)</description></item>
/// <item><term>P3</term><description>counters are the sum of entries and open holds: <see cref="Every_step_keeps"/> (P3)</description></item>
/// <item><term>P4</term><description>a hold's lines add up, it ends once: <see cref="Every_step_keeps"/> (P4)</description></item>
/// <item><term>P5</term><description>order and repetition: <see cref="P5_order_and_repetition_of_commands_that_commute_do_not_matter"/></description></item>
/// <item><term>P6</term><description>one effect a key: <see cref="P6_the_same_key_answers_the_same_bytes_and_another_body_is_refused"/>, and (P6)</description></item>
/// <item><term>P7</term><description>the chain holds: <see cref="Every_step_keeps"/> (P7); a changed row is found: the tampering tests of each engine</description></item>
/// <item><term>P8</term><description>reversals: <see cref="LedgerCreditLaws.P8_the_parts_of_a_reversal_undo_a_charge_to_the_last_account"/>, and (P8)</description></item>
/// <item><term>P9</term><description>burn order: <see cref="LedgerCreditLaws.P9_no_grant_is_passed_over_that_burns_earlier"/>, <see cref="LedgerCreditLaws.P9_a_capture_takes_what_was_held_in_its_order"/></description></item>
/// <item><term>P10</term><description>expiry: <see cref="LedgerCreditLaws.P10_what_is_over_is_gone_after_the_sweep_and_a_hold_shields"/>, <see cref="LedgerCreditLaws.P10_breakage_is_what_was_left"/></description></item>
/// <item><term>P15</term><description>closed months: <see cref="P15_nothing_is_booked_in_a_closed_month_and_its_books_can_be_made_again"/></description></item>
/// <item><term>P16</term><description>nothing kept beside is missed: <see cref="LedgerCreditLaws.P16_what_is_kept_besides_the_entries_can_be_taken_away_and_made_again"/>; usage: <see cref="OrderOfArrivalContract"/> holds the daily rollup against the events</description></item>
/// <item><term>P17</term><description>runs: <see cref="P17_a_run_pays_inference_and_for_a_success_its_fee_rounded_once"/></description></item>
/// <item><term>P18</term><description>amounts come back: <see cref="P18_an_amount_comes_back_as_it_was_written"/></description></item>
/// <item><term>P19</term><description>organisations apart: <see cref="P19_what_one_organisation_does_leaves_the_other_as_it_was"/></description></item>
/// <item><term>P20</term><description>lost answers: <see cref="P20_requests_whose_answers_were_lost_are_asked_again_without_effect"/>; crashes: the simulation, and the killed server</description></item>
/// </list>
/// P11 and P12 belong to budgets, P13 to recharge, P14 to invoices, which are not there yet.
/// </summary>
public abstract class LedgerLaws : LedgerLawBook
{
    [Fact]
    public Task It_answers_and_holds_what_the_naive_ledger_does() => HoldAsync(LedgerSteps.Any(), async (world, steps) =>
    {
        foreach (var step in steps)
        {
            if (await world.DoAsync(step) is { } difference)
            {
                return difference;
            }
        }

        var (told, expected) = (await world.DescribeAsync(world.Org), world.Naive.Describe(world.Org, world.Now));
        return told == expected ? null : $"it holds\n{told}\ninstead of\n{expected}";
    });

    [Fact]
    public async Task Every_step_is_proved() => (await StepsAsync()).ShouldBeEmpty();

    [Theory]
    [InlineData("P1")]
    [InlineData("P2")]
    [InlineData("P3")]
    [InlineData("P4")]
    [InlineData("P6")]
    [InlineData("P7")]
    [InlineData("P8")]
    public async Task Every_step_keeps(string property) => (await StepsAsync()).ShouldNotContain($"failing property: {property} ");

    [Fact]
    public Task P5_order_and_repetition_of_commands_that_commute_do_not_matter() => HoldAsync(LedgerSteps.Only(LedgerVerb.Give, LedgerVerb.Adjust), async (world, steps) =>
    {
        var commuting = steps.Select((step, index) => step with { OrgNumber = 0, WalletNumber = 0, Subject = index + 6, Size = step.Size % 8, Choice = (step.Choice * 2) % 4 }).ToList();
        foreach (var step in commuting.Concat(commuting))
        {
            await world.DoAsync(step);
        }

        var mirror = await LedgerWorld.BeginAsync(Ledger);
        foreach (var step in commuting.AsEnumerable().Reverse())
        {
            await mirror.DoAsync(step);
            await mirror.DoAsync(step);
        }

        var (forwards, backwards) = (await world.DescribeAsync(world.Org), await mirror.DescribeAsync(mirror.Org));
        return forwards == backwards ? null : $"forwards\n{forwards}\nbackwards\n{backwards}";
    });

    [Fact]
    public Task P6_the_same_key_answers_the_same_bytes_and_another_body_is_refused() => HoldAsync(LedgerSteps.Only(LedgerVerb.Give, LedgerVerb.Adjust), async (world, steps) =>
    {
        foreach (var step in steps)
        {
            await Ledger.Store.ApplyAsync([Keyed(step, "body")], LedgerWorld.Cancellation);
            var before = await world.DescribeAsync(world.Here(step).Org);
            var first = Keyed(step, "body");
            var second = Keyed(step, "body");
            var other = Keyed(step, "another body");
            await Ledger.Store.ApplyAsync([first, second, other], LedgerWorld.Cancellation);
            var isSame = first.Replay is { } replay && second.Replay is { } again && replay.Status == again.Status && replay.Body.SequenceEqual(again.Body);
            if (!isSame || LedgerStep.Tell(other) != "idempotency_key_reused" || before != await world.DescribeAsync(world.Here(step).Org))
            {
                return $"{step} was not replayed";
            }
        }

        return null;

        LedgerRequest Keyed(LedgerStep drawn, string body)
        {
            var step = world.Here(drawn);
            var request = step.ToRequest(world.Now);
            request.Idempotency = new("test", step.ToString(), body);
            switch (request)
            {
                case LedgerRequest<GrantBalance> give:
                    give.AnswerAs = result => Written(result.Problem?.Code ?? result.Value.Counters.ToString());
                    break;
                case LedgerRequest<WalletBalance> adjust:
                    adjust.AnswerAs = result => Written(result.Problem?.Code ?? result.Value.Balance.ToString());
                    break;
            }

            return request;
        }

        static StoredAnswer Written(string text) => new(200, "text/plain", Encoding.UTF8.GetBytes(text));
    });

    [Fact]
    public Task P15_nothing_is_booked_in_a_closed_month_and_its_books_can_be_made_again() => HoldAsync(LedgerSteps.Any(), async (world, steps) =>
    {
        foreach (var step in steps[..(steps.Length / 2)])
        {
            await world.DoAsync(step);
        }

        var month = AccountingMonth.Of(world.Now);
        Ledger.Time.Move(TimeSpan.FromDays(31));
        var close = new ClosePeriod { Org = world.Org, Month = month, TrialBalance = await Ledger.Upkeep.TrialBalanceAsync(world.Org, month, LedgerWorld.Cancellation) };
        var again = new ClosePeriod { Org = world.Org, Month = month, TrialBalance = new([], ChainHead.Start) };
        await Ledger.Store.ApplyAsync([close], LedgerWorld.Cancellation);
        await Ledger.Store.ApplyAsync([again], LedgerWorld.Cancellation);
        Ledger.Time.Move(TimeSpan.FromDays(-31));
        foreach (var step in steps[(steps.Length / 2)..])
        {
            await world.DoAsync(step);
        }

        return close.Result.Succeeded && again.Result.Problem?.Code == "period_closed" ? (await world.ProveAsync()) is [var violation, ..] ? violation : null : "the month was not closed once";
    });

    [Fact]
    public Task P17_a_run_pays_inference_and_for_a_success_its_fee_rounded_once() => HoldAsync(LedgerSteps.Only(LedgerVerb.Report), async (world, steps) =>
    {
        var ids = (Org: world.Org, Wallet: "w0", Id: "run17");
        var prices = LedgerStep.Prices with { CreditsToStart = new(long.MinValue / 4) };
        await Ledger.Store.ApplyAsync([new StartRun { Org = ids.Org, Id = ids.Id, Plan = ids.Id, Wallet = ids.Wallet, Prices = prices }], LedgerWorld.Cancellation);
        foreach (var step in steps)
        {
            await Ledger.Store.ApplyAsync([new ReportRun { Org = ids.Org, Run = ids.Id, Total = Usd.FromDecimal(step.Total), Prices = prices }], LedgerWorld.Cancellation);
        }

        var last = steps[^1];
        var complete = new CompleteRun { Org = ids.Org, Run = ids.Id, Outcome = last.Outcome, SpeedVsDetail = last.Speed, Total = Usd.Zero, Prices = prices };
        await Ledger.Store.ApplyAsync([complete, complete], LedgerWorld.Cancellation);
        var usd = steps.Max(step => step.Total) + (last.Outcome == RunState.Succeeded && last.Speed.Length == 0 ? 1 : 0);
        var expected = Math.Round(usd / 3, 9, MidpointRounding.ToEven) * Credits.NanocreditsPerCredit;
        return complete.Result.Value.Charged.Nanocredits == expected ? null : $"{usd} dollars were charged with {complete.Result.Value.Charged} credits";
    });

    [Fact]
    public async Task P18_an_amount_comes_back_as_it_was_written()
    {
        await using var ledger = Create();
        var amounts = Gen.OneOf(Gen.Choose(1, int.MaxValue).Select(value => (long)value), Gen.Choose(1, int.MaxValue).Select(value => value * 46_566_127L));
        var number = 0;
        await HoldAsync(amounts, async amount =>
        {
            var org = $"p18_{++number}";
            await ledger.OpenAsync(org);
            await ledger.AskAsync(ledger.Give("g", new(amount), org));
            var stored = await ledger.Queries.GrantsAsync(new() { Org = org }, LedgerUnderTest.Cancellation);
            return stored[0].Counters.CreditsPosted == amount && Credits.TryParse(stored[0].Grant.Amount.ToString(), out var read) && read.Nanocredits == amount;
        });
    }

    [Fact]
    public Task P19_what_one_organisation_does_leaves_the_other_as_it_was() => HoldAsync(LedgerSteps.Any(LedgerVerb.Tick), async (world, steps) =>
    {
        var before = await world.DumpAsync(world.OtherOrg);
        foreach (var step in steps)
        {
            await world.DoAsync(step with { OrgNumber = 0 });
        }

        return before == await world.DumpAsync(world.OtherOrg) ? null : "the other organisation's ledger changed";
    });

    [Fact]
    public Task P20_requests_whose_answers_were_lost_are_asked_again_without_effect() => HoldAsync(LedgerSteps.Any(LedgerVerb.Tick), async (world, steps) =>
    {
        foreach (var step in steps)
        {
            await world.DoAsync(step);
            var before = await world.DumpAsync(world.Here(step).Org);
            await Ledger.Store.ApplyAsync([world.Here(step).ToRequest(world.Now)], LedgerWorld.Cancellation);
            if (before != await world.DumpAsync(world.Here(step).Org))
            {
                return $"{step} had another effect";
            }
        }

        return null;
    });

    /// <summary>Everything is proved after every step, once for all properties.</summary>
    private Task<string> StepsAsync() => TellAsync(nameof(StepsAsync), () => HoldAsync(LedgerSteps.Any(), async (world, steps) =>
    {
        foreach (var step in steps)
        {
            await world.DoAsync(step);
            if ((await world.ProveAsync()) is [var violation, ..])
            {
                return violation;
            }
        }

        return null;
    }));
}
