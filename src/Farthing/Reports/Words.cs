using System.Globalization;

namespace Farthing.Reports;

/// <summary>Times and spans in words.</summary>
internal static class Words
{
    private const int MinutesPerHour = 60;
    private const int HoursPerDay = 24;

    /// <summary>A span in its two largest units, rounded down: <c>3h 22m</c>, <c>49m</c>, <c>2d 4h</c>.</summary>
    public static string Duration(TimeSpan span)
    {
        var minutes = Math.Max((long)span.TotalMinutes, 0);
        var hours = minutes / MinutesPerHour;
        return hours switch
        {
            0 => $"{minutes}m",
            >= 2 * HoursPerDay => Joined(hours / HoursPerDay, "d", hours % HoursPerDay, "h"),
            _ => Joined(hours, "h", minutes % MinutesPerHour, "m"),
        };
    }

    /// <summary>A day in full: <c>Tuesday, 17 March 2026</c>.</summary>
    public static string Day(DateOnly day) => day.ToString("dddd, d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A span of days, as short as it can be: <c>March</c> for a month so far, else <c>5 Jan – 6 Mar</c>.</summary>
    public static string Days(DateOnly from, DateOnly to, DateOnly today) => (from, to) switch
    {
        _ when from.Day == 1 && to == today && from.Month == today.Month && from.Year == today.Year => Text(from, "MMMM"),
        _ when from == to => Text(from, "d MMM yyyy"),
        _ when from.Year == to.Year && to.Year == today.Year => $"{Text(from, "d MMM")} – {Text(to, "d MMM")}",
        _ => $"{Text(from, "d MMM yyyy")} – {Text(to, "d MMM yyyy")}",
    };

    private static string Text(DateOnly day, string form) => day.ToString(form, CultureInfo.InvariantCulture);

    private static string Joined(long large, string largeUnit, long small, string smallUnit) =>
        small == 0 ? $"{large}{largeUnit}" : $"{large}{largeUnit} {small}{smallUnit}";
}
