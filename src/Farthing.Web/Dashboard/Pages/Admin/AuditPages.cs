using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Dashboard.Pages.SigningIn;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Farthing.Web.Dashboard.Pages.Admin;

/// <summary>Which lines of the audit are shown; empty texts restrict nothing.</summary>
/// <param name="Action">What was done: <c>key.revoked</c>.</param>
/// <param name="Actor">Who did it: <c>operator</c>, <c>engineer:ID</c>, <c>key:ID</c>, <c>system</c>.</param>
/// <param name="Thing">The id of what it was done to.</param>
public sealed record AuditFilter(string Action, string Actor, string Thing)
{
    /// <summary>Whether it restricts anything.</summary>
    public bool IsEmpty => Action.Length + Actor.Length + Thing.Length == 0;

    /// <summary>The address of the page with it.</summary>
    public string Address => AuditPages.Path + QueryString.Create(
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["action"] = Action, ["actor"] = Actor, ["object"] = Thing }.Where(static part => part.Value!.Length > 0));
}

/// <summary>Who changed what, for those who answer for it.</summary>
internal static class AuditPages
{
    /// <summary>Where it is.</summary>
    internal const string Path = "/admin/audit";

    private const string Title = "Admin";
    private const int TextLengthMax = 256;

    /// <summary>Maps it.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, ListAsync).WithName("ReadAuditPage").OpenToBrowsers(RoleSets.OverPeople);

    private static async Task<IResult> ListAsync(HttpRequest request, Caller caller, IAuditTrail audit, IEngineers engineers, CancellationToken cancellationToken)
    {
        var (filter, page) = (new AuditFilter(TextOf(request, "action"), TextOf(request, "actor"), TextOf(request, "object")), request.AskedPage());
        var lines = await audit.ReadAsync(
            new() { Org = caller.Org, Action = Asked(filter.Action), Actor = Asked(filter.Actor), ObjectId = Asked(filter.Thing), After = Asked(page.After), Limit = page.Limit },
            cancellationToken);
        return new PageResult<AuditPage>(Title)
            .With("Lines", lines.Cut(request, static line => line.Id))
            .With("Names", await PeopleNames.ReadAsync(engineers, ScopeRules.Of(caller), cancellationToken))
            .With("Filter", filter);
    }

    private static string TextOf(HttpRequest request, string name) => request.Query[name].ToString().Trim() is { Length: <= TextLengthMax } text ? text : string.Empty;

    private static string? Asked(string text) => text.Length > 0 ? text : null;
}
