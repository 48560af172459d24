using System.Globalization;
using Farthing.Domain.Money;
using Farthing.Domain.Pricing;

namespace Farthing.Workflows.Pricing;

/// <summary>Reads the rows of a catalog. Strings that repeat from row to row (sources, days) are shared.</summary>
internal sealed class PriceRowJson
{
    private static readonly string[] InstantForms = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ssZ"];

    private readonly long[] buffer = new long[RateTable.ComponentCount];
    private string source = string.Empty;
    private string asOf = string.Empty;
    private string confidence = string.Empty;
    private string status = string.Empty;

    /// <summary>Reads the list of rows.</summary>
    public List<PriceRow> ReadAll(ref CatalogCursor cursor)
    {
        var rows = new List<PriceRow>();
        cursor.List();
        while (cursor.NextObject())
        {
            cursor.Where = $"row {rows.Count + 1}";
            rows.Add(ReadRow(ref cursor));
        }

        cursor.Where = "the catalog";
        return rows;
    }

    private PriceRow ReadRow(ref CatalogCursor cursor)
    {
        var draft = new RowDraft();
        while (cursor.Member())
        {
            if (cursor.Is("key"u8)) cursor.Where = draft.Key = cursor.Text();
            else if (cursor.Is("name"u8)) draft.Name = cursor.Text();
            else if (cursor.Is("ids"u8)) draft.Ids = cursor.Texts();
            else if (cursor.Is("rolling_ids"u8)) draft.RollingIds = cursor.Texts();
            else if (cursor.Is("rolling"u8)) draft.IsRolling = cursor.Flag();
            else if (cursor.Is("profile"u8)) draft.Profile = cursor.Factor("profile");
            else if (cursor.Is("status"u8)) draft.Status = cursor.Text(ref status);
            else if (cursor.Is("prices"u8)) draft.Periods = ReadPeriods(ref cursor);
            else ReadRemark(ref cursor, draft);
        }

        return draft.ToRow();
    }

    private static void ReadRemark(ref CatalogCursor cursor, RowDraft draft)
    {
        if (cursor.Is("released"u8)) draft.Released = cursor.Text();
        else if (cursor.Is("retires"u8)) draft.Retires = cursor.Text();
        else if (cursor.Is("context"u8)) draft.Context = cursor.Integer();
        else if (cursor.Is("kind"u8)) draft.Kind = cursor.Text();
        else if (cursor.Is("disputed"u8)) draft.IsDisputed = cursor.Flag();
        else if (cursor.Is("conflicts"u8)) draft.Conflicts = cursor.Texts();
        else throw cursor.Unknown();
    }

    private PricePeriod[] ReadPeriods(ref CatalogCursor cursor)
    {
        var periods = new List<PricePeriod>(1);
        cursor.List();
        while (cursor.NextObject())
        {
            periods.Add(ReadPeriod(ref cursor));
        }

        return [.. periods];
    }

    private PricePeriod ReadPeriod(ref CatalogCursor cursor)
    {
        var draft = new PeriodDraft();
        while (cursor.Member())
        {
            if (cursor.Is("rates"u8)) draft.Rates = ReadRates(ref cursor);
            else if (cursor.Is("source"u8)) draft.Source = cursor.Text(ref source);
            else if (cursor.Is("as_of"u8)) draft.AsOf = cursor.Text(ref asOf);
            else if (cursor.Is("confidence"u8)) draft.Confidence = cursor.Text(ref confidence);
            else if (cursor.Is("tiers"u8)) draft.Tiers = ReadTiers(ref cursor);
            else if (cursor.Is("units"u8)) draft.WebSearch = ReadWebSearch(ref cursor);
            else if (cursor.Is("from"u8)) draft.From = ReadInstant(ref cursor);
            else if (cursor.Is("to"u8)) draft.To = ReadInstant(ref cursor);
            else if (cursor.Is("as"u8)) draft.As = cursor.Text();
            else if (cursor.Is("fast"u8)) ReadFast(ref cursor, draft);
            else if (cursor.Is("service_tiers"u8)) ReadServiceTiers(ref cursor, draft);
            else if (cursor.Is("geo"u8)) draft.Geo = ReadGeo(ref cursor);
            else if (cursor.Is("windows"u8)) draft.Windows = ReadWindows(ref cursor);
            else ReadRemark(ref cursor, draft);
        }

        return draft.ToPeriod();
    }

