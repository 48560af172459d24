using Farthing.Domain.Anomalies;
using Farthing.Web.Api.Finops;
using Farthing.Web.Http;
using Farthing.Workflows.Access;
using Farthing.Workflows.Alerting;
using Farthing.Workflows.Notifying;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Farthing.Web.Api.Alerts;

/// <summary>The thresholds that are in force, one a type.</summary>
internal sealed record ThresholdsAnswer(
    decimal FrictionSpikeMultiplier, decimal UsageDropRatio, decimal CostSpikeWarning, decimal CostSpikeCritical, decimal SuccessRateDropPp);

/// <summary>What is in force for a type, and where it comes from.</summary>
/// <param name="AlertType">The type.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Description">What it tells.</param>
/// <param name="DetectorWindow">What is compared to what.</param>
/// <param name="UnitLabel">The unit of the threshold.</param>
/// <param name="EffectiveThreshold">The threshold.</param>
/// <param name="EffectiveEnabled">Whether alerts are raised.</param>
/// <param name="Source"><c>default</c>, <c>global_override</c>, <c>global_disabled</c>, <c>team_override</c> or <c>team_disabled</c>.</param>
/// <param name="DefaultThreshold">The threshold when nobody set any.</param>
/// <param name="GlobalOverrideThreshold">The one that is set for all teams.</param>
/// <param name="GlobalOverrideEnabled">Whether it is switched on for all teams; null when nobody said.</param>
/// <param name="TeamOverrideThreshold">The one that is set for the team.</param>
/// <param name="TeamOverrideEnabled">Whether it is switched on for the team; null when nobody said.</param>
internal sealed record AlertPolicyAnswer(
    string AlertType, string Label, string Description, string DetectorWindow, string UnitLabel, decimal EffectiveThreshold, bool EffectiveEnabled, string Source,
    decimal DefaultThreshold, decimal? GlobalOverrideThreshold, bool? GlobalOverrideEnabled, decimal? TeamOverrideThreshold, bool? TeamOverrideEnabled);

/// <summary>What is in force for a team, or for the organisation, and whether anybody is told.</summary>
/// <param name="TeamId">The team; null for the organisation.</param>
/// <param name="NotificationsEnabled">Whether the server has any way to tell people.</param>
/// <param name="WebhookConfigured">Whether a chat or a program is among them.</param>
/// <param name="Policies">One a type.</param>
internal sealed record AlertPoliciesAnswer(string? TeamId, bool NotificationsEnabled, bool WebhookConfigured, IReadOnlyList<AlertPolicyAnswer> Policies);

/// <summary>What is in force, as Primer's clients ask for it.</summary>
internal static class AlertPolicies
{
    /// <summary>The numbers only: those in force, and of a type that is switched off the default.</summary>
    public static async Task<Results<Ok<ThresholdsAnswer>, ProblemHttpResult>> ResolvedAsync(
        [FromQuery(Name = "team_id")] string? teamId, Caller caller, FinopsDoor door, ManageAlertConfigs manage, CancellationToken cancellationToken)
    {
        if ((await door.ScopeAsync("team_id", teamId, cancellationToken)).Problem is { } problem)
        {
            return problem.ToHttp();
        }

        var inForce = AlertSettings.Resolve(Named(teamId), [.. await manage.SettingsAsync(caller, cancellationToken)]).ToDictionary(
            static alert => alert.Type, static alert => alert.Enabled ? alert.Threshold : AlertTypes.DefaultThreshold(alert.Type));
        return TypedResults.Ok(new ThresholdsAnswer(
            inForce[AlertType.FrictionSpike], inForce[AlertType.UsageDrop], inForce[AlertType.CostSpikeWarning], inForce[AlertType.CostSpikeCritical],
            inForce[AlertType.SuccessRateDrop]));
    }

    /// <summary>All that is known about them.</summary>
    public static async Task<Results<Ok<AlertPoliciesAnswer>, ProblemHttpResult>> PolicyAsync(
        [FromQuery(Name = "team_id")] string? teamId, Caller caller, FinopsDoor door, ManageAlertConfigs manage, IEnumerable<INotifier> notifiers, CancellationToken cancellationToken)
    {
        if ((await door.ScopeAsync("team_id", teamId, cancellationToken)).Problem is { } problem)
        {
            return problem.ToHttp();
        }

        var settings = await manage.SettingsAsync(caller, cancellationToken);
        var channels = notifiers.Select(static notifier => notifier.Channel).ToList();
        return TypedResults.Ok(new AlertPoliciesAnswer(
            Named(teamId), channels.Count > 0, channels.Any(static channel => channel is "slack" or "webhook"),
            [.. AlertSettings.Resolve(Named(teamId), [.. settings]).Select(alert => Of(alert, Set(null), teamId is { Length: > 0 } ? Set(teamId) : null))]));

        Func<AlertType, AlertSetting?> Set(string? team) => type => settings.FirstOrDefault(setting => setting.Type == type && setting.Team == team);
    }

    private static string? Named(string? teamId) => teamId is { Length: > 0 } ? teamId : null;

    private static AlertPolicyAnswer Of(EffectiveAlert alert, Func<AlertType, AlertSetting?> global, Func<AlertType, AlertSetting?>? team)
    {
        var (label, description, unit) = Words(alert.Type);
        var (all, own) = (global(alert.Type), team?.Invoke(alert.Type));
        return new(
            AlertTypes.NameOf(alert.Type), label, description, "the last 24 hours against the days before", unit, alert.Threshold, alert.Enabled, AlertSettings.NameOf(alert.Source),
            AlertTypes.DefaultThreshold(alert.Type), all?.Threshold, all?.Enabled, own?.Threshold, own?.Enabled);
    }

    private static (string Label, string Description, string Unit) Words(AlertType type) => type switch
    {
        AlertType.FrictionSpike => ("Friction spike", "Sessions meet more friction than usual.", "times the usual"),
        AlertType.UsageDrop => ("Usage drop", "There are fewer sessions than usual.", "of the usual"),
        AlertType.CostSpikeWarning => ("Cost spike, warning", "Spend is above the usual.", "times the usual"),
        AlertType.CostSpikeCritical => ("Cost spike, critical", "Spend is far above the usual.", "times the usual"),
        _ => ("Success rate drop", "Fewer sessions succeed than usual.", "percentage points"),
    };
}
