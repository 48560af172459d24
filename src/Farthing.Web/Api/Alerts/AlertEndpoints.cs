using Farthing.Domain.Anomalies;
using Farthing.Web.Access;
using Farthing.Web.Hosting;
using Farthing.Web.Http;
using Farthing.Workflows.Access;
using Farthing.Workflows.Alerting;
using Farthing.Workflows.Digesting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Web.Api.Alerts;

/// <summary>Alerts, for whoever answers for the spend; their thresholds, for admins.</summary>
internal static class AlertEndpoints
{
    /// <summary>Adds what they need besides the stores, and whoever looks by the hour.</summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services) => services
        .AddSingleton<AlertSignals>()
        .AddSingleton<DetectAlerts>()
        .AddSingleton<ManageAlertConfigs>()
        .AddSingleton<SendDigests>()
        .AddHostedService<AlertWatcher>();

    /// <summary>Maps them.</summary>
    public static void MapAlerts(this IEndpointRouteBuilder routes)
    {
        var alerts = routes.MapGroup("/alerts").WithTags("Alerts");
        alerts.MapGet(string.Empty, ReadAlerts.ListAsync).WithName("ListAlerts").Refuses(StatusCodes.Status422UnprocessableEntity).Allow([.. RoleSets.OverOthers, Role.Engineer]);
        alerts.MapPost("/detect", DetectNow.HandleAsync).WithName("DetectAlerts").Refuses(StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity).Allow(Role.Admin);
        alerts.MapPatch("/{id}/acknowledge", ReadAlerts.AcknowledgeAsync).WithName("AcknowledgeAlert").Refuses(StatusCodes.Status404NotFound).Allow(RoleSets.OverOthers);
        alerts.MapPatch("/{id}/dismiss", ReadAlerts.DismissAsync).WithName("DismissAlert").Refuses(StatusCodes.Status404NotFound).Allow(RoleSets.OverOthers);

        var configs = routes.MapGroup("/alert-configs").WithTags("Alerts");
        configs.MapGet(string.Empty, AlertConfigs.ListAsync).WithName("ListAlertConfigs").Refuses(StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity).Allow(Role.Admin);
        configs.MapGet("/resolved", AlertPolicies.ResolvedAsync).WithName("GetAlertThresholds").Refuses(StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity).Allow(Role.Admin);
        configs.MapGet("/policy", AlertPolicies.PolicyAsync).WithName("GetAlertPolicies").Refuses(StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity).Allow(Role.Admin);
        configs.MapPost(string.Empty, AlertConfigs.CreateAsync).WithName("CreateAlertConfig").Refuses(StatusCodes.Status422UnprocessableEntity).Allow(Role.Admin);
        configs.MapPatch("/{id}", AlertConfigs.ChangeAsync).WithName("ChangeAlertConfig").Refuses(StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity).Allow(Role.Admin);
        configs.MapDelete("/{id}", AlertConfigs.RemoveAsync).WithName("RemoveAlertConfig").Refuses(StatusCodes.Status404NotFound).Allow(Role.Admin);
    }
}

/// <summary>An alert.</summary>
/// <param name="Id">Names it.</param>
/// <param name="TeamId">Which team it is about; null for the organisation.</param>
/// <param name="EngineerId">Always null: nobody is watched alone.</param>
/// <param name="AlertType"><c>cost_spike_warning</c>, <c>cost_spike_critical</c>, <c>usage_drop</c> …</param>
/// <param name="Severity"><c>warning</c> or <c>critical</c>.</param>
/// <param name="Title">One line.</param>
/// <param name="Message">The whole of it.</param>
/// <param name="MetricName">What was measured: <c>daily_cost</c>, <c>daily_sessions</c>, <c>success_rate</c>, <c>friction_count</c>.</param>
/// <param name="ExpectedValue">What is usual.</param>
/// <param name="ActualValue">What the last 24 hours were.</param>
/// <param name="Threshold">The value that was passed, in the unit of the others.</param>
/// <param name="DetectedAt">When it was noticed.</param>
/// <param name="AcknowledgedAt">When somebody said that they know of it.</param>
/// <param name="Dismissed">Whether it is put away.</param>
internal sealed record AlertAnswer(
    string Id, string? TeamId, string? EngineerId, string AlertType, string Severity, string Title, string Message, string MetricName, decimal ExpectedValue,
    decimal ActualValue, decimal Threshold, DateTimeOffset DetectedAt, DateTimeOffset? AcknowledgedAt, bool Dismissed)
{
    /// <summary>The answer for an alert.</summary>
    public static AlertAnswer Of(Alert alert) => new(
        alert.Id, alert.Team.Length > 0 ? alert.Team : null, null, AlertTypes.NameOf(alert.Type), AlertWords.Of(alert.Severity), alert.Title, alert.Message, MetricOf(alert.Type),
        alert.Usual, alert.Value, alert.Threshold, alert.CreatedAt, alert.AcknowledgedAt, alert.DismissedAt is not null);

    private static string MetricOf(Domain.Anomalies.AlertType type) => type switch
    {
        Domain.Anomalies.AlertType.UsageDrop => "daily_sessions",
        Domain.Anomalies.AlertType.SuccessRateDrop => "success_rate",
        Domain.Anomalies.AlertType.FrictionSpike => "friction_count",
        _ => "daily_cost",
    };
}
