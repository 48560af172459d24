using System.CommandLine;

namespace Farthing.Reports;

/// <summary>The option that names the time zone: the command line before the settings before the system.</summary>
internal sealed class ZoneOption
{
    private const string System = "local";

    /// <summary>Makes the option.</summary>
    public ZoneOption() => Option.Validators.Add(static result =>
        ReportOptions.Check(result, "--timezone", static text => TryFind(text, out _), "an IANA time zone such as UTC or Europe/Berlin, or 'local'"));

    /// <summary>The option itself.</summary>
    public Option<string> Option { get; } = new("--timezone", "-z") { Description = "Whose days are meant: an IANA time zone, or 'local'.", HelpName = "ZONE" };

    /// <summary>The time zone in force.</summary>
    /// <exception cref="SettingsException">The settings name a time zone that does not exist.</exception>
    public TimeZoneInfo Read(ParseResult parsed, CommandContext context)
    {
        if (parsed.GetValue(Option) is { } text)
        {
            return TryFind(text, out var chosen) ? chosen ?? context.Time.LocalTimeZone : throw new ArgumentException($"'{text}' was found valid.", nameof(parsed));
        }

        if (context.Settings.TimeZone is not { } setting)
        {
            return context.Time.LocalTimeZone;
        }

        return TryFind(setting.Value, out var zone)
            ? zone ?? context.Time.LocalTimeZone
            : throw new SettingsException($"{Settings.TimeZoneName} is '{setting.Value}'; expected is an IANA time zone such as UTC or Europe/Berlin, or 'local'.");
    }

    /// <summary>Finds a time zone; null means the system's.</summary>
    private static bool TryFind(string name, out TimeZoneInfo? zone)
    {
        zone = null;
        if (name == System)
        {
            return true;
        }

        if (name == "UTC")
        {
            zone = TimeZoneInfo.Utc;
            return true;
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone);
    }
}
