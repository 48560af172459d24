namespace Farthing.Domain.Anomalies;

/// <summary>A threshold that an administrator set.</summary>
/// <param name="Type">For which alerts.</param>
/// <param name="Team">For which team; null for all.</param>
/// <param name="Threshold">The threshold; null keeps the one that holds without this setting.</param>
/// <param name="Enabled">Whether alerts of the type are raised.</param>
public sealed record AlertSetting(AlertType Type, string? Team, decimal? Threshold, bool Enabled);

/// <summary>Where a setting that is in force comes from. The names on the wire are those of <see cref="AlertSettings.NameOf"/>.</summary>
public enum AlertSource
{
    /// <summary>Nobody set anything.</summary>
    Default,

    /// <summary>Set for all teams.</summary>
    GlobalOverride,

    /// <summary>Switched off for all teams.</summary>
    GlobalDisabled,

    /// <summary>Set for the team.</summary>
    TeamOverride,

    /// <summary>Switched off for the team.</summary>
    TeamDisabled,
}

/// <summary>What is in force for a team and a type.</summary>
/// <param name="Type">The type.</param>
/// <param name="Threshold">The threshold.</param>
/// <param name="Enabled">Whether alerts are raised.</param>
/// <param name="Source">Where that comes from.</param>
public sealed record EffectiveAlert(AlertType Type, decimal Threshold, bool Enabled, AlertSource Source);

/// <summary>
/// Resolves settings: a team's over the global one over the default. A team's setting holds as it is, so it also switches
/// on again what is switched off globally.
/// </summary>
public static class AlertSettings
{
    /// <summary>The name of a source on the wire.</summary>
    public static string NameOf(AlertSource source) => source switch
    {
        AlertSource.GlobalOverride => "global_override",
        AlertSource.GlobalDisabled => "global_disabled",
        AlertSource.TeamOverride => "team_override",
        AlertSource.TeamDisabled => "team_disabled",
        _ => "default",
    };

    /// <summary>What is in force for every type, in the order of the types.</summary>
    /// <param name="team">The team; null for the organisation.</param>
    /// <param name="settings">The settings of the organisation, at most one a team and type.</param>
    public static IReadOnlyList<EffectiveAlert> Resolve(string? team, IReadOnlyCollection<AlertSetting> settings) =>
        [.. AlertTypes.All.Select(type => Resolve(type, team, settings))];

    /// <summary>What is in force for one type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="team">The team; null for the organisation.</param>
    /// <param name="settings">The settings of the organisation, at most one a team and type.</param>
    public static EffectiveAlert Resolve(AlertType type, string? team, IReadOnlyCollection<AlertSetting> settings)
    {
        var global = settings.FirstOrDefault(setting => setting.Type == type && setting.Team is null);
        var own = team is null
            ? null
            : settings.FirstOrDefault(setting => setting.Type == type && string.Equals(setting.Team, team, StringComparison.Ordinal));
        var threshold = own?.Threshold ?? global?.Threshold ?? AlertTypes.DefaultThreshold(type);
        return (own, global) switch
        {
            ({ Enabled: true }, _) => new(type, threshold, Enabled: true, AlertSource.TeamOverride),
            ({ Enabled: false }, _) => new(type, threshold, Enabled: false, AlertSource.TeamDisabled),
            (null, { Enabled: true }) => new(type, threshold, Enabled: true, AlertSource.GlobalOverride),
            (null, { Enabled: false }) => new(type, threshold, Enabled: false, AlertSource.GlobalDisabled),
            _ => new(type, threshold, Enabled: true, AlertSource.Default),
        };
    }
}

/// <summary>What an alert is about and for whom; one is not raised again within a day.</summary>
/// <param name="Type">What it is about.</param>
/// <param name="Scope">For whom: <c>team:…</c>, <c>org</c>, as the caller names it.</param>
public readonly record struct AlertKey(AlertType Type, string Scope)
{
    /// <summary>For how long after an alert the next one of the same key is a repetition.</summary>
    public static readonly TimeSpan QuietTime = TimeSpan.FromHours(24);
}
