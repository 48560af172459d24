using Farthing.Web.Api.Finops;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Alerting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Farthing.Web.Api.Alerts;

/// <summary>What a look found.</summary>
/// <param name="AlertsCreated">How many alerts are new.</param>
/// <param name="AlertIds">Which.</param>
internal sealed record DetectAnswer(int AlertsCreated, IReadOnlyList<string> AlertIds);

/// <summary>Looks now, at everybody or at one team: by our rule, or by Primer's with <c>mode=primer</c>.</summary>
internal static class DetectNow
{
    public static async Task<Results<Ok<DetectAnswer>, ProblemHttpResult>> HandleAsync(
        [FromQuery(Name = "mode")] string? mode, [FromQuery(Name = "team_id")] string? teamId, Caller caller, FinopsDoor door, DetectAlerts detect, CancellationToken cancellationToken)
    {
        AlertMode? wanted = mode switch
        {
            null or "robust" => AlertMode.Robust,
            "primer" => AlertMode.Primer,
            _ => null,
        };
        if (wanted is not { } known)
        {
            return Problem.Invalid("mode", "'mode' must be one of: robust, primer.").ToHttp();
        }

        if ((await door.ScopeAsync("team_id", teamId, cancellationToken)).Problem is { } problem)
        {
            return problem.ToHttp();
        }

        var raised = await detect.DetectAsync(caller.Org, teamId is { Length: > 0 } ? teamId : null, known, cancellationToken);
        return TypedResults.Ok(new DetectAnswer(raised.Count, raised));
    }
}
