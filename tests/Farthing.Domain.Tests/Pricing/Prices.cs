using Farthing.Domain.Money;
using Farthing.Domain.Pricing;

namespace Farthing.Domain.Tests.Pricing;

/// <summary>Small catalogs with invented prices.</summary>
internal static class Prices
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 18, 12, 0, 0, TimeSpan.Zero);

    public static readonly PriceProvider Maker = new() { Id = "maker", Families = ["model"], WebSearch = new(10_000_000_000_000) };

    public static PriceCatalog Catalog(params PriceRow[] rows)
    {
        var (catalog, refusal) = Compile(rows);
        refusal.ShouldBeNull();
        return catalog.ShouldNotBeNull();
    }

    public static string Refusal(params PriceRow[] rows)
    {
        var (catalog, refusal) = Compile(rows);
        catalog.ShouldBeNull();
        refusal.ShouldNotBeNull().ShouldNotContain('\n');
        return refusal;
    }

    public static PriceRow Row(string key, params PricePeriod[] periods) => new() { Key = key, Periods = periods };

    public static PricePeriod Period(PriceList list) => new() { Standard = list, Source = "invented", AsOf = "2026-11-18", Confidence = "api" };

    public static PriceList List(string input, string output, params (PriceComponent Component, string Price)[] more) => new(Table(input, output, more), []);

    public static RateTable Table(string input, string output, params (PriceComponent Component, string Price)[] more)
    {
        var rates = new long[RateTable.ComponentCount];
        Array.Fill(rates, RateTable.Unlisted);
        foreach (var (component, price) in more.Append((PriceComponent.Input, input)).Append((PriceComponent.Output, output)))
        {
            Rate.TryParsePerMillion(price, out var rate).ShouldBeTrue();
            rates[(int)component] = rate.Femtodollars;
        }

        return new(rates);
    }

    public static Factor Factor(string text)
    {
        Domain.Pricing.Factor.TryParse(text, out var factor).ShouldBeTrue();
        return factor;
    }

    private static CatalogReading Compile(PriceRow[] rows) => PriceCatalog.Compile(new()
    {
        Version = "test",
        Providers = [Maker, new() { Id = "host", Spellings = ["the-host"] }],
        Rows = rows,
    });
}
