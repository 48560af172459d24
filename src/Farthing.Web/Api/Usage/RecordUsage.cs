using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;
using Farthing.Workflows.Metering;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Farthing.Web.Api.Usage;

/// <summary><c>POST /usage</c>: stores a batch of events and tells what became of each, once that is durable.</summary>
internal static class RecordUsage
{
    private const string AllItems = "all";

    private static readonly Problem UnknownItems = Problem.Invalid("items", "'items' can be 'all', or be left out.");

    /// <summary>Reads, prices, stores, answers.</summary>
    public static async Task<Results<Ok<UsageAnswer>, ProblemHttpResult>> HandleAsync(
        HttpContext context,
        Caller caller,
        UsageIntake intake,
        TeamsOfPeople teams,
        BodyRoom room,
        SpendSignals signals,
        TimeProvider time,
        [FromQuery(Name = "items")] string? items,
        CancellationToken cancellationToken)
    {
        if (items is not (null or AllItems))
        {
            return UnknownItems.ToHttp();
        }

        if (!context.Request.HasJsonContentType())
        {
            throw new BadHttpRequestException("The body is no JSON.", StatusCodes.Status415UnsupportedMediaType);
        }

        var reading = await ReadAsync(context.Request, caller, room, time, cancellationToken);
        if (!reading.Succeeded)
        {
            return Refuse(context, reading.Problem!);
        }

        var told = reading.Value.Without(await teams.RefusalsAsync(caller, reading.Value.Events, cancellationToken));
        var events = await teams.FillAsync(caller, told.Events, cancellationToken);
        var recorded = await intake.RecordAsync(events, cancellationToken);
        if (recorded.Problem is { } problem)
        {
            return Refuse(context, problem);
        }

        signals.Touch(caller.Org);
        using var usage = recorded.Value;
        return TypedResults.Ok(UsageAnswer.Of(told.Items, usage, items is AllItems));
    }

    private static async Task<Result<UsageReading>> ReadAsync(
        HttpRequest request, Caller caller, BodyRoom room, TimeProvider time, CancellationToken cancellationToken)
    {
        var read = await UsageBody.ReadAsync(request, room, cancellationToken);
        if (!read.Succeeded)
        {
            return read.Problem!;
        }

        using var body = read.Value;
        return UsageReading.Read(body.Bytes, caller, time.GetUtcNow());
    }

    private static ProblemHttpResult Refuse(HttpContext context, Problem problem)
    {
        if (problem.Kind == ProblemKind.Unavailable)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        return problem.ToHttp();
    }
}
