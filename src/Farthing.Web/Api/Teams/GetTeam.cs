using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Teams;

/// <summary>Shows a team.</summary>
internal static class GetTeam
{
    public static async Task<Results<Ok<TeamAnswer>, ProblemHttpResult>> HandleAsync(string id, Caller caller, ITeams teams, CancellationToken cancellationToken) =>
        await teams.FindAsync(caller.Org, id, cancellationToken) is { } team ? TypedResults.Ok(TeamAnswer.Of(team)) : Problem.NotFound("team").ToHttp();
}
