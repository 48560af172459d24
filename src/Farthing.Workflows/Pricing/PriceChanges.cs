using Farthing.Domain.Money;
using Farthing.Domain.Pricing;

namespace Farthing.Workflows.Pricing;

/// <summary>A rate that is another one than before.</summary>
/// <param name="List">The table that it stands in, see <see cref="PublishedList"/>.</param>
/// <param name="Component">What it prices.</param>
/// <param name="Before">The rate before; null when there was none.</param>
/// <param name="After">The rate since; null when there is none any more.</param>
public readonly record struct RateChange(string List, PriceComponent Component, Rate? Before, Rate? After);

/// <summary>A day on which a price of the catalog became another one.</summary>
/// <param name="Row">Whose price.</param>
/// <param name="Before">What held before.</param>
/// <param name="After">What holds since.</param>
public sealed record PriceChange(PriceRow Row, PricePeriod Before, PricePeriod After)
{
    /// <summary>When.</summary>
    public DateTimeOffset At => After.From ?? DateTimeOffset.MinValue;

    /// <summary>What a moving name means since, where that is another model than before; null where it is not.</summary>
    public string? MeansNow => After.As is { } target && target != Before.As ? target : null;

    /// <summary>The rates that changed; none where something else did, such as a region or a source.</summary>
    public IReadOnlyList<RateChange> Rates
    {
        get
        {
            var (before, after) = (RatesOf(Before), RatesOf(After));
            return
            [
                .. before.Keys.Union(after.Keys)
                    .Select(key => new RateChange(key.List, key.Component, Of(before, key), Of(after, key)))
                    .Where(static change => change.Before != change.After),
            ];
        }
    }

    private static Dictionary<(string List, PriceComponent Component), Rate> RatesOf(PricePeriod period)
    {
        var rates = new Dictionary<(string, PriceComponent), Rate>();
        foreach (var list in PublishedList.Of(period))
        {
            foreach (var (component, rate) in list.Rates.Listed)
            {
                rates[(list.Name, component)] = rate;
            }
        }

        return rates;
    }

    private static Rate? Of(Dictionary<(string List, PriceComponent Component), Rate> rates, (string List, PriceComponent Component) key) =>
        rates.TryGetValue(key, out var rate) ? rate : null;
}

/// <summary>Tells which prices of a catalog became others, and when.</summary>
public static class PriceChanges
{
    /// <summary>The changes of a row, the latest first.</summary>
    public static IEnumerable<PriceChange> Of(PriceRow row) =>
        row.Periods.Zip(row.Periods.Skip(1), (before, after) => new PriceChange(row, before, after)).Reverse();

    /// <summary>The latest changes of a catalog, those to come included.</summary>
    /// <param name="catalog">The prices.</param>
    /// <param name="limit">At most so many.</param>
    public static IReadOnlyList<PriceChange> Latest(PriceCatalog catalog, int limit) =>
    [
        .. catalog.Rows.SelectMany(Of)
            .OrderByDescending(static change => change.At)
            .ThenBy(static change => change.Row.Key, StringComparer.Ordinal)
            .Take(limit),
    ];
}
