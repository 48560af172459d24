using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Alerting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Farthing.Web.Api.Alerts;

/// <summary>Lists alerts as a plain array, the newest first, and keeps what was done with them; leads have those of their team.</summary>
internal static class ReadAlerts
{
    /// <summary>Lists those that are not put away, or with <c>dismissed=true</c> those that are. Engineers have none.</summary>
    public static async Task<Results<Ok<IReadOnlyList<AlertAnswer>>, ProblemHttpResult>> ListAsync(
        [FromQuery(Name = "dismissed")] bool? dismissed, [FromQuery(Name = "acknowledged")] bool? acknowledged, [AsParameters] PageQuery query, Caller caller, IAlerts alerts, HttpContext context, CancellationToken cancellationToken)
    {
        var page = query.Check();
        if (page.Problem is { } problem)
        {
            return problem.ToHttp();
        }

        var found = await alerts.ListAsync(ScopeRules.Of(caller), dismissed is true, acknowledged, page.Value.AndOneMore(), cancellationToken);
        var answer = found.Cut(page.Value, static alert => alert.Id, AlertAnswer.Of);
        context.LinkNext(answer.Next);
        return TypedResults.Ok(answer.Items);
    }

    /// <summary>Keeps that somebody knows of it.</summary>
    public static async Task<Results<Ok<AlertAnswer>, ProblemHttpResult>> AcknowledgeAsync(
        string id, Caller caller, IAlerts alerts, TimeProvider time, CancellationToken cancellationToken) =>
        Answer(await alerts.AcknowledgeAsync(ScopeRules.Of(caller), id, AccessTexts.Now(time), cancellationToken));

    /// <summary>Puts it away.</summary>
    public static async Task<Results<Ok<AlertAnswer>, ProblemHttpResult>> DismissAsync(
        string id, Caller caller, IAlerts alerts, TimeProvider time, CancellationToken cancellationToken) =>
        Answer(await alerts.DismissAsync(ScopeRules.Of(caller), id, AccessTexts.Now(time), cancellationToken));

    private static Results<Ok<AlertAnswer>, ProblemHttpResult> Answer(Alert? alert) =>
        alert is null ? Problem.NotFound("alert").ToHttp() : TypedResults.Ok(AlertAnswer.Of(alert));
}
