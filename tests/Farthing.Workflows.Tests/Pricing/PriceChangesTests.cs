using Farthing.Domain.Pricing;
using Farthing.Workflows.Pricing;

namespace Farthing.Workflows.Tests.Pricing;

/// <summary>What changed in the catalog is what its dated prices say.</summary>
public sealed class PriceChangesTests
{
    private static readonly PriceCatalog Catalog = EmbeddedCatalog.Load();

    [Fact]
    public void Every_price_that_followed_another_is_a_change_from_what_held_until_then()
    {
        var changes = Catalog.Rows.SelectMany(PriceChanges.Of).ToList();

        changes.Count.ShouldBe(Catalog.Rows.Sum(row => row.Periods.Count - 1));
        changes.ShouldNotBeEmpty();
        changes.ShouldAllBe(change => ReferenceEquals(change.Row.PeriodAt(change.At), change.After) && ReferenceEquals(change.Row.PeriodAt(change.At.AddTicks(-1)), change.Before));
    }

    [Fact]
    public void A_change_tells_each_rate_that_is_another_one_and_no_other()
    {
        foreach (var change in Catalog.Rows.SelectMany(PriceChanges.Of))
        {
            foreach (var component in Enum.GetValues<PriceComponent>())
            {
                var (before, after) = (change.Before.Standard?.Rates[component], change.After.Standard?.Rates[component]);
                var told = change.Rates.Where(rate => rate.List == PublishedList.Standard && rate.Component == component).ToList();
                told.Select(rate => (rate.Before, rate.After)).ShouldBe(before == after ? [] : [(before, after)], change.Row.Key);
            }
        }
    }

    [Fact]
    public void The_latest_changes_come_first_and_no_more_than_asked_for()
    {
        var latest = PriceChanges.Latest(Catalog, 5);

        latest.Count.ShouldBe(5);
        latest.Select(change => change.At).ShouldBeInOrder(SortDirection.Descending);
        latest[0].At.ShouldBe(Catalog.Rows.SelectMany(PriceChanges.Of).Max(change => change.At));
    }
}
