using Farthing.Web.Http;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Teams;

/// <summary>A team to be founded.</summary>
internal sealed record CreateTeamRequest(string Name);

/// <summary>Founds a team.</summary>
internal static class CreateTeam
{
    public static async Task<Results<Created<TeamAnswer>, ProblemHttpResult>> HandleAsync(
        CreateTeamRequest request, Caller caller, ManageTeams teams, CancellationToken cancellationToken)
    {
        var result = await teams.CreateAsync(caller, request.Name, cancellationToken);
        return result.Problem is { } problem ? problem.ToHttp() : TypedResults.Created($"/api/v1/teams/{result.Value.Id}", TeamAnswer.Of(result.Value));
    }
}
