using System.Globalization;
using System.Text.RegularExpressions;
using Farthing.Workflows;

namespace Farthing.Web.Http;

/// <summary>Reads the instants of a query: ISO 8601, in UTC where they tell no offset, from 1970 on.</summary>
internal static partial class Instants
{
    private const int InstantLengthMax = 40;
    private const int MatchMillisecondsMax = 1_000;

    private static readonly TimeSpan OffsetMax = TimeSpan.FromHours(14);

    private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];

    /// <summary>Reads an instant; null when there is none. A plus sign that arrived as the blank that it means in a query is read as what it was.</summary>
    public static Result<DateTimeOffset?> Read(string field, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return (DateTimeOffset?)null;
        }

        var whole = text.Length > InstantLengthMax ? string.Empty : text;
        var end = Offset().Match(whole);
        return DateTime.TryParseExact(end.Success ? whole[..end.Index] : whole, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            && OffsetOf(end.Value) is { } offset
            && Shift(local, offset) is { } instant
            ? (DateTimeOffset?)instant
            : Problem.Invalid(field, $"'{field}' is a time in ISO 8601 such as 2026-05-04T03:02:01Z or 2026-05-04T05:02:01+02:00.");
    }

    private static TimeSpan? OffsetOf(string text)
    {
        if (text is "" or "Z")
        {
            return TimeSpan.Zero;
        }

        return TimeSpan.TryParseExact(text.AsSpan(1), @"hh\:mm", CultureInfo.InvariantCulture, out var distance) && distance <= OffsetMax
            ? text[0] == '-' ? -distance : distance
            : null;
    }

    private static DateTimeOffset? Shift(DateTime at, TimeSpan offset)
    {
        var ticks = at.Ticks - offset.Ticks;
        return ticks >= DateTimeOffset.UnixEpoch.Ticks && ticks <= DateTime.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
    }

    [GeneratedRegex(@"(?<=T.+)(Z|[-+ ][0-9]{2}:[0-9]{2})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchMillisecondsMax)]
    private static partial Regex Offset();
}
