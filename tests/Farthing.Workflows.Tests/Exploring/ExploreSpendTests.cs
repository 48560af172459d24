using Farthing.Domain.Money;
using Farthing.Domain.Usage;
using Farthing.Testing;
using Farthing.Workflows.Access;
using Farthing.Workflows.Exploring;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Tests.Exploring;

/// <summary>Views of spend, whose lines add up however they are cut.</summary>
public sealed class ExploreSpendTests
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(SampleSpend.Now.DateTime);

    private static readonly ExploreRequest Wide = new()
    {
        Within = new(Dimensions.LocalOrg, ScopeReach.Org, string.Empty), First = Today.AddDays(-70), Last = Today, By = [SpendDimension.Model],
    };

    /// <summary>Views of one to three levels, of few and of many groups, by every figure.</summary>
    public static TheoryData<int, SpendMetric, int> Views
    {
        get
        {
            var views = new TheoryData<int, SpendMetric, int>();
            foreach (var metric in Enum.GetValues<SpendMetric>())
            {
                for (var levels = 1; levels <= ExploreRequest.LevelsMax; levels++)
                {
                    views.Add(levels, metric, levels == 2 ? 2 : ExploreRequest.UsualTop);
                }
            }

            return views;
        }
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Lines_add_up_to_the_line_above_them_and_to_the_total_and_each_is_shown_as_its_own_page_shows_it(int levels, SpendMetric show, int top)
    {
        var by = new[] { SpendDimension.Project, SpendDimension.Branch, SpendDimension.Model }.Take(levels).ToList();

        var view = await ExploreAsync(Wide with { By = by, Show = show, Top = top });

        AddsUp(view, view.Lines, 0, view.Total);
        view.Lines.Max(line => line.Level).ShouldBe(levels - 1);
        view.Lines.Where(line => line.Level == 0).Aggregate(view.ShownRest, static (sum, line) => sum + line.ShownCost).ShouldBe(view.ShownTotal);
    }

    [Fact]
    public async Task Series_add_up_to_the_total_whatever_is_drawn_and_however_time_is_cut()
    {
        foreach (var by in SpendFilter.Choices)
        {
            foreach (var grain in new[] { TimeGrain.Day, TimeGrain.Week, TimeGrain.Month })
            {
                var view = await ExploreAsync(Wide with { By = [by], Grain = grain });

                view.Series.Count.ShouldBeLessThanOrEqualTo(ExploreSpend.DrawnMax + 1);
                view.Series.Aggregate((Int128)0, (sum, series) => series.Values.Aggregate(sum, static (all, value) => all + value)).ShouldBe(view.Total.Cost.Picodollars);
            }
        }
    }

    [Fact]
    public async Task Beyond_the_largest_there_is_one_line_for_all_others()
    {
        var all = await ExploreAsync(Wide);
        var few = await ExploreAsync(Wide with { Top = 3 });

        few.Lines.Count.ShouldBe(4);
        few.Lines[^1].Others.ShouldBe(all.Lines.Count - 3);
        few.Lines[^1].Path.ShouldBeEmpty();
        few.Lines.Take(3).Select(line => line.Name).ShouldBe(all.Lines.Take(3).Select(line => line.Name));
        (await ExploreAsync(Wide with { Top = all.Lines.Count - 1 })).Lines.ShouldAllBe(line => line.Others == 0, "A single other one has its own line.");
    }

    [Fact]
    public async Task Lines_come_in_the_order_that_was_asked_for()
    {
        (await ExploreAsync(Wide with { Sort = SpendMetric.Calls })).Lines.Select(line => line.Sum.Calls).ShouldBeInOrder(SortDirection.Descending);
        (await ExploreAsync(Wide with { Sort = SpendMetric.Calls, IsReversed = true })).Lines.Select(line => line.Sum.Calls).ShouldBeInOrder(SortDirection.Ascending);
        (await ExploreAsync(Wide with { Sort = null })).Lines.Select(line => line.Name).ShouldBeInOrder(SortDirection.Ascending, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Only_what_all_filters_let_through_is_shown_and_nothing_is_no_failure()
    {
        var codex = await ExploreAsync(Wide with { Only = [new(SpendDimension.Agent, ["codex"])] });
        var none = await ExploreAsync(Wide with { Only = [new(SpendDimension.Agent, ["codex"]), new(SpendDimension.Model, ["claude-sonnet-5"])] });

        codex.Lines.Select(line => line.Name).ShouldBe(["gpt-5.5", "gpt-5.3-codex"], ignoreOrder: true);
        none.Lines.ShouldBeEmpty();
        none.Series.ShouldBeEmpty();
        none.Total.Calls.ShouldBe(0);
    }

    [Theory]
    [InlineData(null, 1, TimeGrain.Whole)]
    [InlineData(null, 30, TimeGrain.Day)]
    [InlineData(null, 90, TimeGrain.Week)]
    [InlineData(null, 365, TimeGrain.Month)]
    [InlineData(TimeGrain.Day, 400, TimeGrain.Day)]
    [InlineData(TimeGrain.Day, 401, TimeGrain.Week)]
    [InlineData(TimeGrain.Week, 3_660, TimeGrain.Month)]
    [InlineData(TimeGrain.Whole, 3_660, TimeGrain.Whole)]
    public void Time_is_cut_into_a_bounded_number_of_periods(TimeGrain? asked, int days, TimeGrain grain) => TimeGrains.Suiting(asked, days).ShouldBe(grain);

    private static void AddsUp(Exploration view, IReadOnlyList<ExploredLine> lines, int level, SpendSum whole)
    {
        var own = lines.Where(line => line.Level == level).ToList();
        own.Aggregate(default(SpendSum), static (sum, line) => sum + line.Sum).ShouldBe(whole);
        own.ShouldAllBe(line => line.ShownCost == Rounding.ToCent(line.Sum.Cost));
        own.ShouldAllBe(line => line.Permille == PermilleOf(view, line));
        foreach (var line in own.Where(line => line.Others == 0 && level + 1 < view.Request.By.Count))
        {
            var below = lines.SkipWhile(one => !ReferenceEquals(one, line)).Skip(1).TakeWhile(one => one.Level > level).ToList();
            AddsUp(view, below, level + 1, line.Sum);
        }
    }

    private static decimal PermilleOf(Exploration view, ExploredLine line)
    {
        var (part, whole) = ((decimal)view.Request.Show.Of(line.Sum), (decimal)view.Request.Show.Of(view.Total));
        return whole > 0 ? decimal.Round(part * 1_000 / whole, 0, MidpointRounding.ToEven) : 0;
    }

    private static Task<Exploration> ExploreAsync(ExploreRequest request)
    {
        var people = new FewPeople();
        var explore = new ExploreSpend(new MemorySpend(SampleSpend.Calls()), new(people, people, people), new(TimeZoneInfo.Utc, new ManualTime(SampleSpend.Now)));
        return explore.ExploreAsync(request, TestContext.Current.CancellationToken);
    }
}
