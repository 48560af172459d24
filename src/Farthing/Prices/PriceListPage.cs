using Farthing.Domain.Pricing;
using Farthing.Reports;
using Farthing.Workflows.Pricing;
using Spectre.Console;

namespace Farthing.Prices;

/// <summary>A list of prices for people: one line per model, USD per million tokens.</summary>
internal static class PriceListPage
{
    private const string DisputedMark = "!";
    private const string MoreMark = "+";

    /// <summary>Shows the list.</summary>
    public static void Show(CommandContext context, PriceCatalog catalog, IReadOnlyList<PriceAt> prices, DateTimeOffset at)
    {
        var page = new ReportPage(context);
        page.Head("Prices", $"catalog {catalog.Version}", $"{PricePeriod.Write(at)}", "USD per million tokens", DisplayText.Counted(prices.Count, "model"));
        var table = new ReportTable(
        [
            new("Model", Rank: 0) { IsFigure = false, WidthMin = 20 }, new("Input", Rank: 0), new("Cache read", Rank: 1), new("Write 5m", Rank: 2), new("Write 1h", Rank: 3),
            new("Output", Rank: 0), new(string.Empty, Rank: 1) { IsFigure = false, WidthMin = 2 }, new("Read on", Rank: 4) { IsFigure = false }, new("Confidence", Rank: 5) { IsFigure = false },
        ]);
        foreach (var price in prices)
        {
            var rates = price.Rates?.Standard?.Rates;
            table.Add(
                RowKind.Line, new TableCell(price.Row.Key, KeepEnd: true), Rate(rates, PriceComponent.Input), Rate(rates, PriceComponent.CacheRead), Rate(rates, PriceComponent.CacheWrite5m),
                Rate(rates, PriceComponent.CacheWrite1h), Rate(rates, PriceComponent.Output), MarksOf(price), price.Rates?.AsOf ?? string.Empty, price.Rates?.Confidence ?? "no price then");
        }

        table.Show(page.Console);
        page.Console.WriteLine();
        page.Note($"{MoreMark} has tiers for large prompts, service tiers, fast mode, regions or times of day; {DisputedMark} is disputed. 'farthing prices show MODEL' tells all of it.");
    }

    private static string Rate(RateTable? rates, PriceComponent component) => rates?[component]?.PerMillion() ?? string.Empty;

    private static string MarksOf(PriceAt price) =>
        (price.Rates is { } period && HasMore(period) ? MoreMark : string.Empty) + (price.Row.IsDisputed ? DisputedMark : string.Empty);

    private static bool HasMore(PricePeriod period) =>
        period.Standard?.Tiers.Count > 0 || period.Batch is not null || period.Flex is not null || period.Priority is not null || period.HasFast
        || period.Geo.Count > 0 || period.Windows.Count > 0;
}
