using Farthing.Domain.Usage;
using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Dashboard.Pages.SigningIn;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Forecasting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Farthing.Web.Dashboard.Pages.Admin;

/// <summary>The keys of the organisation: the admins' business only. Sign-ins of browsers have a page of their own.</summary>
internal static class KeyPages
{
    private const string Title = "Admin";
    private const string Path = "/admin/keys";

    private static readonly Problem NoDay = Problem.Invalid("expires_at", "This is no day; write it as 2026-12-31.");

    private static readonly Problem Shown = new(
        ProblemKind.NotFound, "not_found", "A key is shown once, right after it was made. If nobody copied this one, replace it by a new one in the list of keys.");

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ListAsync).WithName("ReadKeysPage").OpenToBrowsers(Role.Admin);
        routes.MapGet(Path + "/new", NewAsync).WithName("OpenNewKey").OpenToBrowsers(Role.Admin);
        routes.MapPost(Path + "/new", CreateAsync).WithName("SendNewKey").OpenToBrowsers(Role.Admin);
        routes.MapGet(Path + "/made/{place}", Reveal).WithName("ReadNewKey").OpenToBrowsers(Role.Admin);
        routes.MapPost(Path + "/rotate", RotateAsync).WithName("SendKeyRotation").OpenToBrowsers(Role.Admin);
        routes.MapPost(Path + "/revoke", RevokeAsync).WithName("SendKeyRevocation").OpenToBrowsers(Role.Admin);
    }

    private static async Task<IResult> ListAsync(
        HttpRequest request, Caller caller, IKeys keys, IEngineers engineers, TimeProvider time, CancellationToken cancellationToken)
    {
        var (now, hasEnded) = (time.GetUtcNow(), request.Query["ended"] is ["yes"]);
        var query = new KeyQuery { Org = caller.Org, Page = request.AskedPage(), Kind = KeyKind.Key, WorkingAt = hasEnded ? null : now, IsNewestFirst = true };
        return new PageResult<KeysPage>(Title)
            .With("Keys", (await keys.ListAsync(query, cancellationToken)).Cut(request, static key => key.Id))
            .With("Names", await PeopleNames.ReadAsync(engineers, ScopeRules.Of(caller), cancellationToken))
            .With("HasEnded", hasEnded)
            .With("At", now);
    }

    private static Task<IResult> NewAsync(HttpRequest request, Caller caller, IEngineers engineers, CancellationToken cancellationToken) =>
        ShowAsync(new() { Engineer = request.Query["engineer"].ToString() }, caller, engineers, cancellationToken);

    private static Task<IResult> CreateAsync(
        HttpContext context, Caller caller, ManageKeys manage, IEngineers engineers, SpendCalendar calendar, ShownOnce shown, CancellationToken cancellationToken) => FormDoor.AnswerAsync(
        context,
        async fields =>
        {
            var form = new KeyForm { Name = fields["name"], Role = fields["role"], Engineer = fields["engineer"], LastDay = fields["last_day"] };
            var made = await manage.CreateAsync(caller, RequestOf(form, EndOf(form.LastDay, calendar.Zone)), cancellationToken);
            return made.Problem is { } problem ? await ShowAsync(form with { Problem = problem }, caller, engineers, cancellationToken) : Show(shown, caller, made.Value);
        });

    private static Task<IResult> RotateAsync(HttpContext context, Caller caller, ManageKeys manage, ShownOnce shown, CancellationToken cancellationToken) => FormDoor.AnswerAsync(
        context,
        async fields =>
        {
            var made = await manage.RotateAsync(caller, fields["id"], cancellationToken);
            return made.Problem is { } problem ? PageAnswers.Refuse(problem) : Show(shown, caller, made.Value);
        });

    private static Task<IResult> RevokeAsync(HttpContext context, Caller caller, ManageKeys manage, CancellationToken cancellationToken) => FormDoor.AnswerAsync(
        context,
        async fields =>
        {
            var problem = (await manage.RevokeAsync(caller, fields["id"], cancellationToken)).Problem;
            return problem is null ? PageAnswers.SeeOther(Path, "key-revoked") : PageAnswers.Refuse(problem);
        });

    /// <summary>The form of a new key; one for somebody who is not there is no page.</summary>
    private static async Task<IResult> ShowAsync(KeyForm form, Caller caller, IEngineers engineers, CancellationToken cancellationToken)
    {
        var engineer = form.Engineer.Length > 0 ? await engineers.FindAsync(caller.Org, form.Engineer, cancellationToken) : null;
        return form.Engineer.Length > 0 && engineer is null
            ? PageAnswers.Refuse(Problem.NotFound("person"))
            : new PageResult<KeyFormPage>("New key", form.Problem?.StatusCode ?? StatusCodes.Status200OK).With("Form", form).With("Engineer", engineer);
    }

    /// <summary>Leads to the page that shows a key, which a reload of it does not make again.</summary>
    /// <param name="shown">Keeps the key until then.</param>
    /// <param name="caller">Who made it.</param>
    /// <param name="secret">The key.</param>
    internal static IResult ShowOnce(ShownOnce shown, Caller caller, Secret secret) => PageAnswers.SeeOther($"{Path}/made/{shown.Keep(secret, caller.KeyId)}");

    private static IResult Show(ShownOnce shown, Caller caller, NewKey made) => ShowOnce(shown, caller, new(made.Secret, made.Stored.Key.Name, Path));

    /// <summary>The page that shows a key, this once.</summary>
    private static IResult Reveal(string place, HttpRequest request, Caller caller, ShownOnce shown)
    {
        // A browser that fetches ahead must not use it up.
        var secret = HeadRequests.LooksAhead(request) ? null : shown.Take(place, caller.KeyId);
        return secret is null ? PageAnswers.Refuse(Shown) : new PageResult<NewKeyPage>("Copy this key now").With("Secret", secret);
    }

    private static KeyRequest RequestOf(KeyForm form, Result<DateTimeOffset?> end) => new()
    {
        Name = form.Name,
        Role = form.Engineer.Length > 0 ? null : RoleName.Parse(form.Role),
        EngineerId = form.Engineer.Length > 0 ? form.Engineer : null,
        ExpiresAt = end.Or(null),
        Unread = end.Problem,
    };

    /// <summary>The end of a last day, which is when the day behind it begins; null for no end.</summary>
    private static Result<DateTimeOffset?> EndOf(string lastDay, TimeZoneInfo zone) => lastDay.Length == 0
        ? (DateTimeOffset?)null
        : DaySpan.TryParse(lastDay, out var day) && day.Year < DateOnly.MaxValue.Year
            ? CalendarDays.StartOf(day.AddDays(1), zone)
            : NoDay;
}
