using Farthing.Web.Access;
using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Web.Dashboard.Pages.SigningIn;

/// <summary>Signing in and out, and the browsers that are signed in.</summary>
internal static class SignInPages
{
    private const string Title = "Sign in";
    private const int AddressLengthMax = 2_048;

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", OpenAsync).WithName("OpenSignIn").ExcludeFromDescription().AllowAnyone();
        routes.MapPost("/sign-in", EnterAsync).WithName("EnterSignIn").ExcludeFromDescription().AllowAnyone();
        routes.MapPost("/sign-out", LeaveAsync).WithName("LeaveSignIn").OpenToBrowsers();
        routes.MapGet("/sign-ins", ListAsync).WithName("ListSignIns").OpenToBrowsers();
        routes.MapPost("/sign-ins/end", EndAsync).WithName("EndSignIn").OpenToBrowsers();
    }

    /// <summary>Lets every role that is signed in open a route, and asks everybody else to sign in.</summary>
    public static TBuilder OpenToBrowsers<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.OpenToBrowsers(Enum.GetValues<Role>());

    /// <summary>Lets these roles open a route, once they are signed in.</summary>
    public static TBuilder OpenToBrowsers<TBuilder>(this TBuilder builder, params IReadOnlyList<Role> roles)
        where TBuilder : IEndpointConventionBuilder => builder.Allow(roles).WithMetadata(new BrowserRule(RefuseAsync), new ExcludeFromDescriptionAttribute());

    /// <summary>The page that asks to sign in, in the place of the one that was asked for; its form leads back there.</summary>
    private static async Task RefuseAsync(HttpContext context, Problem problem)
    {
        // What htmx asked for is a part of a page that is open: the browser is to load it anew instead.
        if (context.Request.Headers.ContainsKey("HX-Request"))
        {
            context.Response.Headers["HX-Refresh"] = "true";
        }

        if (problem.Kind is ProblemKind.Forbidden && problem.Code == "forbidden")
        {
            await FailurePages.RecogniseAsync(context, context.RequestServices.GetRequiredService<Credentials>());
            await new PageResult<FailurePage>("Not for you", StatusCodes.Status403Forbidden).With("Detail", "Your role does not open this page.").ExecuteAsync(context);
            return;
        }

        var to = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString : "/";
        var told = ReferenceEquals(problem, Credentials.Nobody) ? null : TextOf(problem, "You are not signed in any more.");
        await Ask(problem, told, to).ExecuteAsync(context);
    }

    private static async Task<IResult> OpenAsync(HttpContext context, Credentials credentials)
    {
        // A browser that fetches ahead must not use up the link.
        if (context.Request.Query["link"] is not [{ Length: > 0 } link] || HeadRequests.LooksAhead(context.Request))
        {
            return new PageResult<SignInPage>(Title);
        }

        var made = await credentials.FollowAsync(context, link);
        return made.Problem is { } problem ? Ask(problem, problem.Detail, "/") : LetIn(context, made.Value, "/");
    }

    private static async Task<IResult> EnterAsync(HttpContext context, Credentials credentials)
    {
        var form = await FormDoor.ReadBeforeSignInAsync(context);
        if (form.Problem is { } foreign)
        {
            return Ask(foreign, foreign.Detail, "/");
        }

        var made = await credentials.EnterAsync(context, form.Value["key"]);
        return made.Problem is { } problem
            ? Ask(problem, TextOf(problem, "This key does not work. Look for one that begins with fk_ and is neither revoked nor expired."), form.Value["to"])
            : LetIn(context, made.Value, form.Value["to"]);
    }

    private static Task<IResult> LeaveAsync(HttpContext context, Caller caller, SignIns signIns, CancellationToken cancellationToken) => FormDoor.AnswerAsync(
        context,
        async _ =>
        {
            await signIns.EndAsync(caller, caller.KeyId, cancellationToken);
            BrowserCookie.Take(context);
            return PageAnswers.SeeOther("/sign-in");
        });

    private static async Task<IResult> ListAsync(HttpRequest request, Caller caller, SignIns signIns, IEngineers engineers, CancellationToken cancellationToken) =>
        new PageResult<SignInsPage>("Sign-ins")
            .With("SignIns", (await signIns.ListAsync(caller, request.AskedPage(), cancellationToken)).Cut(request, static entry => entry.Key.Id))
            .With("Names", await PeopleNames.ReadAsync(engineers, ScopeRules.Of(caller), cancellationToken));

    private static Task<IResult> EndAsync(HttpContext context, Caller caller, SignIns signIns, CancellationToken cancellationToken) => FormDoor.AnswerAsync(
        context,
        async fields => await signIns.EndAsync(caller, fields["id"], cancellationToken) is { } problem ? PageAnswers.Refuse(problem) : PageAnswers.SeeOther("/sign-ins", "sign-in-ended"));

    private static PageResult<SignInPage> Ask(Problem problem, string? told, string to) =>
        new PageResult<SignInPage>(Title, problem.StatusCode).With("Problem", told).With("To", LocalPath(to));

    private static IResult LetIn(HttpContext context, NewKey made, string to)
    {
        BrowserCookie.Give(context, made.Secret, made.Stored.Key.ExpiresAt!.Value);
        return PageAnswers.SeeOther(LocalPath(to));
    }

    private static string TextOf(Problem problem, string unauthenticated) => problem.Kind == ProblemKind.Unauthenticated ? unauthenticated : problem.Detail;

    /// <summary>A path of this server and nothing that leads elsewhere.</summary>
    private static string LocalPath(string to) =>
        to is ['/', .. var rest] && rest is not ['/' or '\\', ..] && to.Length <= AddressLengthMax && !to.Any(char.IsControl) && !to.Contains('\\', StringComparison.Ordinal) ? to : "/";
}
