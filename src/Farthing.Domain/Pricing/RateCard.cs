using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Farthing.Domain.Money;
using Farthing.Domain.Usage;

namespace Farthing.Domain.Pricing;

/// <summary>
/// All rates that hold for one call: model, period, tier, mode, region, context tier. Content-addressed and stored with
/// the events it priced, so that a charge can be explained after the catalog has moved on.
/// </summary>
public sealed class RateCard
{
    private const int ClassCount = (int)TokenClass.Citation + 1;
    private readonly Rate[] rates;

    // Bytes, because a type that holds a UInt128 is not compiled ahead of time; see Usd.
    private byte[]? hash;

    /// <summary>Makes a card without rates; object initialisers add them.</summary>
    public RateCard() => rates = new Rate[ClassCount];

    /// <summary>Takes over one rate per <see cref="TokenClass"/>.</summary>
    internal RateCard(Rate[] rates) => this.rates = rates;

    /// <summary>The catalog row, for example <c>anthropic/claude-opus-4-8</c>; the raw model name when unpriced.</summary>
    public required string Model { get; init; }

    /// <summary>How sure the card is.</summary>
    public required PricingStatus Status { get; init; }

    /// <summary>Which rates of the row apply: <c>standard</c>, <c>batch</c>, <c>fast; prompt&gt;200000; geo=us</c> …</summary>
    public string Terms { get; init; } = string.Empty;

    /// <summary>The first instant of the price period, as the catalog writes it; empty for open.</summary>
    public string From { get; init; } = string.Empty;

    /// <summary>The first instant after the price period; empty for open.</summary>
    public string To { get; init; } = string.Empty;

    /// <summary>Where the price was read.</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>The day on which it was read.</summary>
    public string AsOf { get; init; } = string.Empty;

    /// <summary>How trustworthy the source is, as the catalog grades it.</summary>
    public string Confidence { get; init; } = string.Empty;

    /// <summary>The price of one web search.</summary>
    public Rate WebSearch { get; init; }

    /// <summary>The rate of reasoning tokens where the provider charges another one than for output; null for the output rate.</summary>
    public Rate? Reasoning { get; init; }

    /// <summary>
    /// What is not published and was assumed, or is charged besides and not included: <c>cache_write_1h=cache_write_5m</c>;
    /// empty for nothing.
    /// </summary>
    public string Assumed { get; init; } = string.Empty;

    /// <summary>The rate of a class; zero when the card has none.</summary>
    public Rate this[TokenClass tokenClass]
    {
        get => rates[(int)tokenClass];
        init => rates[(int)tokenClass] = value;
    }

    /// <summary>The address of the content: the first sixteen bytes of SHA-256 over <see cref="ToString"/>.</summary>
    public UInt128 Hash => BinaryPrimitives.ReadUInt128BigEndian(hash ??= SHA256.HashData(Encoding.UTF8.GetBytes(ToString())));

    /// <summary>The card of a model that has no price.</summary>
    /// <param name="model">The model as the source spells it.</param>
    /// <param name="terms">What the policy for such models says; empty for nothing.</param>
    public static RateCard Unpriced(string model, string terms = "") =>
        new() { Model = model, Status = PricingStatus.Unpriced, Terms = terms };

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not a rate card.</exception>
    public static RateCard Parse(string text)
    {
        var fields = text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair.Length == 2 ? pair[1] : throw new FormatException($"'{pair[0]}' has no value."), StringComparer.Ordinal);
        string Field(string name) => fields.TryGetValue(name, out var value) ? value : throw new FormatException($"The rate card lacks '{name}'.");
        Rate RateOf(string name) =>
            fields.TryGetValue(name, out var value) ? new(long.Parse(value, CultureInfo.InvariantCulture)) : Rate.Free;

        var card = new RateCard
        {
            Model = Field("model"),
            Status = Enum.Parse<PricingStatus>(Field("status")),
            Terms = Field("terms"),
            From = Field("from"),
            To = Field("to"),
            Source = Field("source"),
            AsOf = Field("as_of"),
            Confidence = Field("confidence"),
            WebSearch = RateOf("web_search"),
            Reasoning = fields.ContainsKey("Reasoning") ? RateOf("Reasoning") : null,
            Assumed = fields.GetValueOrDefault("assumed", string.Empty),
        };
        for (var index = 0; index < ClassCount; index++)
        {
            card.rates[index] = RateOf(((TokenClass)index).ToString());
        }

        return card;
    }

    /// <summary>The text without line ends. Replacing is compiled at run time, so it is not called where there are none.</summary>
    private static string OneLine(string value)
    {
        foreach (var letter in value)
        {
            if (letter < ' ' || letter > '~')
            {
                return value.ReplaceLineEndings(" ");
            }
        }

        return value;
    }

    /// <summary>The canonical text: one <c>name=value</c> a line in a fixed order, rates in femtodollars, zero rates left out.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Write("model", Model);
        Write("status", Status.ToString());
        Write("terms", Terms);
        Write("from", From);
        Write("to", To);
        Write("source", Source);
        Write("as_of", AsOf);
        Write("confidence", Confidence);
        for (var index = 0; index < ClassCount; index++)
        {
            WriteRate(((TokenClass)index).ToString(), rates[index]);
        }

        WriteRate("web_search", WebSearch);
        if (Reasoning is { } reasoning)
        {
            Write("Reasoning", reasoning.Femtodollars.ToString(CultureInfo.InvariantCulture));
        }

        if (Assumed.Length > 0)
        {
            Write("assumed", Assumed);
        }

        return text.ToString();

        void Write(string name, string value) => text.Append(name).Append('=').Append(OneLine(value)).Append('\n');

        void WriteRate(string name, Rate rate)
        {
            if (rate != Rate.Free)
            {
                Write(name, rate.Femtodollars.ToString(CultureInfo.InvariantCulture));
            }
        }
    }
}
