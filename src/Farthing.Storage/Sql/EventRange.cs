using Farthing.Domain.Usage;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sql;

/// <summary>The days of a query and the event ids that lie in them: ids begin with the time, so they are the time index.</summary>
/// <param name="FirstDay">The first day.</param>
/// <param name="LastDay">The last day.</param>
/// <param name="From">The first id that may belong to the first day.</param>
/// <param name="To">The first id after the last day.</param>
internal readonly record struct EventRange(int FirstDay, int LastDay, EventId From, EventId To)
{
    private const long Second = 1_000;

    /// <summary>The range of a query in the days of its zone.</summary>
    public static EventRange Of(SpendQuery query, LocalDays days)
    {
        var first = Clamp(query.Since, -1);
        var last = Clamp(query.Until, LocalDays.DayMax + 1);
        return new(first, last, FirstOf(days.StartOf(first)), FirstOf(days.StartOf(last + 1)));
    }

    private static int Clamp(DateOnly? date, int otherwise) =>
        date is { } day ? Math.Clamp(LocalDays.NumberOf(day), -1, LocalDays.DayMax + 1) : otherwise;

    /// <summary>The smallest id from an instant on. Days begin on whole seconds in every zone.</summary>
    private static EventId FirstOf(long milliseconds)
    {
        var seconds = Math.Clamp(milliseconds / Second, 0, uint.MaxValue);
        return seconds == uint.MaxValue ? new(ulong.MaxValue, ulong.MaxValue) : new((ulong)seconds << 32, 0);
    }
}
