using Farthing.Domain.Money;
using Farthing.Domain.PlanFit;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Domain.Tests.PlanFit;

public sealed class CheapestPlanTests
{
    private static readonly PlanTier Api = new() { Provider = "maker", Name = "api", Label = "API", MonthlyCost = Usd.Zero };

    private static Arbitrary<PlanTiers> AnyTiers { get; } =
        (from prices in Gen.Choose(1, 300).ArrayOf()
         from capacities in Gen.Choose(0, 2_000).ArrayOf(prices.Length)
         from windows in Gen.Elements(Enum.GetValues<CapacityWindow>()).ArrayOf(prices.Length)
         from overages in Gen.Elements(Enum.GetValues<Overage>()).ArrayOf(prices.Length)
         select Tiers([.. prices.Select((price, index) => Seat(price, capacities[index], windows[index], overages[index])).DistinctBy(tier => tier.MonthlyCost)])).ToArbitrary();

    [Theory]
    [InlineData(15, "api_key", 15)]
    [InlineData(20, "api_key", 20)]
    [InlineData(90, "pro", 20)]
    [InlineData(150, "pro", 70)]
    [InlineData(210, "max_5x", 100)]
    [InlineData(600, "max_5x", 200)]
    [InlineData(900, "max_20x", 200)]
    [InlineData(2_500, "max_20x", 700)]
    public void The_tier_that_costs_least_fits_not_the_dearest_below(int monthly, string tier, int cost)
    {
        var fit = new CheapestPlan(PlanTiers.Primer).Fit([Month(monthly)]);

        (fit.Tier.Name, fit.ExpectedCost, fit.Savings).ShouldBe((tier, Ratio.Of(cost), Ratio.Of(monthly - cost)));
    }

    [Theory]
    [InlineData(15)]
    [InlineData(150)]
    [InlineData(900)]
    public void What_is_used_elsewhere_costs_the_same_on_every_tier(int monthly)
    {
        var plans = new CheapestPlan(PlanTiers.Primer);
        var (alone, beside) = (plans.Fit([Month(monthly)]), plans.Fit([Month(monthly) with { Elsewhere = Month(300).Total }]));

        beside.ShouldBe(alone with { ExpectedCost = alone.ExpectedCost + Ratio.Of(300), ExpectedApiCost = alone.ExpectedApiCost + Ratio.Of(300) });
    }

    [Fact]
    public void Break_even_says_when_a_tier_begins_to_pay_and_when_the_next_one_does()
    {
        var fit = new CheapestPlan(PlanTiers.Primer).Fit([Month(90)]);

        (fit.BreakEvenSpend, fit.UpgradeSpend, fit.IsCapacityAssumed).ShouldBe((Ratio.Of(20), Ratio.Of(180), true));
    }

    [Fact]
    public void At_break_even_two_tiers_cost_the_same()
    {
        var (pro, max) = (PlanTiers.Primer.Find("pro").ShouldNotBeNull(), PlanTiers.Primer.Find("max_5x").ShouldNotBeNull());

        var spend = CheapestPlan.BreakEven(pro, max).ShouldNotBeNull();

        new MonthlyUsage(spend.ToUsd()).CostOn(pro).ShouldBe(new MonthlyUsage(spend.ToUsd()).CostOn(max));
    }

    [Fact]
    public void A_seat_that_covers_less_than_it_costs_never_pays() =>
        CheapestPlan.BreakEven(Api, Seat(100, 60)).ShouldBeNull();

    [Fact]
    public void A_tier_that_refuses_usage_is_not_for_who_has_more()
    {
        var tiers = Tiers(Seat(20, 100, CapacityWindow.Month, Overage.Blocked));

        new CheapestPlan(tiers).Fit([Month(100)]).Tier.Name.ShouldBe("seat20");
        new CheapestPlan(tiers).Fit([Month(101)]).Tier.ShouldBe(Api);
        CheapestPlan.BreakEven(Seat(20, 100, CapacityWindow.Month, Overage.Blocked), Seat(50, 200)).ShouldBe(Ratio.Of(100));
    }

    [Fact]
    public void A_tier_of_unknown_capacity_is_never_called_cheapest()
    {
        var tiers = Tiers(Seat(20, 0) with { Capacity = null });

        new CheapestPlan(tiers).Fit([Month(1_000)]).Tier.ShouldBe(Api);
    }

    [Fact]
    public void A_tier_that_covers_everything_costs_its_price()
    {
        var flat = Seat(50, 0) with { Capacity = new(null, CapacityWindow.Month, "vendor") };

        var fit = new CheapestPlan(Tiers(flat)).Fit([Month(5_000)]);

        (fit.Tier, fit.ExpectedCost, fit.UpgradeSpend, fit.IsCapacityAssumed).ShouldBe((flat, Ratio.Of(50), null, false));
    }

