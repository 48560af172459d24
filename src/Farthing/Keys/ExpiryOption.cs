using System.CommandLine;
using System.Globalization;

namespace Farthing.Keys;

/// <summary>From when on a key is refused: a day, or a number of days from now.</summary>
internal sealed class ExpiryOption
{
    private const int DaysMax = 3_650;

    /// <summary>Creates it.</summary>
    public ExpiryOption() => Option.Validators.Add(static result =>
    {
        if (result.GetValueOrDefault<string?>() is { } text && Parse(text, DateTimeOffset.UnixEpoch) is null)
        {
            result.AddError($"'{text}' is not a value of --expires; expected is a day as YYYY-MM-DD, or a number of days as 90d.");
        }
    });

    /// <summary>The option.</summary>
    public Option<string?> Option { get; } = new("--expires") { Description = "From when on it is refused: YYYY-MM-DD (UTC), or 90d. Without it: never.", HelpName = "WHEN" };

    /// <summary>From when on; null for never.</summary>
    public DateTimeOffset? Read(ParseResult parsed, TimeProvider time) => parsed.GetValue(Option) is { } text ? Parse(text, time.GetUtcNow()) : null;

    private static DateTimeOffset? Parse(string text, DateTimeOffset now)
    {
        if (text is [.. var days, 'd'] && int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= DaysMax)
        {
            return now.AddDays(count);
        }

        return DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) ? day : null;
    }
}
