using Farthing.Domain.Usage;

namespace Farthing.Storage.Sql;

/// <summary>
/// The <see cref="CalendarDays"/> of a time zone as numbers, counted from 1970-01-01, and ranges of milliseconds. Not safe
/// for several threads at once: it remembers the last day asked for.
/// </summary>
internal sealed class LocalDays(TimeZoneInfo zone)
{
    /// <summary>The last day whose instants an event id can hold: 2106-02-07.</summary>
    public const int DayMax = 49_710;

    private const long DayMilliseconds = 86_400_000;

    private static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;

    private readonly bool isUtc = zone is { BaseUtcOffset.Ticks: 0, SupportsDaylightSavingTime: false, Id: "UTC" or "Etc/UTC" };
    private int cachedDay;
    private long cachedStart;
    private long cachedEnd;

    /// <summary>The zone.</summary>
    public TimeZoneInfo Zone => zone;

    /// <summary>The number of a date.</summary>
    public static int NumberOf(DateOnly date) => date.DayNumber - Epoch;

    /// <summary>The date of a number.</summary>
    public static DateOnly DateOf(int day) => DateOnly.FromDayNumber(day + Epoch);

    /// <summary>The day that an instant, in milliseconds since 1970, lies in.</summary>
    public int DayOf(long milliseconds)
    {
        if (milliseconds < cachedStart || milliseconds >= cachedEnd)
        {
            Remember(milliseconds);
        }

        return cachedDay;
    }

    /// <summary>The first instant of a day, in milliseconds since 1970.</summary>
    public long StartOf(int day) => isUtc ? day * DayMilliseconds : CalendarDays.StartOf(DateOf(day), zone).ToUnixTimeMilliseconds();

    /// <summary>Whether it is the same zone by its name.</summary>
    public bool HasZoneOf(LocalDays other) => (isUtc && other.isUtc) || ReferenceEquals(zone, other.Zone) || string.Equals(zone.Id, other.Zone.Id, StringComparison.Ordinal);

    /// <summary>Whether the days of another zone begin at the same instants, from the first to the last given day.</summary>
    public bool Equal(LocalDays other, int first, int last)
    {
        if (HasZoneOf(other))
        {
            return true;
        }

        for (var day = first; day <= last + 1; day++)
        {
            if (StartOf(day) != other.StartOf(day))
            {
                return false;
            }
        }

        return true;
    }

    private void Remember(long milliseconds)
    {
        var day = (int)Math.DivRem(milliseconds + OffsetAt(milliseconds) + DayMilliseconds, DayMilliseconds).Quotient - 1;
        while (milliseconds < StartOf(day))
        {
            day--;
        }

        while (milliseconds >= StartOf(day + 1))
        {
            day++;
        }

        (cachedDay, cachedStart, cachedEnd) = (day, StartOf(day), StartOf(day + 1));
    }

    private long OffsetAt(long milliseconds) =>
        isUtc ? 0 : zone.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)).Ticks / TimeSpan.TicksPerMillisecond;
}
