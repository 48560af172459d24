using System.CommandLine;

namespace Farthing.Reports;

/// <summary>The option that names the time zone: the command line before the settings before the system.</summary>
internal sealed class ZoneOption
{
    /// <summary>Makes the option.</summary>
    public ZoneOption() => Option.Validators.Add(static result => ReportOptions.Check(result, "--timezone", ZoneName.IsKnown, ZoneName.Expected));

    /// <summary>The option itself.</summary>
    public Option<string> Option { get; } = new("--timezone", "-z") { Description = "Whose days are meant: an IANA time zone, or 'local'.", HelpName = "ZONE" };

    /// <summary>The time zone in force.</summary>
    /// <exception cref="SettingsException">The settings name a time zone that does not exist.</exception>
    public TimeZoneInfo Read(ParseResult parsed, CommandContext context) =>
        (parsed.GetValue(Option) is { } name ? ZoneName.Find(name, context.Time.LocalTimeZone) : null)
        ?? ZoneName.InForce(context.Settings, context.Time);
}
