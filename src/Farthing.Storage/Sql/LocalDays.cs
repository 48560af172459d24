namespace Farthing.Storage.Sql;

/// <summary>
/// The calendar days of a time zone as ranges of instants. A day begins at the first instant whose local date is that
/// day and ends where the next one begins, so days never overlap and never leave a gap, whatever the clocks do. Days are
/// counted from 1970-01-01. Not safe for several threads at once: it remembers the last day asked for.
/// </summary>
internal sealed class LocalDays(TimeZoneInfo zone)
{
    /// <summary>The last day whose instants an event id can hold: 2106-02-07.</summary>
    public const int DayMax = 49_710;

    private const long DayMilliseconds = 86_400_000;

    /// <summary>More than the largest offset from UTC, which is 14 hours.</summary>
    private const long OffsetMax = 16 * 3_600_000;

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
    public long StartOf(int day)
    {
        var midnight = day * DayMilliseconds;
        if (isUtc)
        {
            return midnight;
        }

        var at = midnight - OffsetMax;
        while (true)
        {
            // From `at` on the clock shows less than midnight; it reaches it at `reached` unless it is changed before.
            var offset = OffsetAt(at);
            var reached = midnight - offset;
            if (reached <= at)
            {
                return at;
            }

            if (OffsetAt(reached) == offset)
            {
                return reached;
            }

            at = ChangeBetween(at, reached, offset);
        }
    }

    /// <summary>Whether it is the same zone by its name.</summary>
    public bool HasZoneOf(LocalDays other) => ReferenceEquals(zone, other.Zone) || string.Equals(zone.Id, other.Zone.Id, StringComparison.Ordinal);

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

    /// <summary>The first instant after <paramref name="from"/>, up to <paramref name="to"/>, with another offset.</summary>
    private long ChangeBetween(long from, long to, long offset)
    {
        while (to - from > 1)
        {
            var middle = from + ((to - from) / 2);
            (from, to) = OffsetAt(middle) == offset ? (middle, to) : (from, middle);
        }

        return to;
    }

    private long OffsetAt(long milliseconds) =>
        isUtc ? 0 : zone.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)).Ticks / TimeSpan.TicksPerMillisecond;
}
