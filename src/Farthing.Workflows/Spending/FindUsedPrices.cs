using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Workflows.Access;

namespace Farthing.Workflows.Spending;

/// <summary>A price that calls are made at.</summary>
/// <param name="Row">The row of the catalog.</param>
/// <param name="Models">The models as calls name them.</param>
/// <param name="Calls">How many calls.</param>
/// <param name="Cost">What they cost; estimates are left out.</param>
public sealed record UsedPrice(PriceRow Row, IReadOnlyList<string> Models, long Calls, Usd Cost);

/// <summary>Finds the prices that matter to somebody: those of the models that they use.</summary>
public sealed class FindUsedPrices(ISpendQueries spend, Rater rater)
{
    /// <summary>The most prices that are told; they are those that cost most.</summary>
    public const int PricesMax = 50;

    private static readonly SpendDimension[] ByModel = [SpendDimension.Provider, SpendDimension.Model];

    /// <summary>Finds them, the one that cost most first.</summary>
    /// <param name="within">What may be seen.</param>
    /// <param name="zone">Whose days.</param>
    /// <param name="since">Calls before this day are not looked at.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<UsedPrice>> FindAsync(Scope within, TimeZoneInfo zone, DateOnly since, CancellationToken cancellationToken)
    {
        var query = new SpendQuery { Within = within, Zone = zone, Since = since, GroupBy = ByModel, ByDay = false, CostOnly = true };
        return
        [
            .. (await spend.SpendAsync(query, cancellationToken))
                .GroupBy(row => rater.Resolve(row.Provider, row.Model).Row?.Key ?? string.Empty, StringComparer.Ordinal)
                .Where(static price => price.Key.Length > 0)
                .Select(price => Sum(rater.Catalog.Find(price.Key)!, price))
                .OrderByDescending(static price => price.Cost).ThenByDescending(static price => price.Calls).ThenBy(static price => price.Row.Key, StringComparer.Ordinal)
                .Take(PricesMax),
        ];
    }

    private static UsedPrice Sum(PriceRow priced, IEnumerable<SpendRow> rows)
    {
        var (sum, models) = (default(SpendSum), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var row in rows)
        {
            sum += SpendSum.Of(row);
            models.Add(row.Model);
        }

        return new(priced, [.. models], sum.Calls, sum.Cost);
    }
}
