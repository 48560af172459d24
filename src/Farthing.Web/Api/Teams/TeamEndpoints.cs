using Farthing.Web.Access;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Farthing.Web.Api.Teams;

/// <summary>Teams: admins manage them, finance may look.</summary>
internal static class TeamEndpoints
{
    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var teams = routes.MapGroup("/teams").WithTags("Teams");
        teams.MapPost(string.Empty, CreateTeam.HandleAsync).WithName(nameof(CreateTeam)).Allow(Role.Admin);
        teams.MapGet(string.Empty, ListTeams.HandleAsync).WithName(nameof(ListTeams)).Allow(Role.Admin, Role.Finance);
        teams.MapGet("/{id}", GetTeam.HandleAsync).WithName(nameof(GetTeam)).Allow(Role.Admin, Role.Finance);
        teams.MapPatch("/{id}", ChangeTeam.HandleAsync).WithName(nameof(ChangeTeam)).Allow(Role.Admin);
    }
}

/// <summary>A team as it is answered.</summary>
internal sealed record TeamAnswer(string Id, string Name, DateTimeOffset CreatedAt)
{
    /// <summary>The answer for a team.</summary>
    public static TeamAnswer Of(Team team) => new(team.Id, team.Name, team.CreatedAt);
}
