namespace Farthing.Domain.Pricing;

/// <summary>A half-open range of minutes of the day; one that ends before it starts runs into the next day.</summary>
/// <param name="StartMinute">The first minute included, 0 to 1439.</param>
/// <param name="EndMinute">The first minute excluded, 0 to 1440.</param>
public sealed record MinuteRange(int StartMinute, int EndMinute)
{
    /// <summary>Minutes of a day.</summary>
    public const int MinutesPerDay = 24 * 60;

    /// <summary>Reads a clock time <c>HH:mm</c>, also <c>24:00</c>, as a minute of the day.</summary>
    public static bool TryParseMinute(ReadOnlySpan<char> text, out int minute)
    {
        minute = 0;
        if (text.Length != 5 || text[2] != ':' || !Digits(text[..2], out var hours) || !Digits(text[3..], out var minutes))
        {
            return false;
        }

        minute = (hours * 60) + minutes;
        return minutes < 60 && minute <= MinutesPerDay;
    }

    /// <summary>Whether it runs past midnight.</summary>
    public bool Wraps => EndMinute <= StartMinute;

    private static bool Digits(ReadOnlySpan<char> text, out int value)
    {
        value = ((text[0] - '0') * 10) + (text[1] - '0');
        return char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[1]);
    }
}

/// <summary>
/// Prices that hold at certain times of the week. Whether a call falls inside is decided by its start, in the window's
/// own time zone. A range that wraps midnight belongs to the day on which it starts.
/// </summary>
public sealed record PriceWindow
{
    private const int DaysPerWeek = 7;

    private readonly int daySet;

    /// <summary>Its name: <c>peak</c>, <c>off-peak</c>.</summary>
    public required string Label { get; init; }

    /// <summary>Whose clock counts.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>The days on which its ranges start.</summary>
    public required IReadOnlyList<DayOfWeek> Days
    {
        get;
        init
        {
            field = value;
            for (var index = 0; index < value.Count; index++)
            {
                daySet |= 1 << (int)value[index];
            }
        }
    }

    /// <summary>When it applies on those days.</summary>
    public required IReadOnlyList<MinuteRange> Ranges { get; init; }

    /// <summary>The rates inside; what it does not list keeps the period's rate.</summary>
    public required RateTable Rates { get; init; }

    /// <summary>A calendar of days that the source excludes and that is not applied, for people; empty when none.</summary>
    public string Except { get; init; } = string.Empty;

    /// <summary>Whether an instant falls inside.</summary>
    public bool Covers(DateTimeOffset at)
    {
        var local = ReferenceEquals(Zone, TimeZoneInfo.Utc) ? at.UtcDateTime : TimeZoneInfo.ConvertTime(at, Zone).DateTime;
        var minute = (local.Hour * 60) + local.Minute;
        var today = Has((int)local.DayOfWeek);
        var yesterday = Has(((int)local.DayOfWeek + DaysPerWeek - 1) % DaysPerWeek);
        for (var index = 0; index < Ranges.Count; index++)
        {
            var range = Ranges[index];
            var inside = range.Wraps
                ? (today && minute >= range.StartMinute) || (yesterday && minute < range.EndMinute)
                : today && minute >= range.StartMinute && minute < range.EndMinute;
            if (inside)
            {
                return true;
            }
        }

        return false;
    }

    private bool Has(int day) => (daySet & (1 << day)) != 0;
}
