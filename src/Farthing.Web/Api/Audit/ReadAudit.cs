using System.Text.Json;
using Farthing.Web.Access;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Farthing.Web.Api.Audit;

/// <summary>Which lines of the audit are asked for. What is left out restricts nothing.</summary>
internal readonly record struct AuditFilter
{
    /// <summary>How many.</summary>
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }

    /// <summary>The <c>next</c> of the page before.</summary>
    [FromQuery(Name = "after")]
    public string? After { get; init; }

    /// <summary>About which wallet, grant, engineer, key …</summary>
    [FromQuery(Name = "object_id")]
    public string? ObjectId { get; init; }

    /// <summary><c>wallet.changed</c>, <c>grant.voided</c>, <c>key.revoked</c> …</summary>
    [FromQuery(Name = "action")]
    public string? Action { get; init; }

    /// <summary>Who did it: <c>operator</c>, <c>engineer:ID</c> or <c>key:ID</c>.</summary>
    [FromQuery(Name = "actor")]
    public string? Actor { get; init; }

    /// <summary>From this instant on.</summary>
    [FromQuery(Name = "from")]
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this instant.</summary>
    [FromQuery(Name = "to")]
    public DateTimeOffset? To { get; init; }

    /// <summary>The page, or what is wrong.</summary>
    public Result<Page> Check(TimeProvider time)
    {
        var fields = new BodyFields(time);
        fields.Text("object_id", ObjectId);
        fields.Text("action", Action);
        fields.Text("actor", Actor);
        return fields.Problem is { } problem ? problem : new PageQuery { Limit = Limit, After = After }.Check();
    }

    /// <summary>The query of a page.</summary>
    public AuditQuery Of(string org, Page page) => new()
    {
        Org = org,
        ObjectId = ObjectId,
        Action = Action,
        Actor = Actor,
        From = From?.ToUniversalTime(),
        To = To?.ToUniversalTime(),
        After = page.After.Length > 0 ? page.After : null,
        Limit = page.Limit,
    };
}

/// <summary>A line of the audit.</summary>
/// <param name="Id">Names it; lines of later milliseconds sort later.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="RequestId">In which request; null for the command line.</param>
/// <param name="Action">What was done.</param>
/// <param name="ObjectId">To what.</param>
/// <param name="Before">The object before, without secrets; null when it is new.</param>
/// <param name="After">The object after.</param>
internal sealed record AuditAnswer(
    string Id, DateTimeOffset At, string Actor, string? RequestId, string Action, string ObjectId, JsonElement? Before, JsonElement? After)
{
    /// <summary>Tells a line.</summary>
    public static AuditAnswer Of(AuditEntry line) => new(
        line.Id, line.Stamp.At, line.Stamp.Actor, line.Stamp.RequestId is { Length: > 0 } request ? request : null, line.Action, line.ObjectId, Read(line.Before), Read(line.After));

    private static JsonElement? Read(string text) => text.Length > 0 ? JsonElement.Parse(text) : null;
}

/// <summary>GET /audit: who changed what, for those who answer for it.</summary>
internal static class ReadAudit
{
    /// <summary>Maps it.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/audit", HandleAsync).WithTags("Audit").WithName(nameof(ReadAudit)).Allow(Role.Admin, Role.Finance);

    /// <summary>Lists the changes of people, keys, wallets and grants, the newest first.</summary>
    public static async Task<Results<Ok<PageAnswer<AuditAnswer>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] AuditFilter filter, Caller caller, IAuditTrail audit, TimeProvider time, CancellationToken cancellationToken)
    {
        var page = filter.Check(time);
        if (page.Problem is { } problem)
        {
            return problem.ToHttp();
        }

        var found = await audit.ReadAsync(filter.Of(caller.Org, page.Value.AndOneMore()), cancellationToken);
        return TypedResults.Ok(found.Cut(page.Value, static line => line.Id, AuditAnswer.Of));
    }
}
