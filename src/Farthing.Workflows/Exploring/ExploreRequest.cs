using Farthing.Workflows.Access;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Exploring;

/// <summary>Which view of spend is wanted.</summary>
public sealed record ExploreRequest
{
    /// <summary>The most dimensions that a view has, one in the other.</summary>
    public const int LevelsMax = 3;

    /// <summary>How many groups of the first dimension are shown unless told; the others are one line.</summary>
    public const int UsualTop = 20;

    /// <summary>How many may be shown.</summary>
    public const int TopMax = 100;

    /// <summary>The longest span, in days.</summary>
    public const int DaysMax = 3_660;

    /// <summary>What may be touched, as <see cref="ScopeRules"/> decided it.</summary>
    public required Scope Within { get; init; }

    /// <summary>The first day, in the organisation's zone.</summary>
    public required DateOnly First { get; init; }

    /// <summary>The last day, included.</summary>
    public required DateOnly Last { get; init; }

    /// <summary>What it is split by, one in the other: one to three dimensions, each once.</summary>
    public required IReadOnlyList<SpendDimension> By { get; init; }

    /// <summary>Only what has one of some values of each of these dimensions.</summary>
    public IReadOnlyList<SpendFilter> Only { get; init; } = [];

    /// <summary>The figure that is drawn, that shares are of, and that decides what is among the largest.</summary>
    public SpendMetric Show { get; init; }

    /// <summary>How time is cut; null for whatever suits the span.</summary>
    public TimeGrain? Grain { get; init; }

    /// <summary>The figure by which lines are in order; null for their names.</summary>
    public SpendMetric? Sort { get; init; } = SpendMetric.Cost;

    /// <summary>Whether the order is upside down: the smallest first, or names from the end.</summary>
    public bool IsReversed { get; init; }

    /// <summary>How many groups of the first dimension are shown.</summary>
    public int Top { get; init; } = UsualTop;

    /// <summary>How many groups of a level are shown under each line above, the others being one line: fewer, the more levels there are.</summary>
    /// <param name="level">The level, from 0.</param>
    internal int TopOf(int level) => (By.Count, level) switch
    {
        (1, _) => Top,
        (2, 0) => Math.Min(Top, 50),
        (2, _) => 8,
        (_, 0) => Math.Min(Top, UsualTop),
        (_, 1) => 5,
        _ => 3,
    };

    /// <summary>The spend as a query for its sums, without the days.</summary>
    internal SpendQuery ToQuery(TimeZoneInfo zone) =>
        new() { Within = Within, Zone = zone, Since = First, Until = Last, Only = Only, GroupBy = By, ByDay = false };
}
