using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Dashboard.Pages.SigningIn;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Farthing.Web.Dashboard.Pages.Admin;

/// <summary>Which people the list shows.</summary>
/// <param name="Text">What was looked for; empty for everybody.</param>
/// <param name="Team">The id of a team; empty for all.</param>
public sealed record PeopleFilter(string Text, string Team);

/// <summary>The people of the organisation: admins manage them, finance may look.</summary>
internal static class PeoplePages
{
    private const string Title = "Admin";
    private const string Path = "/admin";
    private const int TeamsMax = 500;

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ListAsync).WithName("ReadPeoplePage").OpenToBrowsers(RoleSets.OverPeople);
        routes.MapGet(Path + "/people/new", NewAsync).WithName("OpenNewPerson").OpenToBrowsers(Role.Admin);
        routes.MapPost(Path + "/people/new", CreateAsync).WithName("SendNewPerson").OpenToBrowsers(Role.Admin);
        routes.MapGet(Path + "/people/edit", EditAsync).WithName("OpenPerson").OpenToBrowsers(Role.Admin);
        routes.MapPost(Path + "/people/edit", ChangeAsync).WithName("SendPerson").OpenToBrowsers(Role.Admin);
        routes.MapPost(Path + "/people/key", RotateKeyAsync).WithName("SendPersonKey").OpenToBrowsers(Role.Admin);
        routes.MapPost(Path + "/people/deactivate", DeactivateAsync).WithName("SendPersonOut").OpenToBrowsers(Role.Admin);
        routes.MapPost(Path + "/people/activate", ActivateAsync).WithName("SendPersonIn").OpenToBrowsers(Role.Admin);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, Caller caller, FindPeople people, ITeams teams, CancellationToken cancellationToken)
    {
        var filter = new PeopleFilter(request.Query["q"].ToString().Trim(), request.Query["team"].ToString());
        var search = new PeopleSearch { Within = ScopeRules.Of(caller, filter.Team), Text = filter.Text, Page = request.AskedPage() };
        return new PageResult<PeoplePage>(Title)
            .With("People", (await people.FindAsync(search, cancellationToken)).Cut(request, static person => person.Id))
            .With("Teams", await TeamsAsync(caller, teams, cancellationToken))
            .With("Filter", filter);
    }

    private static async Task<IResult> NewAsync(Caller caller, ITeams teams, CancellationToken cancellationToken) =>
        await ShowAsync(new(), caller, teams, cancellationToken);

    private static Task<IResult> CreateAsync(HttpContext context, Caller caller, ManageEngineers manage, ITeams teams, ShownOnce shown, CancellationToken cancellationToken) => FormDoor.AnswerAsync(
        context,
        async fields =>
        {
            var form = Read(fields) with { Id = string.Empty };
            var made = await manage.CreateAsync(caller, form.Name, form.Email, form.Team, cancellationToken);
            return made.Problem is { } problem ? await ShowAsync(form with { Problem = problem }, caller, teams, cancellationToken) : Show(shown, caller, made.Value);
        });

    private static async Task<IResult> EditAsync(HttpRequest request, Caller caller, IEngineers engineers, ITeams teams, CancellationToken cancellationToken) =>
        await engineers.FindAsync(caller.Org, request.Query["id"].ToString(), cancellationToken) is { } person
            ? await ShowAsync(FormOf(person), caller, teams, cancellationToken, person)
            : PageAnswers.Refuse(Problem.NotFound("person"));

    private static Task<IResult> ChangeAsync(
        HttpContext context, Caller caller, ManageEngineers manage, IEngineers engineers, ITeams teams, CancellationToken cancellationToken) => FormDoor.AnswerAsync(
        context,
        async fields =>
        {
            var form = Read(fields);
            if (await engineers.FindAsync(caller.Org, form.Id, cancellationToken) is not { } person)
            {
                return PageAnswers.Refuse(Problem.NotFound("person"));
            }

            var problem = (await manage.ChangeAsync(caller, form.Id, ChangeOf(form), cancellationToken)).Problem;
            return problem is null ? PageAnswers.SeeOther(Path, "person-changed") : await ShowAsync(form with { Problem = problem }, caller, teams, cancellationToken, person);
        });

    private static Task<IResult> RotateKeyAsync(HttpContext context, Caller caller, ManageEngineers manage, ShownOnce shown, CancellationToken cancellationToken) => FormDoor.AnswerAsync(
        context,
        async fields =>
        {
            var made = await manage.RotateKeyAsync(caller, fields["id"], cancellationToken);
            return made.Problem is { } problem ? PageAnswers.Refuse(problem) : Show(shown, caller, made.Value);
        });

    private static Task<IResult> DeactivateAsync(HttpContext context, Caller caller, ManageEngineers manage, CancellationToken cancellationToken) =>
        SetActiveAsync(isActive: false, context, caller, manage, cancellationToken);

    private static Task<IResult> ActivateAsync(HttpContext context, Caller caller, ManageEngineers manage, CancellationToken cancellationToken) =>
        SetActiveAsync(isActive: true, context, caller, manage, cancellationToken);

    private static Task<IResult> SetActiveAsync(bool isActive, HttpContext context, Caller caller, ManageEngineers manage, CancellationToken cancellationToken) => FormDoor.AnswerAsync(
        context,
        async fields =>
        {
            var problem = (await manage.ChangeAsync(caller, fields["id"], new() { IsActive = isActive }, cancellationToken)).Problem;
            return problem is null ? PageAnswers.SeeOther(Path, isActive ? "person-in" : "person-out") : PageAnswers.Refuse(problem);
        });

    /// <summary>The form, with the teams that one can be in.</summary>
    private static async Task<IResult> ShowAsync(PersonForm form, Caller caller, ITeams teams, CancellationToken cancellationToken, Engineer? person = null) =>
        new PageResult<PersonFormPage>(form.IsNew ? "Add a person" : "Change a person", form.Problem?.StatusCode ?? StatusCodes.Status200OK)
            .With("Form", form)
            .With("Teams", await TeamsAsync(caller, teams, cancellationToken))
            .With("Person", person);

    private static IResult Show(ShownOnce shown, Caller caller, EngineerWithKey made) => KeyPages.ShowOnce(shown, caller, new(made.Secret, made.Engineer.Name, Path));

    private static Task<IReadOnlyList<Team>> TeamsAsync(Caller caller, ITeams teams, CancellationToken cancellationToken) =>
        teams.ListAsync(ScopeRules.Of(caller), new(TeamsMax, string.Empty), cancellationToken);

    private static PersonForm Read(FormFields fields) => new()
    {
        Id = fields["id"],
        Name = fields["name"],
        Email = fields["email"],
        Team = fields["team"],
        Role = fields["role"],
    };

    private static EngineerChange ChangeOf(PersonForm form) => new()
    {
        Name = form.Name,
        Email = form.Email,
        TeamId = form.Team,
        Role = RoleName.Parse(form.Role),
        Unread = RoleName.Parse(form.Role) is null ? EngineerChange.WrongRole : null,
    };

    private static PersonForm FormOf(Engineer person) => new()
    {
        Id = person.Id,
        Name = person.Name,
        Email = person.Email,
        Team = person.TeamId ?? string.Empty,
        Role = RoleName.Of(person.Role),
    };
}
