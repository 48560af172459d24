using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Dashboard.Pages.SigningIn;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Farthing.Web.Dashboard.Pages.Admin;

/// <summary>The teams of the organisation: admins found and rename them, finance may look.</summary>
internal static class TeamPages
{
    private const string Title = "Admin";
    private const string Path = "/admin/teams";

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ListAsync).WithName("ReadTeamsPage").OpenToBrowsers(RoleSets.OverPeople);
        routes.MapGet(Path + "/new", static IResult () => Show(new())).WithName("OpenNewTeam").OpenToBrowsers(Role.Admin);
        routes.MapPost(Path + "/new", CreateAsync).WithName("SendNewTeam").OpenToBrowsers(Role.Admin);
        routes.MapGet(Path + "/edit", EditAsync).WithName("OpenTeam").OpenToBrowsers(Role.Admin);
        routes.MapPost(Path + "/edit", ChangeAsync).WithName("SendTeam").OpenToBrowsers(Role.Admin);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, Caller caller, ITeams teams, CancellationToken cancellationToken) =>
        new PageResult<TeamsPage>(Title)
            .With("Teams", (await teams.ListAsync(ScopeRules.Of(caller), request.AskedPage(), cancellationToken)).Cut(request, static team => team.Id));

    private static Task<IResult> CreateAsync(HttpContext context, Caller caller, ManageTeams manage, CancellationToken cancellationToken) => FormDoor.AnswerAsync(
        context,
        async fields =>
        {
            var form = new TeamForm { Name = fields["name"] };
            var made = await manage.CreateAsync(caller, form.Name, cancellationToken);
            return made.Problem is { } problem ? Show(form with { Problem = problem }) : PageAnswers.SeeOther(Path, "team-created");
        });

    private static async Task<IResult> EditAsync(HttpRequest request, Caller caller, ITeams teams, CancellationToken cancellationToken) =>
        await teams.FindAsync(caller.Org, request.Query["id"].ToString(), cancellationToken) is { } team
            ? Show(new() { Id = team.Id, Name = team.Name })
            : PageAnswers.Refuse(Problem.NotFound("team"));

    private static Task<IResult> ChangeAsync(HttpContext context, Caller caller, ManageTeams manage, CancellationToken cancellationToken) => FormDoor.AnswerAsync(
        context,
        async fields =>
        {
            var form = new TeamForm { Id = fields["id"], Name = fields["name"] };
            return (await manage.ChangeAsync(caller, form.Id, form.Name, cancellationToken)).Problem switch
            {
                null => PageAnswers.SeeOther(Path, "team-renamed"),
                { Kind: ProblemKind.NotFound } gone => PageAnswers.Refuse(gone),
                var problem => Show(form with { Problem = problem }),
            };
        });

    private static PageResult<TeamFormPage> Show(TeamForm form) =>
        new PageResult<TeamFormPage>(form.IsNew ? "New team" : "Rename a team", form.Problem?.StatusCode ?? StatusCodes.Status200OK).With("Form", form);
}
