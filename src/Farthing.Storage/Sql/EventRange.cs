using Farthing.Domain.Usage;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sql;

/// <summary>The instants of a query in milliseconds since 1970, and the event ids that lie in them: ids begin with the time, so they are the time index.</summary>
/// <param name="From">The first instant.</param>
/// <param name="End">The first instant behind the last one.</param>
internal readonly record struct EventRange(long From, long End)
{
    /// <summary>Milliseconds.</summary>
    public const long Second = 1_000;

    /// <summary>The first day of what has a time, in every zone: whatever bears an earlier one is undated and belongs to no day and to no range.</summary>
    private static readonly int FirstDated = LocalDays.NumberOf(DateOnly.FromDateTime(UsageEvent.Undated.UtcDateTime)) + 2;

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => From >= End || End <= 0;

    /// <summary>The smallest id that may lie in it.</summary>
    public EventId FromId => FirstOf(From / Second);

    /// <summary>The smallest id that lies behind it. An id tells no more than the second, so what lies before it may yet be too late.</summary>
    public EventId EndId => FirstOf((End + Second - 1) / Second);

    /// <summary>The range of a query, its days those of its zone. Only who asks neither for days nor for a bound means what is undated too.</summary>
    public static EventRange Of(SpendQuery query, LocalDays days)
    {
        var isWhole = query is { ByDay: false, Since: null, Until: null, From: null, To: null };
        var from = days.StartOf(isWhole ? -1 : Math.Max(Clamp(query.Since, -1), FirstDated));
        var end = days.StartOf(Clamp(query.Until, LocalDays.DayMax + 1) + 1);
        return new(
            query.From is { } first ? Math.Max(from, first.ToUnixTimeMilliseconds()) : from,
            query.To is { } last ? Math.Min(end, last.ToUnixTimeMilliseconds() + 1) : end);
    }

    /// <summary>Whether two zones have the same days in the range, as far as there are events.</summary>
    /// <param name="days">The days of one zone.</param>
    /// <param name="others">The days of the other one.</param>
    /// <param name="first">The first day of <paramref name="days"/> with events.</param>
    /// <param name="last">The last one.</param>
    public bool HasEqualDays(LocalDays days, LocalDays others, int first, int last) =>
        IsEmpty || days.Equal(others, Math.Max(days.DayOf(From) - 1, first), Math.Min(days.DayOf(End) + 1, last));

    private static int Clamp(DateOnly? date, int otherwise) =>
        date is { } day ? Math.Clamp(LocalDays.NumberOf(day), -1, LocalDays.DayMax + 1) : otherwise;

    /// <summary>The smallest id of a second.</summary>
    public static EventId FirstOf(long second)
    {
        var seconds = Math.Clamp(second, 0, uint.MaxValue);
        return seconds == uint.MaxValue ? new(ulong.MaxValue, ulong.MaxValue) : new((ulong)seconds << 32, 0);
    }
}