    [Fact]
    public void Bursts_use_up_a_weekly_capacity_that_even_usage_does_not()
    {
        var weekly = Seat(20, 30, CapacityWindow.Week);
        var bursts = Month(100) with { Weeks = [Cost(85), Cost(5), Cost(5), Cost(5)] };

        Month(100).CostOn(weekly).ShouldBe(Ratio.Of(20));
        bursts.CostOn(weekly).ShouldBe(Ratio.Of(75));
    }

    [Theory]
    [InlineData("90 80 95", 3, Confidence.High)]
    [InlineData("90 80", 2, Confidence.Medium)]
    [InlineData("90 5 95 91", 3, Confidence.Medium)]
    [InlineData("170 2 2 2", 1, Confidence.Low)]
    [InlineData("90", 1, Confidence.Low)]
    public void Confidence_is_how_often_the_choice_would_have_been_right(string months, int cheapest, Confidence confidence)
    {
        var fit = new CheapestPlan(PlanTiers.Primer).Fit([.. months.Split(' ').Select(month => Month(int.Parse(month, null)))]);

        (fit.Tier.Name, fit.MonthsCheapest, fit.Confidence).ShouldBe(("pro", cheapest, confidence));
    }

    [Fact]
    public void Using_more_never_costs_less() => Laws.Hold(Pairs(), pair =>
    {
        var (tiers, less, more) = pair;
        return new CheapestPlan(tiers).Fit([new(less)]).ExpectedCost <= new CheapestPlan(tiers).Fit([new(less + more)]).ExpectedCost;
    });

    [Fact]
    public void The_cheapest_never_costs_more_than_the_API_or_Primers_choice() => Laws.Hold<ushort[]>(months =>
    {
        MonthlyUsage[] usage = [.. months.Append((ushort)7).Select(dollars => Month(dollars))];
        var fit = new CheapestPlan(PlanTiers.Primer).Fit(usage);
        return fit.ExpectedCost <= fit.ExpectedApiCost
            && PlanTiers.Primer.All.All(tier => Mean(usage, tier) >= fit.ExpectedCost);
    });

    [Fact]
    public void Where_overage_is_paid_using_more_never_saves_less() => Laws.Hold<ushort, ushort>((dollars, more) =>
        new CheapestPlan(PlanTiers.Primer).Fit([Month(dollars)]).Savings <= new CheapestPlan(PlanTiers.Primer).Fit([Month(dollars + more)]).Savings);

    [Fact]
    public void Tiers_have_one_metered_among_them()
    {
        PlanTiers.Of([Seat(20, 100)]).ShouldBeNull();
        PlanTiers.Of([Api, Api with { Name = "other" }]).ShouldBeNull();
        PlanTiers.Of([Api, Seat(20, 100), Seat(20, 200)]).ShouldBeNull();
        PlanTiers.Of([Seat(20, 100), Api])!.All[0].ShouldBe(Api);
    }

    [Fact]
    public void A_tier_is_offered_on_its_days()
    {
        var old = Seat(20, 100) with { To = new(2026, 7, 1) };
        var current = Seat(25, 100) with { From = new(2026, 7, 1) };

        (old.IsOffered(new(2026, 6, 30)), current.IsOffered(new(2026, 6, 30))).ShouldBe((true, false));
        (old.IsOffered(new(2026, 7, 1)), current.IsOffered(new(2026, 7, 1))).ShouldBe((false, true));
    }

    private static Arbitrary<(PlanTiers Tiers, Usd Less, Usd More)> Pairs() =>
        (from tiers in AnyTiers.Generator
         from less in Gen.Choose(0, 400_000)
         from more in Gen.Choose(0, 100_000)
         select (tiers, new Usd(less * Usd.PicodollarsPerCent), new Usd(more * Usd.PicodollarsPerCent))).ToArbitrary();

    private static Ratio Mean(MonthlyUsage[] months, PlanTier tier) =>
        months.Aggregate(Ratio.Zero, (sum, month) => sum + month.CostOn(tier)!.Value) / Ratio.Of(months.Length);

    private static PlanTiers Tiers(params PlanTier[] seats) => PlanTiers.Of([Api, .. seats]).ShouldNotBeNull();

    private static PlanTier Seat(int price, int capacity, CapacityWindow window = CapacityWindow.Month, Overage overage = Overage.ApiPrice) => new()
    {
        Provider = "maker",
        Name = $"seat{price}",
        Label = $"Seat for {price}",
        MonthlyCost = Cost(price),
        Capacity = new(Cost(capacity), window, "vendor"),
        Overage = overage,
    };

    private static MonthlyUsage Month(int dollars) => new(Cost(dollars));

    private static Usd Cost(int dollars) => Usd.FromDecimal(dollars);
}
