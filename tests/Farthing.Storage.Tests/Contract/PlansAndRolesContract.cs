using Farthing.Domain.Caching;
using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Tests.Contract;

/// <summary>What every store answers about plans, roles and what caches saved.</summary>
public abstract class PlansAndRolesContract
{
    private static readonly SpendQuery All = new() { Zone = TimeZoneInfo.Utc, ByDay = false };

    [Fact]
    public async Task Spend_is_grouped_by_plan_and_by_role()
    {
        await using var store = await CreateWithCallsAsync();

        var plans = await store.SpendAsync(All with { GroupBy = [SpendDimension.Plan] });
        var roles = await store.SpendAsync(All with { GroupBy = [SpendDimension.Role, SpendDimension.Plan] });

        plans.Where(row => row.Status == PricingStatus.Exact).Select(row => $"{row.Plan}|{row.Role}|{row.Calls}").ShouldBe(["||1", "checkout||3", "other||1"]);
        roles.Where(row => row.Plan == "checkout").Select(row => $"{row.Role} {row.Calls}").ShouldBe(["coder 1", "planner 2"]);
    }

    [Fact]
    public async Task One_plan_can_be_asked_for_by_its_whole_name()
    {
        await using var store = await CreateWithCallsAsync();

        (await store.SpendAsync(All with { Plan = "checkout" })).ShouldHaveSingleItem().Calls.ShouldBe(3);
        (await store.SpendAsync(All with { Plan = "check" })).ShouldBeEmpty();
        (await store.Spending.CallsAsync(All with { Plan = "other" }, StoreUnderTest.Cancellation).ToListAsync(StoreUnderTest.Cancellation))
            .ShouldHaveSingleItem().Usage.Dimensions.Plan.ShouldBe("other");
    }

    [Fact]
    public async Task Cache_savings_are_exact_at_each_calls_own_rates_and_leave_estimates_out()
    {
        await using var store = await CreateWithCallsAsync();

        // (3.000000000 − 0.300000123) dollars a million, 2 × 10 cached tokens a call: 53.99999754 microdollars.
        (await Savings(All with { Plan = "checkout" })).ShouldBe(Usd.FromFemtodollars(3 * 20 * 2_699_999_877L));
        (await Savings(All)).ShouldBe(Usd.FromFemtodollars(5 * 20 * 2_699_999_877L));
        (await Savings(All with { Since = new(2026, 3, 5) })).ShouldBe(Usd.FromFemtodollars(20 * 2_699_999_877L));
        (await Savings(All with { Org = "nobody" })).ShouldBe(Usd.Zero);

        Task<Usd> Savings(SpendQuery query) => SavingsAsync(store, query);
    }

    [Theory]
    [InlineData("Asia/Kathmandu")]
    [InlineData("UTC")]
    public async Task Cache_savings_of_a_day_follow_the_zone_of_the_query(string zone)
    {
        await using var store = await CreateWithCallsAsync();
        var query = All with { Zone = TimeZoneInfo.FindSystemTimeZoneById(zone), Since = new(2026, 3, 4), Until = new(2026, 3, 4) };
        var read = default(CacheSums);
        await foreach (var call in store.Spending.CallsAsync(query, StoreUnderTest.Cancellation))
        {
            read += CacheSums.Of(call.Rating.Card, call.Usage.Tokens);
        }

        (await SavingsAsync(store, query)).ShouldBe(read.Priced.GrossSavings);
    }

    protected abstract StoreUnderTest Create();

    private static async Task<Usd> SavingsAsync(StoreUnderTest store, SpendQuery query)
    {
        var sums = default(CacheSums);
        foreach (var row in await store.SpendAsync(query with { GroupBy = [SpendDimension.RateCard], ByDay = false }))
        {
            sums += CacheSums.Of(row.Card!, row.Tokens);
        }

        return sums.Priced.GrossSavings;
    }

    private async Task<StoreUnderTest> CreateWithCallsAsync()
    {
        var store = Create();
        await store.AppendAsync(
            new InventedCall { Key = "1", Plan = "checkout", Role = "planner" },
            new InventedCall { Key = "2", Plan = "checkout", Role = "planner", At = InventedCall.Noon.AddHours(8) },
            new InventedCall { Key = "3", Plan = "checkout", Role = "coder", Model = "model-b" },
            new InventedCall { Key = "4", Plan = "other", Role = "planner", At = InventedCall.Noon.AddDays(1) },
            new InventedCall { Key = "5" },
            new InventedCall { Key = "6", Model = "unknown", Status = PricingStatus.Fallback });
        return store;
    }
}
