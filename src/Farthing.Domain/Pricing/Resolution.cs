namespace Farthing.Domain.Pricing;

/// <summary>One step of a resolution, for people.</summary>
/// <param name="Number">Which of the eleven steps, 1 to 11.</param>
/// <param name="Rule">What the step does.</param>
/// <param name="Tried">What was looked up.</param>
/// <param name="Found">The key of the row that was found; empty for none.</param>
public readonly record struct ResolutionStep(int Number, string Rule, string Tried, string Found);

/// <summary>What a model name means: the row that prices it, how it was found, and what the name says besides.</summary>
public sealed record Resolution
{
    /// <summary>The provider that the call went to, as the catalog names it, or as the source did when nobody knows it.</summary>
    public string Host { get; init; } = string.Empty;

    /// <summary>The row; null when the model is unknown or is no model.</summary>
    public PriceRow? Row { get; init; }

    /// <summary>
    /// <see cref="PricingStatus.Exact"/>, <see cref="PricingStatus.AssumedHost"/>, or
    /// <see cref="PricingStatus.Unpriced"/> when there is no row. What to do then is the rater's policy.
    /// </summary>
    public required PricingStatus Status { get; init; }

    /// <summary>The rule that decided.</summary>
    public required string How { get; init; }

    /// <summary>Whether the name stands for no model at all: <c>auto</c>, <c>&lt;synthetic&gt;</c>, nothing.</summary>
    public bool IsNotAModel { get; init; }

    /// <summary>Whether the name says that fast mode ran (<c>…-fast</c>).</summary>
    public bool Fast { get; init; }

    /// <summary>The factor of a cloud's geographic profile that the name carries.</summary>
    public Factor Profile { get; init; } = Factor.One;

    /// <summary>Whether the name adds web searches (<c>:online</c>).</summary>
    public bool Online { get; init; }

    /// <summary>What was taken off the name on the way, in order: <c>[1m]</c>, <c>vendor anthropic</c>, <c>effort high</c> …</summary>
    public IReadOnlyList<string> Modifiers { get; init; } = [];
}
