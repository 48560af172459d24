using System.Globalization;
using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Web.Dashboard.Frame;
using Farthing.Workflows.Pricing;

namespace Farthing.Web.Dashboard.Pages.Prices;

/// <summary>Rates and words of the catalog.</summary>
public static class PriceText
{
    private const string LargePrompt = "prompt>";
    private const int PerMillionDecimals = 9;
    private const decimal PerMillionScale = 1_000_000_000m;

    /// <summary>Where the page of a row is.</summary>
    public static string PathOf(PriceRow row) => $"/prices/{Uri.EscapeDataString(row.Provider)}/{string.Join('/', row.Model.Split('/').Select(Uri.EscapeDataString))}";

    /// <summary>Where the page of the row is that a rate card is of; null where the model has none.</summary>
    public static string? PathOf(RateCard card) => card.Status != PricingStatus.Unpriced && card.Model.Contains('/', StringComparison.Ordinal)
        ? $"/prices/{string.Join('/', card.Model.Split('/').Select(Uri.EscapeDataString))}"
        : null;

    /// <summary>How many decimals the rates of a column need.</summary>
    public static int DecimalsOf(IEnumerable<Rate?> rates) => AlignedNumber.DecimalsOf(rates.OfType<Rate>().Select(static rate => (Int128)rate.Femtodollars), PerMillionDecimals);

    /// <summary>A rate in dollars per million tokens: <c>3.75</c>.</summary>
    public static string PerMillion(Rate? rate, int decimals) => rate is { } known ? AlignedNumber.Of(known.Femtodollars / PerMillionScale, decimals) : PageText.None;

    /// <summary>A rate by itself: <c>$3.75</c>.</summary>
    public static string Rate(Rate? rate) => rate is { } known ? FormatInForce.Current.Around(isBelowZero: false, PerMillion(known, DecimalsOf([known]))) : "no price";

    /// <summary>By how much a rate changed; null where it cannot be said.</summary>
    public static string? ChangeOf(RateChange change)
    {
        if (change is not { Before: { Femtodollars: > 0 } before, After: { } after })
        {
            return null;
        }

        var percent = decimal.Round(((decimal)after.Femtodollars / before.Femtodollars * 100) - 100, 0, MidpointRounding.ToEven);
        return percent == 0 ? null : $"{(percent > 0 ? "+" : string.Empty)}{percent:0}%";
    }

    /// <summary>A component as people say it: <c>cache write 5m</c>.</summary>
    public static string Name(PriceComponent component) => RateTable.NameOf(component).Replace('_', ' ');

    /// <summary>A list of rates as people say it: <c>batch prompt&gt;272000</c> is <c>batch prompts over 272,000</c>.</summary>
    public static string ListName(string name)
    {
        var at = name.IndexOf(LargePrompt, StringComparison.Ordinal);
        var isFrom = at >= 0 && name.AsSpan(at + LargePrompt.Length).StartsWith("=");
        return at >= 0 && long.TryParse(name.AsSpan(at + LargePrompt.Length + (isFrom ? 1 : 0)), NumberStyles.None, CultureInfo.InvariantCulture, out var tokens)
            ? $"{name[..at]}prompts {(isFrom ? "from" : "over")} {PageText.Count(tokens)}"
            : name;
    }

    /// <summary>When a price begins or ends: the day, or the minute where it is not midnight UTC.</summary>
    public static string Instant(DateTimeOffset? instant) => instant is { TimeOfDay.Ticks: not 0 } moment ? string.Create(CultureInfo.InvariantCulture, $"{moment:yyyy-MM-dd HH:mm} UTC") : PricePeriod.Write(instant);

    /// <summary>From when to when a period holds, in the catalog's days.</summary>
    public static string SpanOf(PricePeriod period) => (period.From, period.To) switch
    {
        (null, null) => "From the beginning",
        (null, { } to) => $"Until {Instant(to)}",
        ({ } from, null) => $"From {Instant(from)}",
        ({ } from, { } to) => $"From {Instant(from)} until {Instant(to)}",
    };

    /// <summary>What is priced besides text and its cache, in words.</summary>
    public static string OthersOf(PricePeriod period)
    {
        var words = new List<string>();
        Add("large prompts", period.Standard?.Tiers.Count > 0);
        Add("batch", period.Batch is not null);
        Add("flex", period.Flex is not null);
        Add("priority", period.Priority is not null);
        Add("fast", period.HasFast);
        Add("regions", period.Geo.Count > 0);
        Add("times of the week", period.Windows.Count > 0);
        Add("web search", period.WebSearch is not null);
        Add("audio, images or video", period.Standard?.Rates.Listed.Any(static rate => rate.Key is >= PriceComponent.InputAudio and <= PriceComponent.OutputVideo) is true);
        Add("citations", period.Standard?.Rates[PriceComponent.Citation] is not null);
        Add("reasoning", period.Standard?.Rates[PriceComponent.Reasoning] is not null);
        return string.Join(", ", words);

        void Add(string word, bool isPriced)
        {
            if (isPriced)
            {
                words.Add(word);
            }
        }
    }
}
