using Farthing.Domain.Money;

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

/// <summary>A seat that is paid for.</summary>
/// <param name="EngineerId">Who holds it.</param>
/// <param name="Tier">What it is.</param>
/// <param name="AssignedOn">The day since which it is held.</param>
/// <param name="LastUsedOn">The last day on which it was used; null for never.</param>
/// <param name="MonthlyApiCost">What its holder's calls by API cost a month beside it, in dollars.</param>
public sealed record Seat(string EngineerId, PlanTier Tier, DateOnly AssignedOn, DateOnly? LastUsedOn, Ratio MonthlyApiCost);

/// <summary>A seat with what is wrong with it.</summary>
/// <param name="Seat">The seat.</param>
/// <param name="Finding">What.</param>
/// <param name="MonthlyWaste">
/// Dollars a month: the price of an idle seat; of a doubled one what the calls cost that the seat could have covered.
/// </param>
public sealed record SeatCheck(Seat Seat, SeatFinding Finding, Ratio MonthlyWaste);

/// <summary>Finds seats that are paid for and not needed, and engineers who pay twice.</summary>
public static class Seats
{
    /// <summary>A seat is idle when it was used on none of the last so many days.</summary>
    public const int IdleDays = 30;

    /// <summary>Checks some seats on a day.</summary>
    /// <param name="seats">The seats.</param>
    /// <param name="today">The day.</param>
    public static IReadOnlyList<SeatCheck> Check(IEnumerable<Seat> seats, DateOnly today) => [.. seats.Select(seat => Check(seat, today))];

    private static SeatCheck Check(Seat seat, DateOnly today)
    {
        var lastSeen = seat.LastUsedOn ?? seat.AssignedOn;
        var isIdle = !seat.Tier.IsMetered && today.DayNumber - lastSeen.DayNumber > IdleDays;
        var isDoubled = !seat.Tier.IsMetered && seat.MonthlyApiCost > Ratio.Zero;
        var finding = (isIdle ? SeatFinding.Idle : SeatFinding.None) | (isDoubled ? SeatFinding.Doubled : SeatFinding.None);
        var waste = isIdle ? seat.Tier.Price : isDoubled ? Coverable(seat) : Ratio.Zero;
        return new(seat, finding, waste);
    }

    private static Ratio Coverable(Seat seat) => seat.Tier.Capacity switch
    {
        { Amount: { } amount } capacity => Ratio.Min(seat.MonthlyApiCost, Ratio.Dollars(amount) * capacity.WindowsPerMonth),
        { Amount: null } => seat.MonthlyApiCost,
        null => Ratio.Zero,
    };
}
