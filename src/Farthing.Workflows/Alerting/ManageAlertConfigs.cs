using System.Globalization;
using Farthing.Domain.Anomalies;
using Farthing.Workflows.Access;

namespace Farthing.Workflows.Alerting;

/// <summary>A threshold that an administrator set.</summary>
/// <param name="Org">Whose it is.</param>
/// <param name="Id">Names it for ever.</param>
/// <param name="Setting">What is set.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="ChangedAt">When it was changed last.</param>
public sealed record AlertConfig(string Org, string Id, AlertSetting Setting, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt);

/// <summary>The thresholds of a store: one for each team and type at most.</summary>
public interface IAlertConfigs
{
    /// <summary>Adds one, with its line in the audit; false when the team and type have one.</summary>
    Task<bool> AddAsync(AlertConfig config, AuditStamp stamp, CancellationToken cancellationToken);

    /// <summary>All of an organisation, the newest first.</summary>
    Task<IReadOnlyList<AlertConfig>> ListAsync(string org, CancellationToken cancellationToken);

    /// <summary>Changes threshold or state of one, with a line in the audit; null when the organisation has none of that id.</summary>
    Task<AlertConfig?> ChangeAsync(string org, string id, Func<AlertSetting, AlertSetting> change, AuditStamp stamp, CancellationToken cancellationToken);

    /// <summary>Removes one, with a line in the audit; false when the organisation has none of that id.</summary>
    Task<bool> RemoveAsync(string org, string id, AuditStamp stamp, CancellationToken cancellationToken);
}

/// <summary>What admins do with thresholds.</summary>
public sealed class ManageAlertConfigs(IAlertConfigs configs, ITeams teams, TimeProvider time)
{
    /// <summary>The largest factor.</summary>
    public const decimal ThresholdMax = 1_000_000m;

    private static readonly Problem NotThere = new(ProblemKind.NotFound, "not_found", "Alert config not found");
    private static readonly Problem Taken = new(ProblemKind.Conflict, "config_taken", "There is a configuration of this team and alert type already; change that one.", "alert_type");

    /// <summary>Sets one. Without a threshold it is the one that is in force now.</summary>
    public async Task<Result<AlertConfig>> CreateAsync(Caller caller, string type, string? team, decimal? threshold, bool enabled, CancellationToken cancellationToken)
    {
        if (!AlertTypes.TryParse(type, out var known))
        {
            return new Problem(ProblemKind.Malformed, "invalid_alert_type", $"'alert_type' must be one of: {string.Join(", ", AlertTypes.All.Select(AlertTypes.NameOf))}.", "alert_type");
        }

        var named = team is { Length: > 0 } ? team : null;
        if (named is not null && (named.Length > AccessTexts.LengthMax || await teams.FindAsync(caller.Org, named, cancellationToken) is null))
        {
            return Problem.Invalid("team_id", "There is no team of that id.");
        }

        if (threshold is { } wanted && Check(known, wanted) is { } problem)
        {
            return problem;
        }

        var setting = new AlertSetting(known, named, threshold ?? AlertSettings.Resolve(known, named, await SettingsAsync(caller, cancellationToken)).Threshold, enabled);
        var now = AccessTexts.Now(time);
        var config = new AlertConfig(caller.Org, AccessTexts.NewId(now), setting, now, now);
        return await configs.AddAsync(config, AuditStamp.Of(caller, now), cancellationToken) ? config : Taken;
    }

    /// <summary>Changes one; null leaves a thing as it is.</summary>
    public async Task<Result<AlertConfig>> ChangeAsync(Caller caller, string id, decimal? threshold, bool? enabled, CancellationToken cancellationToken)
    {
        if ((await configs.ListAsync(caller.Org, cancellationToken)).FirstOrDefault(config => config.Id == id) is not { } before)
        {
            return NotThere;
        }

        if (threshold is { } wanted && Check(before.Setting.Type, wanted) is { } problem)
        {
            return problem;
        }

        var changed = await configs.ChangeAsync(
            caller.Org, id, setting => setting with { Threshold = threshold ?? setting.Threshold, Enabled = enabled ?? setting.Enabled },
            AuditStamp.Of(caller, AccessTexts.Now(time)), cancellationToken);
        return changed is null ? NotThere : changed;
    }

    /// <summary>Removes one; null when it worked.</summary>
    public async Task<Problem?> RemoveAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        await configs.RemoveAsync(caller.Org, id, AuditStamp.Of(caller, AccessTexts.Now(time)), cancellationToken) ? null : NotThere;

    /// <summary>What is set in an organisation.</summary>
    public async Task<IReadOnlyList<AlertSetting>> SettingsAsync(Caller caller, CancellationToken cancellationToken) =>
        [.. (await configs.ListAsync(caller.Org, cancellationToken)).Select(static config => config.Setting)];

    /// <summary>A part of the usual or a loss in points is at most the whole.</summary>
    private static Problem? Check(AlertType type, decimal threshold)
    {
        var most = type switch { AlertType.UsageDrop => 1m, AlertType.SuccessRateDrop => 100m, _ => ThresholdMax };
        return threshold > 0 && threshold <= most
            ? null
            : Problem.Invalid("threshold", string.Create(CultureInfo.InvariantCulture, $"'threshold' of {AlertTypes.NameOf(type)} must be above 0 and at most {most}."));
    }
}
