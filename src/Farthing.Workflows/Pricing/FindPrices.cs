using Farthing.Domain.Pricing;

namespace Farthing.Workflows.Pricing;

/// <summary>A row of the catalog with the period that holds at a time.</summary>
/// <param name="Row">The row.</param>
/// <param name="Period">Its period; null before its first.</param>
/// <param name="Priced">The row that has the rates: another one while a moving name means it.</param>
/// <param name="Rates">The period with the rates; null when none holds.</param>
public sealed record PriceAt(PriceRow Row, PricePeriod? Period, PriceRow Priced, PricePeriod? Rates);

/// <summary>What a name of a model leads to.</summary>
/// <param name="Row">The row that prices it when nothing else is known of a call; null when there is none.</param>
/// <param name="Others">Rows of other providers that answer to the same name.</param>
public sealed record PricesOfModel(PriceRow? Row, IReadOnlyList<PriceRow> Others);

/// <summary>Looks prices up for people: lists, and everything about one model.</summary>
public static class FindPrices
{
    /// <summary>The rows whose key, name or ids contain a text, with what holds at a time.</summary>
    /// <param name="catalog">The prices.</param>
    /// <param name="provider">Only this provider, by any of its names; null for all.</param>
    /// <param name="text">The text, whatever its case; null for all.</param>
    /// <param name="at">The time.</param>
    public static IReadOnlyList<PriceAt> List(PriceCatalog catalog, string? provider, string? text, DateTimeOffset at)
    {
        var seller = provider is null ? null : catalog.ProviderOf(provider)?.Id ?? provider;
        return
        [
            .. catalog.Rows
                .Where(row => (seller is null || row.Provider == seller) && (text is null || Names(row).Any(name => name.Contains(text, StringComparison.OrdinalIgnoreCase))))
                .OrderBy(row => row.Key, StringComparer.Ordinal)
                .Select(row => At(catalog, row, at)),
        ];
    }

    /// <summary>What holds for a row at a time.</summary>
    public static PriceAt At(PriceCatalog catalog, PriceRow row, DateTimeOffset at)
    {
        var period = row.PeriodAt(at);
        var priced = period?.As is { } key ? catalog.Find(key) ?? row : row;
        return new(row, period, priced, ReferenceEquals(priced, row) ? period : priced.PeriodAt(at));
    }

    /// <summary>The rows of a model: by key, by exact id, or by what the resolver makes of the name.</summary>
    public static PricesOfModel Of(PriceCatalog catalog, string name)
    {
        var lower = name.ToLowerInvariant();
        if (catalog.Find(lower) is { } exact)
        {
            return new(exact, [.. SameName(catalog, exact.Model).Where(row => !ReferenceEquals(row, exact))]);
        }

        var named = SameName(catalog, lower);
        var row = ModelResolver.Resolve(catalog, string.Empty, name).Row ?? (named.Count > 0 ? named[0] : null);
        return new(row, [.. named.Where(other => !ReferenceEquals(other, row))]);
    }

    private static IReadOnlyList<PriceRow> SameName(PriceCatalog catalog, string lowerId) =>
        [.. catalog.Rows.Where(row => row.Model == lowerId || row.Ids.Contains(lowerId, StringComparer.OrdinalIgnoreCase)).OrderBy(row => row.Key, StringComparer.Ordinal)];

    private static IEnumerable<string> Names(PriceRow row) => row.Ids.Prepend(row.Name).Prepend(row.Key);
}
