using System.Globalization;
using Farthing.Domain.Money;
using Farthing.Domain.Usage;

namespace Farthing.Domain.Pricing;

/// <summary>What a catalog can give a price per token: every token class, and reasoning where it is priced apart.</summary>
public enum PriceComponent
{
    /// <summary>Uncached prompt tokens.</summary>
    Input = TokenClass.Input,

    /// <summary>Prompt tokens served from the cache.</summary>
    CacheRead = TokenClass.CacheRead,

    /// <summary>Cache writes of five minutes, or the only write price of a provider that names no lifetime.</summary>
    CacheWrite5m = TokenClass.CacheWrite5m,

    /// <summary>Cache writes of one hour.</summary>
    CacheWrite1h = TokenClass.CacheWrite1h,

    /// <summary>Generated tokens.</summary>
    Output = TokenClass.Output,

    /// <summary>Audio in the prompt.</summary>
    InputAudio = TokenClass.InputAudio,

    /// <summary>Audio served from the cache.</summary>
    CacheReadAudio = TokenClass.CacheReadAudio,

    /// <summary>Generated audio.</summary>
    OutputAudio = TokenClass.OutputAudio,

    /// <summary>Images in the prompt.</summary>
    InputImage = TokenClass.InputImage,

    /// <summary>Images served from the cache.</summary>
    CacheReadImage = TokenClass.CacheReadImage,

    /// <summary>Generated images.</summary>
    OutputImage = TokenClass.OutputImage,

    /// <summary>Video in the prompt.</summary>
    InputVideo = TokenClass.InputVideo,

    /// <summary>Generated video.</summary>
    OutputVideo = TokenClass.OutputVideo,

    /// <summary>Citation tokens.</summary>
    Citation = TokenClass.Citation,

    /// <summary>The reasoning part of the output, where a provider charges another rate for it.</summary>
    Reasoning,
}

/// <summary>The prices of one published table. A component that the table does not list is null, which is not zero.</summary>
public sealed class RateTable
{
    /// <summary>How many components there are.</summary>
    public const int ComponentCount = (int)PriceComponent.Reasoning + 1;

    /// <summary>What stands in the place of a component that is not listed.</summary>
    public const long Unlisted = -1;

    private static readonly string[] Names =
    [
        "input", "cache_read", "cache_write_5m", "cache_write_1h", "output",
        "input_audio", "cache_read_audio", "output_audio", "input_image", "cache_read_image", "output_image",
        "input_video", "output_video", "citation", "reasoning",
    ];

    private readonly long[] femtodollars;

    /// <summary>Makes a table.</summary>
    /// <param name="femtodollars">One rate per <see cref="PriceComponent"/> in its order, or <see cref="Unlisted"/>.</param>
    public RateTable(ReadOnlySpan<long> femtodollars)
    {
        this.femtodollars = femtodollars.Length == ComponentCount
            ? femtodollars.ToArray()
            : throw new ArgumentException("One rate per component is needed.", nameof(femtodollars));
    }

    /// <summary>The rate of a component; null when the table does not list it.</summary>
    public Rate? this[PriceComponent component] => TryGet(component, out var rate) ? rate : null;

    /// <summary>The listed components in the order in which they are shown.</summary>
    public IEnumerable<KeyValuePair<PriceComponent, Rate>> Listed =>
        Enumerable.Range(0, ComponentCount)
            .Where(index => femtodollars[index] != Unlisted)
            .Select(index => KeyValuePair.Create((PriceComponent)index, new Rate(femtodollars[index])));

    /// <summary>Gives the rate of a component.</summary>
    /// <returns>False when the table does not list it.</returns>
    public bool TryGet(PriceComponent component, out Rate rate)
    {
        var found = femtodollars[(int)component];
        rate = found == Unlisted ? Rate.Free : new(found);
        return found != Unlisted;
    }

    /// <summary>The name of a component in catalog files.</summary>
    public static string NameOf(PriceComponent component) => Names[(int)component];

    /// <summary>Reads the name of a component.</summary>
    /// <returns>False for a name that no component has.</returns>
    public static bool TryParseComponent(string name, out PriceComponent component)
    {
        var index = Array.IndexOf(Names, name);
        component = (PriceComponent)Math.Max(index, 0);
        return index >= 0;
    }
}

/// <summary>A published factor on rates, such as 1.1, kept as an exact fraction.</summary>
/// <param name="Numerator">Positive.</param>
/// <param name="Denominator">A power of ten.</param>
public readonly record struct Factor(long Numerator, long Denominator)
{
    private const int Decimals = 3;
    private const long Thousand = 1_000;
    private const long Max = 100 * Thousand;

    /// <summary>No change.</summary>
    public static Factor One => new(1, 1);

    /// <summary>Reads a decimal factor above 0, at most 100, with at most three decimals.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Factor factor)
    {
        var parsed = DecimalText.TryParseShort(text, Decimals, out var thousandths) && thousandths > 0 && thousandths <= Max;
        factor = parsed ? new(thousandths, Thousand) : One;
        return parsed;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Denominator == Thousand ? DecimalText.FormatExact(Numerator, Decimals) : Numerator.ToString(CultureInfo.InvariantCulture);
}
