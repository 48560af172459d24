namespace Farthing.Domain.Usage;

/// <summary>The disjoint classes that tokens of a call fall into. A token is counted in exactly one of them.</summary>
public enum TokenClass
{
    /// <summary>Prompt tokens at the base rate: neither read from nor written to a cache.</summary>
    Input,

    /// <summary>Prompt tokens served from the provider's cache.</summary>
    CacheRead,

    /// <summary>Prompt tokens written to a cache that lives five minutes, or whose lifetime is not told.</summary>
    CacheWrite5m,

    /// <summary>Prompt tokens written to a cache that lives one hour.</summary>
    CacheWrite1h,

    /// <summary>Generated tokens, reasoning included.</summary>
    Output,

    /// <summary>Audio in the prompt.</summary>
    InputAudio,

    /// <summary>Audio served from the cache.</summary>
    CacheReadAudio,

    /// <summary>Generated audio.</summary>
    OutputAudio,

    /// <summary>Images in the prompt.</summary>
    InputImage,

    /// <summary>Images served from the cache.</summary>
    CacheReadImage,

    /// <summary>Generated images.</summary>
    OutputImage,

    /// <summary>Video in the prompt.</summary>
    InputVideo,

    /// <summary>Generated video.</summary>
    OutputVideo,

    /// <summary>Citation tokens of research models.</summary>
    Citation,
}

/// <summary>Token counts of classes that most calls do not have: audio, images, video, citations.</summary>
public sealed class ModalityCounts : IEquatable<ModalityCounts>
{
    private static readonly int Offset = (int)TokenClass.InputAudio;
    private readonly long[] counts = new long[(int)TokenClass.Citation - Offset + 1];

    /// <summary>The tokens of one class from <see cref="TokenClass.InputAudio"/> on.</summary>
    public long this[TokenClass tokenClass]
    {
        get => counts[(int)tokenClass - Offset];
        init => counts[(int)tokenClass - Offset] = value;
    }

    /// <summary>All of them together.</summary>
    public long Total => counts.Sum();

    internal bool IsValid => counts.All(count => count is >= 0 and <= TokenCounts.ClassMax);

    /// <summary>Those of them that belong to the prompt.</summary>
    public long Prompt =>
        this[TokenClass.InputAudio] + this[TokenClass.CacheReadAudio] + this[TokenClass.InputImage]
        + this[TokenClass.CacheReadImage] + this[TokenClass.InputVideo];

    internal static ModalityCounts? Add(ModalityCounts? left, ModalityCounts? right)
    {
        if (left is null || right is null)
        {
            return left ?? right;
        }

        var sum = new ModalityCounts();
        for (var index = 0; index < sum.counts.Length; index++)
        {
            sum.counts[index] = left.counts[index] + right.counts[index];
        }

        return sum;
    }

    /// <inheritdoc/>
    public bool Equals(ModalityCounts? other) => other is not null && counts.AsSpan().SequenceEqual(other.counts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ModalityCounts);

    /// <inheritdoc/>
    public override int GetHashCode() => Total.GetHashCode();
}

/// <summary>How many tokens of each class a call used. Classes are disjoint and never negative.</summary>
public readonly record struct TokenCounts
{
    /// <summary>No call has more tokens of one class; a larger count is bad input. At the dearest price on any list it still fits a cost.</summary>
    public const long ClassMax = 10_000_000_000;

    /// <summary>Uncached prompt tokens.</summary>
    public long Input { get; init; }

    /// <summary>Prompt tokens read from the cache.</summary>
    public long CacheRead { get; init; }

    /// <summary>Prompt tokens written to the five-minute cache, or to one of untold lifetime.</summary>
    public long CacheWrite5m { get; init; }

    /// <summary>Prompt tokens written to the one-hour cache.</summary>
    public long CacheWrite1h { get; init; }

    /// <summary>Generated tokens, reasoning included.</summary>
    public long Output { get; init; }

    /// <summary>The part of <see cref="Output"/> that was reasoning, where the source tells; informative, never added.</summary>
    public long Reasoning { get; init; }

    /// <summary>Audio, image, video and citation tokens; null for the many calls that have none.</summary>
    public ModalityCounts? Modalities { get; init; }

    /// <summary>All tokens written to a cache.</summary>
    public long CacheWrite => CacheWrite5m + CacheWrite1h;

    /// <summary>The size of the prompt, which decides the context tier of a price: all classes but the generated ones.</summary>
    public long Prompt => Input + CacheRead + CacheWrite5m + CacheWrite1h + (Modalities?.Prompt ?? 0);

    /// <summary>All tokens of the call.</summary>
    public long Total => Input + CacheRead + CacheWrite5m + CacheWrite1h + Output + (Modalities?.Total ?? 0);

    /// <summary>Whether every class is within 0 and <see cref="ClassMax"/> and reasoning is a part of output.</summary>
    public bool IsValid =>
        InRange(Input) && InRange(CacheRead) && InRange(CacheWrite5m) && InRange(CacheWrite1h) && InRange(Output)
        && (Modalities?.IsValid ?? true) && Reasoning >= 0 && Reasoning <= Output;

    /// <summary>Adds class by class.</summary>
    public static TokenCounts operator +(TokenCounts left, TokenCounts right) => new()
    {
        Input = left.Input + right.Input,
        CacheRead = left.CacheRead + right.CacheRead,
        CacheWrite5m = left.CacheWrite5m + right.CacheWrite5m,
        CacheWrite1h = left.CacheWrite1h + right.CacheWrite1h,
        Output = left.Output + right.Output,
        Reasoning = left.Reasoning + right.Reasoning,
        Modalities = ModalityCounts.Add(left.Modalities, right.Modalities),
    };

    private static bool InRange(long count) => count is >= 0 and <= ClassMax;
}
