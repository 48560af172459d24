using System.Text;
using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Testing.Ledger;
using Farthing.Workflows.Billing;
using Farthing.Workflows.Crediting;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Storage.Tests.Contract.Ledger;

/// <summary>
/// The properties of the ledger that hold whatever is done to it, by their numbers in the design: P1 to P10 and P15 to P20.
/// P11 to P14 speak of budgets, notifications, recharge and invoices, which are not there yet.
/// </summary>
public abstract class LedgerLaws
{
    protected abstract LedgerUnderTest Create();

    /// <summary>How many lists of steps a law is tried on.</summary>
    protected virtual int Cases => 6;

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

    [Theory]
    [InlineData("P1")]
    [InlineData("P2")]
    [InlineData("P3")]
    [InlineData("P4")]
    [InlineData("P6")]
    [InlineData("P7")]
    [InlineData("P8")]
    public Task P1_to_P4_and_P6_to_P8_hold_after_every_step(string property) => HoldAsync(LedgerSteps.Any(), async (world, steps) =>
    {
        for (var index = 0; index < steps.Length; index++)
        {
            await world.DoAsync(steps[index]);
            var isChecked = Cases > 50 || index == steps.Length - 1;
            if (isChecked && (await world.ProveAsync()).FirstOrDefault(line => line.StartsWith(property, StringComparison.Ordinal)) is { } violation)
            {
                return violation;
            }
        }

        return null;
    });

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
    public Task P9_no_grant_is_passed_over_that_burns_earlier() => HoldAsync(LedgerSteps.Only(LedgerVerb.Give, LedgerVerb.Give, LedgerVerb.Reserve, LedgerVerb.Capture), async (world, steps) =>
    {
        foreach (var step in steps)
        {
            await world.DoAsync(step);
            var query = new LedgerQuery { Org = world.Org, Limit = 100 };
            if (step.Verb != LedgerVerb.Reserve || (await Ledger.Queries.HoldsAsync(query with { Id = step.Hold }, LedgerWorld.Cancellation)) is not [{ State: HoldState.Open } hold])
            {
                continue;
            }

            var order = (await Ledger.Queries.GrantsAsync(query with { Wallet = hold.Wallet }, LedgerWorld.Cancellation))
                .Where(balance => balance.Grant.Applicability.Covers(hold.Use))
                .OrderBy(balance => (balance.Grant.Priority, balance.Grant.ExpiresAt ?? DateTimeOffset.MaxValue, balance.Grant.Category == GrantCategory.Paid, balance.Grant.EffectiveAt, balance.Grant.CreatedAt))
                .ThenBy(balance => balance.Grant.Id, StringComparer.Ordinal)
                .ToList();
            var last = order.FindLastIndex(balance => hold.Lines.Any(line => line.Grant == balance.Grant.Id));
            if (hold.CreatedAt == world.Now && order.Take(last).Any(balance => balance.Counters.Free > Credits.Zero && hold.Lines.Count > 0 && IsFresh(steps, step)))
            {
                return $"{step} passed over a grant that burns earlier";
            }
        }

        return null;

        // A repetition of a known hold says nothing about today's grants.
        static bool IsFresh(LedgerStep[] steps, LedgerStep step) =>
            steps.TakeWhile(other => !ReferenceEquals(other, step)).All(other => other.Verb != LedgerVerb.Reserve || other.Hold != step.Hold);
    });

    [Fact]
    public Task P10_what_is_over_is_gone_after_the_sweep_and_a_hold_shields() => HoldAsync(LedgerSteps.Any(), async (world, steps) =>
    {
        foreach (var step in steps)
        {
            await world.DoAsync(step);
        }

        var before = (await Ledger.Queries.HoldsAsync(new() { Org = world.Org, State = HoldState.Forwarded, Limit = 100 }, LedgerWorld.Cancellation)).Count;
        Ledger.Time.Move(TimeSpan.FromDays(3));
        await world.SweepAsync();
        var after = (await Ledger.Queries.HoldsAsync(new() { Org = world.Org, State = HoldState.Unsettled, Limit = 100 }, LedgerWorld.Cancellation)).Count;
        var violations = (await LedgerProof.CheckSweptAsync(Ledger.Queries, world.Org, world.Now, LedgerWorld.Cancellation)).Concat(await world.ProveAsync());
        return after < before ? "a hold that was sent did not stay" : violations.FirstOrDefault();
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
    public Task P16_what_is_kept_besides_the_entries_can_be_worked_out_from_them() => HoldAsync(LedgerSteps.Any(), async (world, steps) =>
    {
        foreach (var step in steps)
        {
            await world.DoAsync(step);
        }

        var books = await Ledger.Upkeep.TrialBalanceAsync(world.Org, AccountingMonth.Of(DateTimeOffset.MaxValue.AddYears(-100)), LedgerWorld.Cancellation);
        var counters = await Ledger.Upkeep.CountersAsync(world.Org, LedgerWorld.Cancellation);
        var wrong = books.Lines.Where(line => counters.Accounts[line.Account].Counters is var kept && (kept.DebitsPosted != line.Debits || kept.CreditsPosted != line.Credits));
        return wrong.Select(line => $"{line.Account} is kept differently").FirstOrDefault();
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
        await Task.Run(() => Prop.ForAll(amounts.ToArbitrary(), amount => Await.Value(async () =>
        {
            var org = $"p18_{++number}";
            await ledger.OpenAsync(org);
            await ledger.AskAsync(ledger.Give("g", new(amount), org));
            var stored = await ledger.Queries.GrantsAsync(new() { Org = org }, LedgerUnderTest.Cancellation);
            return stored[0].Counters.CreditsPosted == amount && Credits.TryParse(stored[0].Grant.Amount.ToString(), out var read) && read.Nanocredits == amount;
        })).Check(Seeded.WithMaxTest(Cases)), LedgerUnderTest.Cancellation);
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

    private static Config Seeded { get; } = Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithReplay(2026, 11);

    private LedgerUnderTest Ledger { get; set; } = null!;

    private async Task HoldAsync(Arbitrary<LedgerStep[]> lists, Func<LedgerWorld, LedgerStep[], Task<string?>> law)
    {
        await using var ledger = Ledger = Create();
        await Task.Run(() => Prop.ForAll(lists, steps => Await.Value(async () =>
        {
            var failure = await law(await LedgerWorld.BeginAsync(ledger), steps);
            return Prop.Label(failure is null, failure ?? string.Empty);
        })).Check(Seeded.WithMaxTest(Cases)), LedgerUnderTest.Cancellation);
    }
}
