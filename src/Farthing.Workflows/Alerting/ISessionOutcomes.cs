using Farthing.Domain.Money;

namespace Farthing.Workflows.Alerting;

/// <summary>What came of some sessions.</summary>
/// <param name="Judged">Those of which is known what came of them.</param>
/// <param name="Successes">Those of them that succeeded.</param>
/// <param name="Frictions">How often something stood in the way, in all of them.</param>
public readonly record struct OutcomeSums(long Judged, long Successes, long Frictions)
{
    /// <summary>Successes ÷ judged sessions; null when none was judged.</summary>
    public Ratio? SuccessRate => Judged == 0 ? null : Ratio.Of(Successes, Judged);

    /// <summary>Those of both.</summary>
    public static OutcomeSums operator +(OutcomeSums left, OutcomeSums right) =>
        new(left.Judged + right.Judged, left.Successes + right.Successes, left.Frictions + right.Frictions);

    /// <summary>Those of the left that are not of the right, which is a part of it.</summary>
    public static OutcomeSums operator -(OutcomeSums left, OutcomeSums right) =>
        new(left.Judged - right.Judged, left.Successes - right.Successes, left.Frictions - right.Frictions);
}

/// <summary>What came of the sessions that clients reported.</summary>
public interface ISessionOutcomes
{
    /// <summary>Sums the sessions that began after an instant, up to another, by team; those of nobody's team under an empty name.</summary>
    Task<IReadOnlyDictionary<string, OutcomeSums>> SumAsync(string org, DateTimeOffset after, DateTimeOffset until, CancellationToken cancellationToken);
}
