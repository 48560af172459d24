using System.Text.Json.Serialization;
using Farthing.Domain.Anomalies;
using Farthing.Workflows.Access;

namespace Farthing.Workflows.Alerting;

/// <summary>What the audit tells of thresholds.</summary>
public static class AlertConfigAudit
{
    /// <summary>A threshold was set, or changed.</summary>
    public static AuditEntry Of(AlertConfig? before, AlertConfig after, AuditStamp stamp) => AuditEntry.Make(
        stamp, before is null ? "alert_config.created" : "alert_config.changed", after.Id, before is null ? null : AuditedAlertConfig.Of(before), AuditedAlertConfig.Of(after),
        AlertConfigJson.Default.AuditedAlertConfig);

    /// <summary>A threshold was removed.</summary>
    public static AuditEntry Removed(AlertConfig before, AuditStamp stamp) =>
        AuditEntry.Make(stamp, "alert_config.removed", before.Id, AuditedAlertConfig.Of(before), null, AlertConfigJson.Default.AuditedAlertConfig);
}

/// <summary>A threshold as the audit tells it.</summary>
internal sealed record AuditedAlertConfig(string AlertType, string? TeamId, decimal? Threshold, bool Enabled)
{
    /// <summary>A threshold in the words of the API.</summary>
    public static AuditedAlertConfig Of(AlertConfig config) =>
        new(AlertTypes.NameOf(config.Setting.Type), config.Setting.Team, config.Setting.Threshold, config.Setting.Enabled);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AuditedAlertConfig))]
internal sealed partial class AlertConfigJson : JsonSerializerContext;
