using Farthing.Web.Http;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Teams;

/// <summary>What is to change about a team; what is left out stays.</summary>
internal sealed record ChangeTeamRequest(string? Name = null);

/// <summary>Renames a team.</summary>
internal static class ChangeTeam
{
    public static async Task<Results<Ok<TeamAnswer>, ProblemHttpResult>> HandleAsync(
        string id, ChangeTeamRequest request, Caller caller, ManageTeams teams, CancellationToken cancellationToken)
    {
        var result = await teams.ChangeAsync(caller, id, request.Name, cancellationToken);
        return result.Problem is { } problem ? problem.ToHttp() : TypedResults.Ok(TeamAnswer.Of(result.Value));
    }
}
