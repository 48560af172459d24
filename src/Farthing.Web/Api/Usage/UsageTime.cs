using System.Text.Json;

namespace Farthing.Web.Api.Usage;

/// <summary>Times of events on the wire: ISO 8601, date and time with an offset from UTC.</summary>
internal static class UsageTime
{
    private const int DateLength = 10;
    private const int OffsetLength = 6;

    /// <summary>Reads the time that a reader stands on, to the millisecond below, in UTC; false for anything else, a time without offset among it.</summary>
    public static bool TryRead(ref Utf8JsonReader json, out DateTimeOffset at)
    {
        at = default;
        if (!HasOffset(json.ValueSpan) || !json.TryGetDateTimeOffset(out var told))
        {
            return false;
        }

        // Stores keep milliseconds; what is told of one event twice must be the same twice.
        var ticks = told.UtcTicks;
        at = new(ticks - (ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
        return true;
    }

    private static bool HasOffset(ReadOnlySpan<byte> text) =>
        text.Length > DateLength + OffsetLength && text[DateLength] == 'T' && (text[^1] == 'Z' || text[^OffsetLength] is (byte)'+' or (byte)'-');
}
