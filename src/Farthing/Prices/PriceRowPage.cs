using System.Globalization;
using Farthing.Domain.Pricing;
using Farthing.Explaining;
using Farthing.Reports;
using Farthing.Workflows.Pricing;
using Spectre.Console;

namespace Farthing.Prices;

/// <summary>Everything that the catalog knows about a model, for people.</summary>
/// <param name="context">The streams and the settings.</param>
internal sealed class PriceRowPage(CommandContext context)
{
    private readonly ReportPage page = new(context);

    /// <summary>Shows a row with all of its periods, the present one first.</summary>
    public void Show(PriceRow row, IReadOnlyList<PriceRow> others)
    {
        page.Head(row.Key, row.Name == row.Model ? string.Empty : row.Name, row.Status, row.IsDisputed ? "disputed" : string.Empty);
        var facts = new FactList();
        facts.Add("Ids", string.Join(", ", row.Ids.Prepend(row.Model).Distinct(StringComparer.Ordinal)));
        facts.Add("Moving ids", string.Join(", ", row.IsRolling ? row.RollingIds.Prepend(row.Model) : row.RollingIds));
        facts.Add("Kind", row.Kind);
        facts.Add("Context", row.Context > 0 ? DisplayText.Counted(row.Context, "token") : string.Empty);
        facts.Add("Released", row.Released);
        facts.Add("Retires", row.Retires);
        facts.Add("Profiles", row.Profile is { } profile && profile.Numerator != profile.Denominator ? $"geographic profiles cost ×{profile}" : string.Empty);
        foreach (var conflict in row.Conflicts)
        {
            facts.Add("Conflict", conflict);
        }

        facts.Add("Also at", string.Join(", ", others.Select(static other => other.Key)));
        facts.Show(page.Console);
        foreach (var period in row.Periods.Reverse())
        {
            page.Console.WriteLine();
            Show(period);
        }
    }

    private static string SpanOf(PricePeriod period) => (period.From, period.To) switch
    {
        (null, null) => "From the beginning",
        (null, { } to) => $"Until {PricePeriod.Write(to)}",
        ({ } from, null) => $"From {PricePeriod.Write(from)}",
        ({ } from, { } to) => $"From {PricePeriod.Write(from)} until {PricePeriod.Write(to)}",
    };

    private void Show(PricePeriod period)
    {
        page.Head(SpanOf(period), period.As is null ? "USD per million tokens" : string.Empty);
        if (period.Standard is not null)
        {
            ShowRates(period);
            page.Console.WriteLine();
        }

        var facts = new FactList();
        facts.Add("Means", period.As ?? string.Empty);
        facts.Add("Free", period.IsFree ? "the zero prices are meant" : string.Empty);
        facts.Add("Fast mode", period is { IsFastPriority: true } ? "another name of the priority tier" : string.Empty);
        facts.Add("Regions", string.Join(", ", period.Geo.Select(static geo => $"{geo.Region} ×{geo.Factor}")));
        facts.Add("Web search", period.WebSearch is { } search ? $"{search} USD each" : string.Empty);
        foreach (var window in period.Windows)
        {
            facts.Add("Window", $"{window.Label}: {DaysOf(window)} {string.Join(", ", window.Ranges.Select(RangeOf))} {window.Zone.Id}{(window.Except.Length > 0 ? $", not applied: {window.Except}" : string.Empty)}");
        }

        facts.Add("Promotion", period.Promo);
        facts.Add("Excludes", period.Excludes);
        facts.Add("Note", period.Note);
        facts.Add("Filled", period.Filled.Count > 0 ? $"{string.Join(", ", period.Filled)} from a second source" : string.Empty);
        facts.Add("Source", period.Source);
        facts.Add("Read on", period.AsOf);
        facts.Add("Confidence", period.Confidence);
        facts.Show(page.Console);
    }

    private void ShowRates(PricePeriod period)
    {
        var lists = PublishedList.Of(period).ToList();
        List<ReportColumn> columns = [new("Class", Rank: 0) { IsFigure = false, WidthMin = 14 }];
        columns.AddRange(lists.Select((list, index) => new ReportColumn(list.Name, index)));
        var table = new ReportTable(columns);
        for (var component = PriceComponent.Input; component <= PriceComponent.Reasoning; component++)
        {
            var rates = lists.ConvertAll(list => list.Rates[component]?.PerMillion() ?? string.Empty);
            if (rates.Exists(static rate => rate.Length > 0))
            {
                table.Add(RowKind.Line, [RateTable.NameOf(component).Replace('_', ' '), .. rates]);
            }
        }

        table.Show(page.Console);
    }

    private static string DaysOf(PriceWindow window) =>
        window.Days.Count == 7 ? "every day" : string.Join(", ", window.Days.Select(static day => CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedDayName(day)));

    private static string RangeOf(MinuteRange range) =>
        string.Create(CultureInfo.InvariantCulture, $"{range.StartMinute / 60:00}:{range.StartMinute % 60:00}–{range.EndMinute / 60:00}:{range.EndMinute % 60:00}");
}