    private static void ReadRemark(ref CatalogCursor cursor, PeriodDraft draft)
    {
        if (cursor.Is("filled"u8)) draft.Filled = cursor.Texts();
        else if (cursor.Is("free"u8)) draft.IsFree = cursor.Flag();
        else if (cursor.Is("note"u8)) draft.Note = cursor.Text();
        else if (cursor.Is("promo"u8)) draft.Promo = cursor.Text();
        else if (cursor.Is("excludes"u8)) draft.Excludes = cursor.Text();
        else throw cursor.Unknown();
    }

    private static DateTimeOffset ReadInstant(ref CatalogCursor cursor)
    {
        var text = cursor.Text();
        return DateTimeOffset.TryParseExact(
            text, InstantForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : throw cursor.Refuse($"'{text}' is neither a day nor an instant in UTC");
    }

    private RateTable ReadRates(ref CatalogCursor cursor)
    {
        for (var index = 0; index < buffer.Length; index++)
        {
            buffer[index] = RateTable.Unlisted;
        }

        cursor.Object();
        while (cursor.Member())
        {
            var component = ReadComponent(ref cursor);
            var name = RateTable.NameOf(component);
            buffer[(int)component] = buffer[(int)component] == RateTable.Unlisted
                ? cursor.PerMillion(name).Femtodollars
                : throw cursor.Refuse($"{name} is listed twice");
        }

        return new(buffer);
    }

    private static PriceComponent ReadComponent(ref CatalogCursor cursor)
    {
        if (cursor.Is("input"u8)) return PriceComponent.Input;
        if (cursor.Is("output"u8)) return PriceComponent.Output;
        if (cursor.Is("cache_read"u8)) return PriceComponent.CacheRead;
        if (cursor.Is("cache_write_5m"u8)) return PriceComponent.CacheWrite5m;
        if (cursor.Is("cache_write_1h"u8)) return PriceComponent.CacheWrite1h;
        return RateTable.TryParseComponent(cursor.Name(), out var other)
            ? other
            : throw cursor.Refuse($"'{cursor.Name()}' is not a price component");
    }

    private List<ContextTier> ReadTiers(ref CatalogCursor cursor)
    {
        var tiers = new List<ContextTier>();
        cursor.List();
        while (cursor.NextObject())
        {
            var (threshold, inclusive) = (0L, false);
            RateTable? rates = null;
            while (cursor.Member())
            {
                if (cursor.Is("over"u8)) (threshold, inclusive) = (cursor.Integer(), false);
                else if (cursor.Is("at_least"u8)) (threshold, inclusive) = (cursor.Integer(), true);
                else if (cursor.Is("rates"u8)) rates = ReadRates(ref cursor);
                else if (!cursor.Is("scope"u8)) throw cursor.Unknown();
                else if (cursor.Text() is not "whole_request" and var scope) throw cursor.Refuse($"a context tier of scope '{scope}' is not supported");
            }

            tiers.Add(new(threshold, inclusive, rates ?? throw cursor.Refuse("a context tier has no rates")));
        }

        return tiers;
    }

    private void ReadServiceTiers(ref CatalogCursor cursor, PeriodDraft draft)
    {
        cursor.Object();
        while (cursor.Member())
        {
            var name = cursor.Name();
            cursor.Object();
            var list = ReadList(ref cursor, name);
            switch (name)
            {
                case "batch":
                    draft.Batch = list;
                    break;
                case "flex":
                    draft.Flex = list;
                    break;
                case "priority":
                    draft.Priority = list;
                    break;
                default:
                    throw cursor.Refuse($"'{name}' is not a service tier");
            }
        }
    }

    private void ReadFast(ref CatalogCursor cursor, PeriodDraft draft)
    {
        if (cursor.ComesText())
        {
            draft.IsFastPriority = cursor.Text() == "priority" ? true : throw cursor.Refuse("fast is a price list or the word priority");
        }
        else
        {
            cursor.Object();
            draft.Fast = ReadList(ref cursor, "fast");
        }
    }

    private PriceList ReadList(ref CatalogCursor cursor, string name)
    {
        RateTable? rates = null;
        IReadOnlyList<ContextTier> tiers = [];
        while (cursor.Member())
        {
            if (cursor.Is("rates"u8)) rates = ReadRates(ref cursor);
            else if (cursor.Is("tiers"u8)) tiers = ReadTiers(ref cursor);
            else throw cursor.Unknown();
        }

        return new(rates ?? throw cursor.Refuse($"{name} has no rates"), tiers);
    }

    private static List<GeoFactor> ReadGeo(ref CatalogCursor cursor)
    {
        var factors = new List<GeoFactor>();
        cursor.Object();
        while (cursor.Member())
        {
            factors.Add(new(cursor.Name(), cursor.Factor("geo")));
        }

        return factors;
    }

    private static Rate ReadWebSearch(ref CatalogCursor cursor)
    {
        Rate? price = null;
        cursor.Object();
        while (cursor.Member())
        {
            price = cursor.Is("web_search"u8) ? CatalogFile.ReadUnit(ref cursor, "web_search") : throw cursor.Unknown();
        }

        return price ?? throw cursor.Refuse("units are empty");
    }

    private List<PriceWindow> ReadWindows(ref CatalogCursor cursor)
    {
        var windows = new List<PriceWindow>();
        cursor.List();
        while (cursor.NextObject())
        {
            windows.Add(ReadWindow(ref cursor));
        }

        return windows;
    }

    private PriceWindow ReadWindow(ref CatalogCursor cursor)
    {
        var (label, except) = (string.Empty, string.Empty);
        TimeZoneInfo? zone = null;
        DayOfWeek[] days = [];
        var ranges = new List<MinuteRange>();
        RateTable? rates = null;
        while (cursor.Member())
        {
            if (cursor.Is("label"u8)) label = cursor.Text();
            else if (cursor.Is("except"u8)) except = cursor.Text();
            else if (cursor.Is("tz"u8)) zone = ReadZone(ref cursor);
            else if (cursor.Is("days"u8)) days = ReadDays(ref cursor);
            else if (cursor.Is("ranges"u8)) ranges = ReadRanges(ref cursor);
            else if (cursor.Is("rates"u8)) rates = ReadRates(ref cursor);
            else throw cursor.Unknown();
        }

        return zone is not null && rates is not null && days.Length > 0 && ranges.Count > 0
            ? new() { Label = label, Except = except, Zone = zone, Days = days, Ranges = ranges, Rates = rates }
            : throw cursor.Refuse($"the window '{label}' lacks its time zone, days, ranges or rates");
    }

    private static TimeZoneInfo ReadZone(ref CatalogCursor cursor)
    {
        var name = cursor.Text();
        if (name == "UTC")
        {
            return TimeZoneInfo.Utc;
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : throw cursor.Refuse($"there is no time zone '{name}'");
    }

    private static DayOfWeek[] ReadDays(ref CatalogCursor cursor)
    {
        var names = cursor.Texts();
        var days = new DayOfWeek[names.Length];
        for (var index = 0; index < days.Length; index++)
        {
            var day = Array.IndexOf(["sun", "mon", "tue", "wed", "thu", "fri", "sat"], names[index]);
            days[index] = day >= 0 ? (DayOfWeek)day : throw cursor.Refuse($"'{names[index]}' is not a day of the week");
        }

        return days;
    }

    private static List<MinuteRange> ReadRanges(ref CatalogCursor cursor)
    {
        var ranges = new List<MinuteRange>();
        foreach (var pair in cursor.Pairs())
        {
            var (from, to) = (pair[0], pair[1]);
            ranges.Add(MinuteRange.TryParseMinute(from, out var start) && MinuteRange.TryParseMinute(to, out var end) && start < MinuteRange.MinutesPerDay
                ? new(start, end)
                : throw cursor.Refuse($"'{from}' to '{to}' is not a range of clock times"));
        }

        return ranges;
    }
}
