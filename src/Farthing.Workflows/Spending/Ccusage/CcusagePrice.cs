using System.Globalization;
using Farthing.Domain.Money;

namespace Farthing.Workflows.Spending.Ccusage;

/// <summary>What ccusage charges per token. An hour's cache write is twice the input, for every model.</summary>
/// <param name="Input">Uncached input.</param>
/// <param name="Output">Output, reasoning included.</param>
/// <param name="CacheWrite">A cache write of five minutes or of untold lifetime.</param>
/// <param name="CacheRead">A cache read.</param>
public readonly record struct CcusageRates(Rate Input, Rate Output, Rate CacheWrite, Rate CacheRead)
{
    /// <summary>A cache write of one hour.</summary>
    public Rate CacheWrite1h => new(Input.Femtodollars * 2);
}

/// <summary>What ccusage charges beyond a number of tokens.</summary>
/// <param name="Threshold">Tokens that still cost the base rates.</param>
/// <param name="IsMarginal">Claude transcripts: only the tokens of one class beyond the threshold are dearer, not the whole call.</param>
/// <param name="Rates">The dearer rates.</param>
public sealed record CcusageTier(long Threshold, bool IsMarginal, CcusageRates Rates);

/// <summary>All that ccusage knows of the price of one model name.</summary>
/// <param name="Base">The rates of a short call.</param>
/// <param name="FastTenths">What multiplies a line of a fast mode, in tenths: 25 is 2.5.</param>
/// <param name="Tier">The long-context rule; null when the model has none.</param>
public sealed record CcusagePrice(CcusageRates Base, int FastTenths, CcusageTier? Tier);

/// <summary>
/// The prices that one release of ccusage has embedded, measured from outside. Names are exact: what ccusage would make
/// of a name that was not measured is not known.
/// </summary>
public sealed class CcusagePriceList
{
    /// <summary>The release whose prices and rules are known.</summary>
    public const string Version = "20.0.24";

    private const string Resource = $"Farthing.Workflows.Spending.Ccusage.prices-{Version}.tsv";
    private const int BaseFields = 6;
    private const int TierFields = 11;
    private const int TenthsDecimals = 1;

    private readonly Dictionary<string, CcusagePrice> prices;

    private CcusagePriceList(Dictionary<string, CcusagePrice> prices) => this.prices = prices;

    /// <summary>How many names were measured.</summary>
    public int Count => prices.Count;

    /// <summary>Reads the list that is shipped with this program.</summary>
    public static CcusagePriceList Load()
    {
        using var stream = typeof(CcusagePriceList).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing.");
        using var reader = new StreamReader(stream);
        return Read(reader);
    }

    /// <summary>Reads a list: tab-separated lines, comments after <c>#</c>.</summary>
    /// <exception cref="FormatException">A line is not a price; the message names it.</exception>
    public static CcusagePriceList Read(TextReader reader)
    {
        var read = new Dictionary<string, CcusagePrice>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                var fields = line.Split('\t');
                read.Add(fields[0], ReadPrice(fields, line));
            }
        }

        return new(read);
    }

    /// <summary>What ccusage charges for a model, as its logs spell it; null when that was never measured.</summary>
    public CcusagePrice? Find(string model) => prices.GetValueOrDefault(model);

    private static CcusagePrice ReadPrice(string[] fields, string line)
    {
        if (fields.Length is not (BaseFields or TierFields) || !DecimalText.TryParse(fields[5], TenthsDecimals, out var tenths))
        {
            throw new FormatException($"Not a price: '{line}'.");
        }

        return new(ReadRates(fields.AsSpan(1, 4), line), (int)tenths, fields.Length == TierFields ? ReadTier(fields, line) : null);
    }

    private static CcusageTier ReadTier(string[] fields, string line)
    {
        var rule = fields[6].Split('>');
        if (rule is not ["whole" or "marginal", var limit] || !long.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var threshold))
        {
            throw new FormatException($"Not a tier: '{line}'.");
        }

        return new(threshold, rule[0] == "marginal", ReadRates(fields.AsSpan(7, 4), line));
    }

    private static CcusageRates ReadRates(ReadOnlySpan<string> fields, string line)
    {
        return new(RateOf(fields[0], line), RateOf(fields[1], line), RateOf(fields[2], line), RateOf(fields[3], line));

        static Rate RateOf(string text, string line) =>
            Rate.TryParsePerMillion(text, out var rate) ? rate : throw new FormatException($"Not a rate: '{text}' in '{line}'.");
    }
}
