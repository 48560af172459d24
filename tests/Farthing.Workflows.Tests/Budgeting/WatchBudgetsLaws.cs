using Farthing.Domain.Budgets;
using Farthing.Domain.Money;
using Farthing.Workflows.Budgeting;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Workflows.Tests.Budgeting;

public sealed class WatchBudgetsLaws
{
    private static readonly string[] Ids = ["b0", "b1"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>P12: servers look while spend grows and limits are raised, in any order of their steps.</summary>
    [Fact]
    public void Each_threshold_of_a_window_and_an_amount_is_told_once_under_any_interleaving() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20261126, 1).WithEndSize(100),
            Prop.ForAll(Gen.Choose(1, int.MaxValue - 1).ToArbitrary(), IsToldOnce));

    [Fact]
    public async Task All_thresholds_that_spend_jumps_over_are_told_and_the_others_are_not()
    {
        var desk = new BudgetDesk { Spend = 91m };
        desk.Put(desk.Make(BudgetPeriod.Month, 100m, 50, 80, 91, 100));

        (await desk.Watcher().WatchAllAsync(Cancellation)).ShouldBe(2);
        (await desk.Watcher().WatchAllAsync(Cancellation)).ShouldBe(0);

        desk.Told.Select(static mark => mark.Threshold).ShouldBe([50, 80]);
    }

    [Fact]
    public async Task All_budgets_are_watched_however_many_there_are()
    {
        const int Many = 10_001;
        var desk = new BudgetDesk { Spend = 91m };
        for (var number = 0; number < Many; number++)
        {
            desk.Put(desk.Make(BudgetPeriod.Month, 100m, 80));
        }

        (await desk.Watcher().WatchAsync("local", Cancellation)).ShouldBe(Many);
    }

    [Theory]
    [InlineData(BudgetPeriod.Rolling30Days, "are spent in the last 30 days, which is more than 80 %.")]
    [InlineData(BudgetPeriod.Lifetime, "are spent since 2026-11-16, which")]
    [InlineData(BudgetPeriod.Month, "are spent in 2026-11, which")]
    public async Task People_are_told_the_window_in_words(BudgetPeriod period, string words)
    {
        var desk = new BudgetDesk { Spend = 91m };
        desk.Put(desk.Make(period, 100m, 80));

        await desk.Watcher().WatchAsync("local", Cancellation);

        desk.Texts.ShouldHaveSingleItem().ShouldContain(words);
    }

    [Fact]
    public async Task A_new_window_and_another_limit_tell_anew_and_a_limit_that_comes_back_does_not()
    {
        var desk = new BudgetDesk { Spend = 90m };
        var budget = desk.Make(BudgetPeriod.Day, 100m, 80);
        desk.Put(budget);
        (await desk.Watcher().WatchAsync("local", Cancellation)).ShouldBe(1);

        desk.Put(budget with { Amount = Usd.FromDecimal(110m) });
        (await desk.Watcher().WatchAsync("local", Cancellation)).ShouldBe(1);
        desk.Put(budget);
        (await desk.Watcher().WatchAsync("local", Cancellation)).ShouldBe(0);
        desk.Time.Move(TimeSpan.FromDays(1));
        (await desk.Watcher().WatchAsync("local", Cancellation)).ShouldBe(1);

        desk.Told.ShouldBeUnique();
    }

    [Fact]
    public async Task A_rolling_window_tells_again_only_after_spend_has_fallen()
    {
        var desk = new BudgetDesk { Spend = 90m };
        desk.Put(desk.Make(BudgetPeriod.Rolling30Days, 100m, 80));

        (await desk.Watcher().WatchAsync("local", Cancellation)).ShouldBe(1);
        desk.Time.Move(TimeSpan.FromDays(1));
        (await desk.Watcher().WatchAsync("local", Cancellation)).ShouldBe(0);
        desk.Spend = 70m;
        (await desk.Watcher().WatchAsync("local", Cancellation)).ShouldBe(0);
        desk.Spend = 90m;
        (await desk.Watcher().WatchAsync("local", Cancellation)).ShouldBe(1);
    }

    private static bool IsToldOnce(int seed)
    {
        var turns = new Interleaving(seed);
        var desk = new BudgetDesk(turns);
        desk.Put(desk.Make(BudgetPeriod.Month, 100m, 50, 80, 100));
        desk.Put(desk.Make(BudgetPeriod.Month, 300m, 10));
        var watchers = Enumerable.Range(0, 4).Select(async _ =>
        {
            for (var look = 0; look < 3; look++)
            {
                await desk.Watcher().WatchAsync("local", Cancellation);
            }
        }).ToList();
        turns.Run([.. watchers, SpendAsync(desk, turns)]);

        // Once more when all is quiet: nothing that is passed was missed.
        turns.Run([desk.Watcher().WatchAsync("local", Cancellation)]);
        var passed = Passed(desk);
        return desk.Told.Distinct().Count() == desk.Told.Count && passed.All(desk.Told.Contains);
    }

    private static async Task SpendAsync(BudgetDesk desk, Interleaving turns)
    {
        for (var step = 0; step < 12; step++)
        {
            await turns.TurnAsync();
            desk.Spend += turns.Next(25);
            if (turns.Next(4) == 0)
            {
                var budget = desk.Get("b0");
                desk.Put(budget with { Amount = budget.Amount + Usd.FromDecimal(20m) });
            }
        }
    }

    private static IEnumerable<BudgetMark> Passed(BudgetDesk desk) =>
        from id in Ids
        let budget = desk.Get(id)
        let used = Ratio.FromDecimal(desk.Spend) * Ratio.Of(100) / Ratio.Dollars(budget.Amount)
        from threshold in BudgetThresholds.ToFire(used, budget.Thresholds, [])
        select new BudgetMark("local", id, "2026-11", threshold, budget.Amount);
}
