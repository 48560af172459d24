using Farthing.Domain.Money;

namespace Farthing.Domain.Forecasting;

/// <summary>
/// Something that is known to come, entered by people and never fitted: a change of prices, new seats, the renewal of a plan.
/// </summary>
public sealed record KnownEvent
{
    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The first day it holds for.</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>The last day it holds for; <see cref="DateOnly.MaxValue"/> when it stays.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>What each day is multiplied by first, bounds included; not negative.</summary>
    public decimal Factor
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A factor is not negative.");
    } = 1;

    /// <summary>Dollars that are added to each day then; negative when they fall away.</summary>
    public decimal AddedPerDay { get; init; }

    /// <summary>A day that is running: it costs what was spent of it, and of what was expected the share that is left of its hours.</summary>
    /// <param name="day">The day.</param>
    /// <param name="spent">What was spent of it.</param>
    /// <param name="left">How much of its time is left, 0 to 1.</param>
    public static KnownEvent Running(DateOnly day, Usd spent, decimal left) =>
        new() { Name = "so far", FirstDay = day, LastDay = day, Factor = left, AddedPerDay = spent.ToDecimal() };

    /// <summary>Whether it holds for a day.</summary>
    public bool HoldsOn(DateOnly day) => day >= FirstDay && day <= LastDay;
}

/// <summary>What all known events make of one day: a factor and then an addition.</summary>
/// <param name="Factor">What it is multiplied by.</param>
/// <param name="Added">Dollars that are added.</param>
internal readonly record struct Overlay(double Factor, double Added)
{
    /// <summary>Events in their order; each works on what the ones before it left.</summary>
    public static Overlay On(DateOnly day, IReadOnlyList<KnownEvent> events)
    {
        var overlay = new Overlay(1, 0);
        foreach (var known in events)
        {
            if (known.HoldsOn(day))
            {
                overlay = new(overlay.Factor * (double)known.Factor, (overlay.Added * (double)known.Factor) + (double)known.AddedPerDay);
            }
        }

        return overlay;
    }
}
