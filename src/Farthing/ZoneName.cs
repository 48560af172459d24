namespace Farthing;

/// <summary>Time zones as they are named on the command line and in the settings.</summary>
internal static class ZoneName
{
    /// <summary>What a name must be, for error messages.</summary>
    public const string Expected = "an IANA time zone such as UTC or Europe/Berlin, or 'local'";

    private const string Local = "local";

    /// <summary>Whether there is such a zone.</summary>
    public static bool IsKnown(string name) => Find(name, TimeZoneInfo.Utc) is not null;

    /// <summary>Finds a zone; null when there is none of that name.</summary>
    /// <param name="name">An IANA name, or <c>local</c>.</param>
    /// <param name="local">The zone that <c>local</c> means.</param>
    public static TimeZoneInfo? Find(string name, TimeZoneInfo local) => name switch
    {
        Local => Plain(local),
        "UTC" => TimeZoneInfo.Utc,
        _ => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? Plain(zone) : null,
    };

    /// <summary>The zone that the settings name, else the system's.</summary>
    /// <exception cref="SettingsException">The settings name a time zone that does not exist.</exception>
    public static TimeZoneInfo InForce(Settings settings, TimeProvider time) =>
        settings.TimeZone is not { } setting
            ? Plain(time.LocalTimeZone)
            : Find(setting, time.LocalTimeZone) ?? throw new SettingsException($"{Settings.TimeZoneName} is '{setting}'; expected is {Expected}.");

    /// <summary>UTC has one name, whatever the system calls it.</summary>
    private static TimeZoneInfo Plain(TimeZoneInfo zone) => zone.Id == "Etc/UTC" ? TimeZoneInfo.Utc : zone;
}
