using System.Diagnostics.CodeAnalysis;
using Farthing.Domain.Usage;

namespace Farthing.Sources.AgentLogs;

/// <summary>Times that an event can have; whether they are plausible is for the importer to judge.</summary>
internal static class EventTime
{
    private static readonly DateTimeOffset Latest = DateTimeOffset.FromUnixTimeSeconds(uint.MaxValue);

    /// <summary>Reads the time of a call.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset at, [NotNullWhen(false)] out string? reason)
    {
        at = default;
        reason = text.IsEmpty ? "no time stamp"
            : !IsoTime.TryParse(text, out at) ? "bad time stamp"
            : at < DateTimeOffset.UnixEpoch || at > Latest ? "time stamp outside 1970 to 2106"
            : null;
        return reason is null;
    }

    /// <summary>The identity that a copy of a call has when it was written at another time.</summary>
    public static EventId Move(EventId id, DateTimeOffset at) =>
        new(((ulong)at.ToUnixTimeSeconds() << 32) | (uint)(id.High & uint.MaxValue), id.Low);
}
