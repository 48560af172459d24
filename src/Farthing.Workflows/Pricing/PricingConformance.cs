using System.Globalization;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Pricing;

/// <summary>How one conformance case went.</summary>
/// <param name="Name">The trap, in a few words.</param>
/// <param name="Why">Why it is one.</param>
/// <param name="Passed">Whether row, status and both amounts are as expected.</param>
/// <param name="Expected">Row, status, exact femtodollars and dollars, as they must be.</param>
/// <param name="Actual">The same as they are.</param>
public sealed record ConformanceResult(string Name, string Why, bool Passed, string Expected, string Actual);

/// <summary>
/// Runs the pricing traps that travel with the program: thresholds from both sides, dated changes, time windows, cache
/// writes, model names that peers get wrong. Expected values are exact and were computed without this program.
/// </summary>
public static class PricingConformance
{
    /// <summary>Prices every case.</summary>
    /// <param name="catalog">The catalog under test: the embedded one, or one with a file of one's own on top.</param>
    public static IReadOnlyList<ConformanceResult> Run(PriceCatalog catalog)
    {
        var rater = new Rater(catalog);
        return [.. ConformanceCase.ReadAll(EmbeddedCatalog.Bytes("catalog.conformance.json")).Select(one => Judge(rater, one))];
    }

    private static ConformanceResult Judge(Rater rater, ConformanceCase one)
    {
        var (card, cost) = rater.Rate(one.Provider, one.Model, one.At, one.Terms, one.Tokens, one.WebSearches);
        var exact = Femtodollars(card, one.Tokens, one.WebSearches);
        var actual = string.Create(
            CultureInfo.InvariantCulture, $"{card.Model} {StatusName(card.Status)} {exact} fUSD = {cost.Total} USD");
        return new(one.Name, one.Why, string.Equals(actual, one.Expected, StringComparison.Ordinal), one.Expected, actual);
    }

    /// <summary>The amount before any rounding.</summary>
    private static Int128 Femtodollars(RateCard card, TokenCounts tokens, int webSearches)
    {
        var reasoned = card.Reasoning is null ? 0 : tokens.Reasoning;
        var sum = Product(card, TokenClass.Input, tokens.Input)
            + Product(card, TokenClass.CacheRead, tokens.CacheRead)
            + Product(card, TokenClass.CacheWrite5m, tokens.CacheWrite5m)
            + Product(card, TokenClass.CacheWrite1h, tokens.CacheWrite1h)
            + Product(card, TokenClass.Output, tokens.Output - reasoned)
            + Math.BigMul(card.Reasoning?.Femtodollars ?? 0, reasoned)
            + Math.BigMul(card.WebSearch.Femtodollars, webSearches);
        for (var modality = TokenClass.InputAudio; tokens.Modalities is not null && modality <= TokenClass.Citation; modality++)
        {
            sum += Product(card, modality, tokens.Modalities[modality]);
        }

        return sum;
    }

    private static Int128 Product(RateCard card, TokenClass tokenClass, long tokens) => Math.BigMul(card[tokenClass].Femtodollars, tokens);

    private static string StatusName(PricingStatus status) => status switch
    {
        PricingStatus.Exact => "exact",
        PricingStatus.AssumedHost => "assumed_host",
        PricingStatus.Fallback => "fallback",
        _ => "unpriced",
    };
}

/// <summary>One call and what it must cost.</summary>
internal sealed record ConformanceCase
{
    public string Name { get; private set; } = string.Empty;

    public string Why { get; private set; } = string.Empty;

    public string Provider { get; private set; } = string.Empty;

    public string Model { get; private set; } = string.Empty;

    public DateTimeOffset At { get; private set; }

    public CallTerms Terms { get; private set; } = CallTerms.Standard;

    public int WebSearches { get; private set; }

    public TokenCounts Tokens { get; private set; }

    public string Expected { get; private set; } = string.Empty;

    /// <summary>Reads the cases.</summary>
    /// <exception cref="FormatException">The file, which is part of the program, is broken.</exception>
    public static List<ConformanceCase> ReadAll(ReadOnlySpan<byte> json)
    {
        var cases = new List<ConformanceCase>();
        var cursor = new CatalogCursor(json);
        cursor.Object();
        while (cursor.Member())
        {
            if (!cursor.Is("cases"u8))
            {
                cursor.Text();
                continue;
            }

            cursor.List();
            while (cursor.NextObject())
            {
                cases.Add(Read(ref cursor));
            }
        }

        return cases;
    }

    private static ConformanceCase Read(ref CatalogCursor cursor)
    {
        var one = new ConformanceCase();
        while (cursor.Member())
        {
            if (cursor.Is("name"u8)) cursor.Where = one.Name = cursor.Text();
            else if (cursor.Is("why"u8)) one.Why = cursor.Text();
            else if (cursor.Is("provider"u8)) one.Provider = cursor.Text();
            else if (cursor.Is("model"u8)) one.Model = cursor.Text();
            else if (cursor.Is("at"u8)) one.At = DateTimeOffset.Parse(cursor.Text(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            else if (cursor.Is("tier"u8)) one.Terms = one.Terms with { Tier = Enum.Parse<ServiceTier>(cursor.Text(), ignoreCase: true) };
            else if (cursor.Is("fast"u8)) one.Terms = one.Terms with { Fast = cursor.Flag() };
            else if (cursor.Is("geo"u8)) one.Terms = one.Terms with { Geo = cursor.Text() };
            else if (cursor.Is("web_searches"u8)) one.WebSearches = (int)cursor.Integer();
            else if (cursor.Is("tokens"u8)) one.Tokens = ReadTokens(ref cursor);
            else if (cursor.Is("expect"u8)) one.Expected = ReadExpected(ref cursor);
            else throw cursor.Unknown();
        }

        return one;
    }

    private static TokenCounts ReadTokens(ref CatalogCursor cursor)
    {
        var tokens = new TokenCounts();
        cursor.Object();
        while (cursor.Member())
        {
            if (cursor.Is("input"u8)) tokens = tokens with { Input = cursor.Integer() };
            else if (cursor.Is("cache_read"u8)) tokens = tokens with { CacheRead = cursor.Integer() };
            else if (cursor.Is("cache_write_5m"u8)) tokens = tokens with { CacheWrite5m = cursor.Integer() };
            else if (cursor.Is("cache_write_1h"u8)) tokens = tokens with { CacheWrite1h = cursor.Integer() };
            else if (cursor.Is("output"u8)) tokens = tokens with { Output = cursor.Integer() };
            else if (cursor.Is("reasoning"u8)) tokens = tokens with { Reasoning = cursor.Integer() };
            else if (cursor.Is("input_audio"u8)) tokens = tokens with { Modalities = new() { [TokenClass.InputAudio] = cursor.Integer() } };
            else throw cursor.Unknown();
        }

        return tokens;
    }

    private static string ReadExpected(ref CatalogCursor cursor)
    {
        var (row, status, femtodollars, usd) = (string.Empty, string.Empty, string.Empty, string.Empty);
        cursor.Object();
        while (cursor.Member())
        {
            if (cursor.Is("row"u8)) row = cursor.Text();
            else if (cursor.Is("status"u8)) status = cursor.Text();
            else if (cursor.Is("femtodollars"u8)) femtodollars = cursor.Text();
            else if (cursor.Is("usd"u8)) usd = cursor.Text();
            else throw cursor.Unknown();
        }

        return $"{row} {status} {femtodollars} fUSD = {usd} USD";
    }
}
