using Farthing.Domain.Money;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Exploring;

/// <summary>A line of a view: a group, or what is left of one.</summary>
public sealed record ExploredLine
{
    /// <summary>The part that everything is.</summary>
    public const int PermilleOfAll = 1_000;

    /// <summary>The values that its calls have of the view's dimensions, from the first one on; of what is left the group that it is left of.</summary>
    public required IReadOnlyList<string> Path { get; init; }

    /// <summary>What people call it; empty for calls that do not tell, and for what is left.</summary>
    public required string Name { get; init; }

    /// <summary>The level, from 0: the line adds to the nearest line above it of the level before.</summary>
    public required int Level { get; init; }

    /// <summary>How many groups it holds that have no line of their own; 0 for a group.</summary>
    public int Others { get; init; }

    /// <summary>What it used and cost, exactly.</summary>
    public required SpendSum Sum { get; init; }

    /// <summary>Its cost to the cent, the same wherever it is shown.</summary>
    public Usd ShownCost => Rounding.ToCent(Sum.Cost);

    /// <summary>Its part of the figure that is shown, in thousandths of the total, rounded by itself.</summary>
    public required int Permille { get; init; }
}

/// <summary>A series over time.</summary>
/// <param name="Name">What the group is called; empty for calls that do not tell.</param>
/// <param name="Others">How many groups it holds that are not drawn; 0 for a group.</param>
/// <param name="Values">The figure that is shown, of each period.</param>
public sealed record ExploredSeries(string Name, int Others, IReadOnlyList<Int128> Values)
{
    /// <summary>Whether the values are costs of calls none of which has a price: they are unknown, not nothing.</summary>
    public bool IsWithoutPrice { get; init; }
}

/// <summary>A view of spend: lines that add up, and the same over time.</summary>
public sealed record Exploration
{
    /// <summary>What was asked for.</summary>
    public required ExploreRequest Request { get; init; }

    /// <summary>The lines, each followed by those of the next level that it consists of.</summary>
    public required IReadOnlyList<ExploredLine> Lines { get; init; }

    /// <summary>All of it.</summary>
    public required SpendSum Total { get; init; }

    /// <summary>The cost of all of it to the cent.</summary>
    public Usd ShownTotal => Rounding.ToCent(Total.Cost);

    /// <summary>Its part of itself: everything, or nothing where there is nothing of the figure that is shown.</summary>
    public int TotalPermille => Request.Show.Of(Total) > 0 ? ExploredLine.PermilleOfAll : 0;

    /// <summary>What the lines of the first level miss of the total as they are shown: each is rounded by itself.</summary>
    public Usd ShownRest => Lines.Where(static line => line.Level == 0).Aggregate(ShownTotal, static (rest, line) => rest - line.ShownCost);

    /// <summary>How time is cut.</summary>
    public required TimeGrain Grain { get; init; }

    /// <summary>The first days of the periods; empty when time is not cut.</summary>
    public required IReadOnlyList<DateOnly> Periods { get; init; }

    /// <summary>The largest groups of the first dimension over the periods, and the others together; at each period they add up to all.</summary>
    public required IReadOnlyList<ExploredSeries> Series { get; init; }

    /// <summary>How sure the prices are.</summary>
    public required PricingTotals Pricing { get; init; }

    /// <summary>What values are called.</summary>
    public required DimensionNames Names { get; init; }
}
