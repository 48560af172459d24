using System.Globalization;
using Farthing.Domain.Anomalies;
using Farthing.Web.Api.Finops;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Alerting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Farthing.Web.Api.Alerts;

/// <summary>A threshold to be set, for a team or, without one, for all.</summary>
internal sealed record CreateAlertConfigBody(string AlertType)
{
    public string? TeamId { get; init; }

    /// <summary>The threshold; the one that holds anyway unless told.</summary>
    public NumberText? Threshold { get; init; }

    /// <summary>Whether alerts of the type are raised; they are unless told.</summary>
    public bool? Enabled { get; init; }
}

/// <summary>What is to change about a threshold; what is left out stays.</summary>
internal sealed record ChangeAlertConfigBody
{
    public NumberText? Threshold { get; init; }

    public bool? Enabled { get; init; }
}

/// <summary>A threshold that was set.</summary>
internal sealed record AlertConfigAnswer(
    string Id, string? TeamId, string AlertType, decimal Threshold, bool Enabled, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>The answer for one.</summary>
    public static AlertConfigAnswer Of(AlertConfig config) => new(
        config.Id, config.Setting.Team, AlertTypes.NameOf(config.Setting.Type), config.Setting.Threshold ?? AlertTypes.DefaultThreshold(config.Setting.Type), config.Setting.Enabled,
        config.CreatedAt, config.ChangedAt);
}

/// <summary>The thresholds of an organisation.</summary>
internal static class AlertConfigs
{
    /// <summary>Lists what was set, for a team when one is told; the newest first.</summary>
    public static async Task<Results<Ok<IReadOnlyList<AlertConfigAnswer>>, ProblemHttpResult>> ListAsync(
        [FromQuery(Name = "team_id")] string? teamId, Caller caller, FinopsDoor door, IAlertConfigs configs, CancellationToken cancellationToken) =>
        (await door.ScopeAsync("team_id", teamId, cancellationToken)).Problem is { } problem
            ? problem.ToHttp()
            : TypedResults.Ok<IReadOnlyList<AlertConfigAnswer>>(
                [.. (await configs.ListAsync(caller.Org, cancellationToken)).Where(config => teamId is null || config.Setting.Team == teamId).Select(AlertConfigAnswer.Of)]);

    /// <summary>Sets one.</summary>
    public static async Task<Results<Created<AlertConfigAnswer>, ProblemHttpResult>> CreateAsync(
        CreateAlertConfigBody body, Caller caller, ManageAlertConfigs manage, CancellationToken cancellationToken)
    {
        if (!TryRead(body.Threshold, out var threshold))
        {
            return NoNumber.ToHttp();
        }

        var made = await manage.CreateAsync(caller, body.AlertType, body.TeamId, threshold, body.Enabled ?? true, cancellationToken);
        return made.Problem is { } problem ? problem.ToHttp() : TypedResults.Created($"/api/v1/alert-configs/{made.Value.Id}", AlertConfigAnswer.Of(made.Value));
    }

    /// <summary>Changes one.</summary>
    public static async Task<Results<Ok<AlertConfigAnswer>, ProblemHttpResult>> ChangeAsync(
        string id, ChangeAlertConfigBody body, Caller caller, ManageAlertConfigs manage, CancellationToken cancellationToken)
    {
        if (!TryRead(body.Threshold, out var threshold))
        {
            return NoNumber.ToHttp();
        }

        var changed = await manage.ChangeAsync(caller, id, threshold, body.Enabled, cancellationToken);
        return changed.Problem is { } problem ? problem.ToHttp() : TypedResults.Ok(AlertConfigAnswer.Of(changed.Value));
    }

    /// <summary>Removes one.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string id, Caller caller, ManageAlertConfigs manage, CancellationToken cancellationToken) =>
        await manage.RemoveAsync(caller, id, cancellationToken) is { } problem ? problem.ToHttp() : TypedResults.NoContent();

    private static Problem NoNumber => Problem.Invalid("threshold", "'threshold' must be a decimal number.");

    private static bool TryRead(NumberText? sent, out decimal? threshold)
    {
        threshold = null;
        if (sent is not { } text)
        {
            return true;
        }

        var isNumber = decimal.TryParse(text.Plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        threshold = number;
        return isNumber;
    }
}
