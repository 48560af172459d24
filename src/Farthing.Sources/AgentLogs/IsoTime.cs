using System.Globalization;
using System.Text;

namespace Farthing.Sources.AgentLogs;

/// <summary>Time stamps of ISO 8601 as agents write them, in UTC. Without an offset UTC is meant.</summary>
internal static class IsoTime
{
    private const int SecondsForm = 19;
    private const int TickDigits = 7;
    private const int TextMax = 40;

    private static readonly string[] RareForms =
    [
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd", "yyyyMMdd'T'HHmmssK", "yyyyMMdd'T'HHmmss.FFFFFFFK", "yyyyMMdd'T'HHmmK",
    ];

    /// <summary>Reads a time stamp; digits beyond 100 nanoseconds are cut off.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time) =>
        TryParseUsual(text, out time) || TryParseRare(text, out time);

    // 2026-09-01T08:00:01[.fraction](Z|±hh[:]mm|±hh|)
    private static bool TryParseUsual(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length < SecondsForm
            || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ') || text[13] != ':' || text[16] != ':')
        {
            return false;
        }

        var year = (Two(text, 0) * 100) + Two(text, 2);
        var (month, day) = (Two(text, 5), Two(text, 8));
        var (hour, minute, second) = (Two(text, 11), Two(text, 14), Two(text, 17));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
        {
            return false;
        }

        var zone = text[SecondsForm..];
        if (!TryTakeFraction(ref zone, out var fraction) || !TryParseZone(zone, out var minutesEast))
        {
            return false;
        }

        var ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks
            + fraction - (minutesEast * TimeSpan.TicksPerMinute);
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        time = new(ticks, TimeSpan.Zero);
        return true;
    }

    private static bool TryTakeFraction(ref ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        if (rest.IsEmpty || rest[0] is not ((byte)'.' or (byte)','))
        {
            return true;
        }

        var digits = 1;
        for (; digits < rest.Length && rest[digits] is >= (byte)'0' and <= (byte)'9'; digits++)
        {
            if (digits <= TickDigits)
            {
                ticks = (ticks * 10) + (rest[digits] - '0');
            }
        }

        for (var missing = digits; missing <= TickDigits; missing++)
        {
            ticks *= 10;
        }

        rest = rest[digits..];
        return digits > 1;
    }

    private static bool TryParseZone(ReadOnlySpan<byte> zone, out int minutesEast)
    {
        minutesEast = 0;
        if (zone is [] or [(byte)'Z' or (byte)'z'])
        {
            return true;
        }

        if (zone[0] is not ((byte)'+' or (byte)'-'))
        {
            return false;
        }

        var (hours, minutes) = zone.Length switch
        {
            3 => (Two(zone, 1), 0),
            5 => (Two(zone, 1), Two(zone, 3)),
            6 when zone[3] == ':' => (Two(zone, 1), Two(zone, 4)),
            _ => (-1, 0),
        };
        minutesEast = ((hours * 60) + minutes) * (zone[0] == '-' ? -1 : 1);
        return hours is >= 0 and <= 23 && minutes is >= 0 and <= 59;
    }

    // −1000 makes every range test fail.
    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        var (tens, ones) = (text[at] - '0', text[at + 1] - '0');
        return tens is >= 0 and <= 9 && ones is >= 0 and <= 9 ? (tens * 10) + ones : -1000;
    }

    private static bool TryParseRare(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        return text.Length <= TextMax && Ascii.IsValid(text)
            && DateTimeOffset.TryParseExact(
                Encoding.ASCII.GetString(text), RareForms, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }
}
