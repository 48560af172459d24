using System.Globalization;
using Farthing.Domain.Anomalies;
using Farthing.Workflows.Access;
using Farthing.Workflows.Notifying;

namespace Farthing.Workflows.Alerting;

/// <summary>By which rule spend is judged.</summary>
public enum AlertMode
{
    /// <summary>Against the days before, when they are enough and the day stands out of their spread.</summary>
    Robust,

    /// <summary>As Primer: against a week that the day is a part of.</summary>
    Primer,
}

/// <summary>
/// Notices what is unusual in the last 24 hours, for the organisation and each team. An alert is not raised again for the
/// same type and team within a day.
/// </summary>
public sealed class DetectAlerts(AlertSignals signals, IAlerts alerts, IAlertConfigs configs, ITeams teams, IEnumerable<INotifier> notifiers, TimeProvider time)
{
    private readonly IReadOnlyList<INotifier> notifiers = [.. notifiers];

    /// <summary>Looks at an organisation and tells the ids of the alerts that are new.</summary>
    /// <param name="org">Which one.</param>
    /// <param name="team">Only this team; null for all of them and the organisation.</param>
    /// <param name="mode">By which rules.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<string>> DetectAsync(string org, string? team, AlertMode mode, CancellationToken cancellationToken)
    {
        var now = AccessTexts.Now(time);
        AlertSetting[] settings = [.. (await configs.ListAsync(org, cancellationToken)).Select(static config => config.Setting)];
        var raised = new List<string>();
        foreach (var signal in (await signals.ReadAsync(org, now, cancellationToken)).Where(signal => team is null || signal.Team == team))
        {
            var inForce = AlertSettings.Resolve(signal.Team.Length > 0 ? signal.Team : null, settings).ToDictionary(static setting => setting.Type);
            foreach (var finding in new AlertFindings(signal, mode, inForce).All())
            {
                var alert = Of(finding, org, signal.Team, await WhoseAsync(org, signal.Team, cancellationToken), now);
                if (await alerts.RaiseAsync(alert, OutboxMessage.ForAll(Tell(alert), notifiers), cancellationToken))
                {
                    raised.Add(alert.Id);
                }
            }
        }

        return raised;
    }

    private static Alert Of(AlertFinding finding, string org, string team, string whose, DateTimeOffset now) => new()
    {
        Org = org,
        Id = AccessTexts.NewId(now),
        Type = finding.Type,
        Severity = finding.Severity,
        Team = team,
        Title = finding.Title(whose),
        Message = finding.Message,
        Value = AlertFindings.Number(finding.Value),
        Usual = AlertFindings.Number(finding.Usual),
        Threshold = AlertFindings.Number(finding.Bound),
        CreatedAt = now,
    };

    private async Task<string> WhoseAsync(string org, string team, CancellationToken cancellationToken) =>
        team.Length == 0 ? "the organisation" : $"team {(await teams.FindAsync(org, team, cancellationToken))?.Name ?? team}";

    private static Notification Tell(Alert alert) => new()
    {
        Id = alert.Id,
        Org = alert.Org,
        Kind = "alert.raised",
        Title = alert.Title,
        Text = alert.Message,
        OccurredAt = alert.CreatedAt,
        Facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["alert_type"] = AlertTypes.NameOf(alert.Type),
            ["severity"] = AlertWords.Of(alert.Severity),
            ["team_id"] = alert.Team,
            ["value"] = alert.Value.ToString(CultureInfo.InvariantCulture),
            ["usual"] = alert.Usual.ToString(CultureInfo.InvariantCulture),
            ["threshold"] = alert.Threshold.ToString(CultureInfo.InvariantCulture),
        },
    };
}

/// <summary>The words of the API and of stores for alerts.</summary>
public static class AlertWords
{
    /// <summary><c>warning</c>, <c>critical</c> or <c>none</c>.</summary>
    public static string Of(Severity severity) => severity switch
    {
        Severity.Critical => "critical",
        Severity.Warning => "warning",
        _ => "none",
    };

    /// <summary>The severity of a word.</summary>
    public static Severity SeverityOf(string word) => word switch
    {
        "critical" => Severity.Critical,
        "warning" => Severity.Warning,
        _ => Severity.None,
    };
}
