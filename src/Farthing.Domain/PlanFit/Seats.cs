namespace Farthing.Domain.PlanFit;

/// <summary>What is wrong with a seat.</summary>
[Flags]
public enum SeatFinding
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Nobody used it for more than <see cref="Seats.IdleDays"/> days.</summary>
    Idle = 1,

    /// <summary>Its holder also pays for calls by API.</summary>
    Doubled = 2,
}

/// <summary>When a seat that is paid for is not needed.</summary>
public static class Seats
{
    /// <summary>A seat is idle when it was used on none of the last so many days.</summary>
    public const int IdleDays = 30;
}
