using System.Globalization;
using System.Text;
using Farthing.Domain.Money;
using Farthing.Domain.Usage;

namespace Farthing.Storage.Sql;

/// <summary>The parts of an event that few calls have, as columns hold them.</summary>
internal static class EventText
{
    /// <summary>Marks in the quality column that copies of the call may carry other times.</summary>
    private const int VaryingTime = 1 << 16;

    /// <summary>Marks in the terms column that a fast mode ran; the service tier is below it.</summary>
    private const int Fast = 1 << 4;

    private const char Separator = ' ';

    /// <summary>Quality flags as a number.</summary>
    public static int QualityOf(UsageEvent usage) => (int)usage.Quality | (usage.HasVaryingTime ? VaryingTime : 0);

    /// <summary>Reads quality flags.</summary>
    public static EventQuality ParseQuality(int quality, out bool hasVaryingTime)
    {
        hasVaryingTime = (quality & VaryingTime) != 0;
        return (EventQuality)(quality & ~VaryingTime);
    }

    /// <summary>Service tier and mode as a number; the region has a column of its own.</summary>
    public static int TermsOf(CallTerms terms) => (int)terms.Tier | (terms.Fast ? Fast : 0);

    /// <summary>Reads service tier and mode.</summary>
    public static CallTerms ParseTerms(int terms, string geo) => new((ServiceTier)(terms & ~Fast), (terms & Fast) != 0, geo);

    /// <summary>Modality counts as <c>class:tokens</c> pairs, the class by number; null when there are none.</summary>
    public static string? OfModalities(ModalityCounts? counts)
    {
        if (counts is null)
        {
            return null;
        }

        var text = new StringBuilder();
        for (var tokenClass = TokenClass.InputAudio; tokenClass <= TokenClass.Citation; tokenClass++)
        {
            if (counts[tokenClass] != 0)
            {
                text.Append(text.Length == 0 ? string.Empty : Separator)
                    .Append(CultureInfo.InvariantCulture, $"{(int)tokenClass}:{counts[tokenClass]}");
            }
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="OfModalities"/> wrote.</summary>
    public static ModalityCounts ParseModalities(string text)
    {
        Span<long> counts = stackalloc long[(int)TokenClass.Citation + 1];
        counts.Clear();
        foreach (var pair in text.Split(Separator, StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = pair.IndexOf(':', StringComparison.Ordinal);
            counts[int.Parse(pair.AsSpan(0, colon), CultureInfo.InvariantCulture)] =
                long.Parse(pair.AsSpan(colon + 1), CultureInfo.InvariantCulture);
        }

        return new()
        {
            [TokenClass.InputAudio] = counts[(int)TokenClass.InputAudio],
            [TokenClass.CacheReadAudio] = counts[(int)TokenClass.CacheReadAudio],
            [TokenClass.OutputAudio] = counts[(int)TokenClass.OutputAudio],
            [TokenClass.InputImage] = counts[(int)TokenClass.InputImage],
            [TokenClass.CacheReadImage] = counts[(int)TokenClass.CacheReadImage],
            [TokenClass.OutputImage] = counts[(int)TokenClass.OutputImage],
            [TokenClass.InputVideo] = counts[(int)TokenClass.InputVideo],
            [TokenClass.OutputVideo] = counts[(int)TokenClass.OutputVideo],
            [TokenClass.Citation] = counts[(int)TokenClass.Citation],
        };
    }

    /// <summary>What a source claims, in picodollars, of any size; null when it claims nothing.</summary>
    public static string? OfAmount(Usd? claimed) => claimed?.Picodollars.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="OfAmount"/> wrote.</summary>
    public static Usd ParseAmount(string text) => new(Int128.Parse(text, CultureInfo.InvariantCulture));
}
