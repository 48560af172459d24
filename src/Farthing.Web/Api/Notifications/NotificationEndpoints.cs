using Farthing.Web.Access;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Notifying;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Farthing.Web.Api.Notifications;

/// <summary>What was told, is to be told or was given up, for admins.</summary>
internal static class NotificationEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapNotifications(this IEndpointRouteBuilder routes)
    {
        var notifications = routes.MapGroup("/notifications").WithTags("Notifications");
        notifications.MapGet(string.Empty, ReadNotifications.ListAsync).WithName("ListNotifications").Refuses(StatusCodes.Status422UnprocessableEntity).Allow(Role.Admin);
        notifications.MapPost("/{id}/retry", ReadNotifications.RetryAsync).WithName("RetryNotification").Refuses(StatusCodes.Status404NotFound).Allow(Role.Admin);
    }
}

/// <summary>A message of one channel.</summary>
/// <param name="Id">Names the message; webhooks bear it as <c>Farthing-Id</c>.</param>
/// <param name="NotificationId">Names what it tells; the same on every channel.</param>
/// <param name="Channel"><c>mail</c>, <c>slack</c> or <c>webhook</c>.</param>
/// <param name="Kind"><c>budget.threshold</c>, <c>alert.raised</c> or <c>digest.weekly</c>.</param>
/// <param name="Title">One line.</param>
/// <param name="State"><c>waiting</c>, <c>sent</c> or <c>given_up</c>.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="NextAttemptAt">When it is tried next.</param>
/// <param name="EndedAt">When it was taken or given up.</param>
/// <param name="Failure">Why the last try failed; null when none did.</param>
internal sealed record NotificationAnswer(
    string Id, string NotificationId, string Channel, string Kind, string Title, string State, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset? NextAttemptAt,
    DateTimeOffset? EndedAt, string? Failure)
{
    /// <summary>The answer for a message.</summary>
    public static NotificationAnswer Of(KeptMessage kept) => new(
        kept.Message.Id, kept.Message.Notification.Id, kept.Message.Channel, kept.Message.Notification.Kind, kept.Message.Notification.Title, MessageWords.Of(kept.State),
        kept.Attempts, kept.CreatedAt, kept.NextAt, kept.EndedAt, kept.Failure.Length > 0 ? kept.Failure : null);
}

/// <summary>Lists messages, the newest first, and has one sent anew.</summary>
internal static class ReadNotifications
{
    /// <summary>Lists them, those of one state when it is told.</summary>
    public static async Task<Results<Ok<IReadOnlyList<NotificationAnswer>>, ProblemHttpResult>> ListAsync(
        [FromQuery(Name = "state")] string? state, [AsParameters] PageQuery query, Caller caller, IMessages messages, HttpContext context, CancellationToken cancellationToken)
    {
        if (state is not null && MessageWords.State(state) is null)
        {
            return Problem.Invalid("state", $"'state' must be one of: {MessageWords.AllStates}.").ToHttp();
        }

        var page = query.Check();
        if (page.Problem is { } problem)
        {
            return problem.ToHttp();
        }

        var found = await messages.ListAsync(caller.Org, MessageWords.State(state), page.Value.AndOneMore(), cancellationToken);
        var answer = found.Cut(page.Value, static kept => kept.Message.Id, NotificationAnswer.Of);
        context.LinkNext(answer.Next);
        return TypedResults.Ok(answer.Items);
    }

    /// <summary>Sends one that was given up, from the beginning, or one that failed and waits, at once.</summary>
    public static async Task<Results<Accepted<NotificationAnswer>, ProblemHttpResult>> RetryAsync(
        string id, Caller caller, IMessages messages, TimeProvider time, CancellationToken cancellationToken) =>
        await messages.RetryAsync(caller.Org, id, AccessTexts.Now(time), cancellationToken) is { } kept
            ? TypedResults.Accepted((string?)null, NotificationAnswer.Of(kept))
            : Problem.NotFound("notification that failed").ToHttp();
}
