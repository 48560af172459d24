using System.Text.Json;
using System.Text.Json.Serialization;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Budgeting;
using Farthing.Workflows.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Sessions;

/// <summary>What became of a report.</summary>
/// <param name="Status"><c>ok</c>; <c>known_by_calls</c> when the session's calls are known one by one, so that its own sums are not counted; <c>rejected</c>.</param>
/// <param name="SessionId">The session; empty when it cannot be read.</param>
/// <param name="Created">Whether nobody had reported it before.</param>
internal sealed record IngestAnswer(string Status, string SessionId, bool Created)
{
    /// <summary>Why it was rejected, for programs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }

    /// <summary>The offending member.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Field { get; init; }

    /// <summary>Why, for people.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>Tells what was stored.</summary>
    public static IngestAnswer Of(ReportedSession reported) =>
        new(reported.IsKnownByCalls ? "known_by_calls" : "ok", reported.Session.Id, reported.Created);

    /// <summary>Tells what was refused.</summary>
    public static IngestAnswer Of(string sessionId, Problem problem) =>
        new("rejected", sessionId, Created: false) { Code = problem.Code, Field = problem.Field, Detail = problem.Detail };
}

/// <summary>What became of many reports.</summary>
/// <param name="Status"><c>ok</c>, or <c>partial</c> when some were rejected.</param>
/// <param name="Created">How many sessions are new.</param>
/// <param name="Updated">How many were known.</param>
/// <param name="Rejected">How many reports were refused.</param>
/// <param name="Results">What became of each, in the order of the body.</param>
internal sealed record BulkIngestAnswer(string Status, int Created, int Updated, int Rejected, IReadOnlyList<IngestAnswer> Results)
{
    /// <summary>Counts.</summary>
    public static BulkIngestAnswer Of(IReadOnlyList<IngestAnswer> results)
    {
        var (created, rejected) = (results.Count(static result => result.Created), results.Count(static result => result.Code is not null));
        return new(rejected == 0 ? "ok" : "partial", created, results.Count - created - rejected, rejected, results);
    }
}

/// <summary>POST /ingest/session, /ingest/bulk and /ingest/facets/{id}.</summary>
internal static class IngestSessions
{
    private static readonly Problem NoSessions = new(ProblemKind.Invalid, "wrong_type", "'sessions' must be a list of sessions.", "sessions");

    private static readonly Problem TooMany = new(
        ProblemKind.TooLarge, "too_many_sessions", $"One request brings at most {SessionLimits.SessionsMax} sessions; nothing of it was stored. Send it in parts.", "sessions");

    /// <summary>Stores a session as it is now.</summary>
    public static async Task<Results<Ok<IngestAnswer>, ProblemHttpResult>> SessionAsync(
        HttpContext http, IngestDoor door, ReportSessions sessions, SpendSignals signals, CancellationToken cancellationToken) =>
        await OneAsync(http, door, sessions, signals, SessionReading.Session, cancellationToken);

    /// <summary>Stores what came of a session that is known.</summary>
    public static async Task<Results<Ok<IngestAnswer>, ProblemHttpResult>> FacetsAsync(
        string id, HttpContext http, IngestDoor door, ReportSessions sessions, SpendSignals signals, CancellationToken cancellationToken) =>
        id.Length > WebLimits.TextLengthMax || id.Contains('\0', StringComparison.Ordinal)
            ? IngestDoor.Refuse(http, Problem.NotFound("session"))
            : await OneAsync(http, door, sessions, signals, (body, now) => SessionReading.Facets(id, body, now), cancellationToken);

    /// <summary>Stores many sessions; what is wrong with one harms no other.</summary>
    public static async Task<Results<Ok<BulkIngestAnswer>, ProblemHttpResult>> BulkAsync(
        HttpContext http, IngestDoor door, ReportSessions sessions, SpendSignals signals, CancellationToken cancellationToken)
    {
        var told = await door.ReadAsync(http, ReadList, cancellationToken);
        if (!told.Succeeded)
        {
            return IngestDoor.Refuse(http, told.Problem!);
        }

        var (caller, read) = (told.Value.Caller, told.Value.Value);
        var stored = await sessions.ReportAsync(caller, [.. read.Where(static item => item.Report.Succeeded).Select(static item => item.Report.Value)], cancellationToken);
        signals.Touch(caller.Org);
        var next = 0;
        return TypedResults.Ok(BulkIngestAnswer.Of(
            [.. read.Select(item => item.Report.Succeeded ? AnswerOf(item.Id, stored[next++]) : IngestAnswer.Of(item.Id, item.Report.Problem!))]));
    }

    private static async Task<Results<Ok<IngestAnswer>, ProblemHttpResult>> OneAsync(
        HttpContext http, IngestDoor door, ReportSessions sessions, SpendSignals signals, Func<JsonElement, DateTimeOffset, Result<SessionReport>> read, CancellationToken cancellationToken)
    {
        var told = await door.ReadAsync(http, read, cancellationToken);
        if (!told.Succeeded)
        {
            return IngestDoor.Refuse(http, told.Problem!);
        }

        var stored = await sessions.ReportAsync(told.Value.Caller, [told.Value.Value], cancellationToken);
        signals.Touch(told.Value.Caller.Org);
        return stored[0].Succeeded ? TypedResults.Ok(IngestAnswer.Of(stored[0].Value)) : IngestDoor.Refuse(http, stored[0].Problem!);
    }

    private static Result<List<(string Id, Result<SessionReport> Report)>> ReadList(JsonElement body, DateTimeOffset now)
    {
        if (!body.TryGetProperty("sessions", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return NoSessions;
        }

        return list.GetArrayLength() > SessionLimits.SessionsMax
            ? TooMany
            : list.EnumerateArray().Select(item => (IdOf(item), SessionReading.Session(item, now))).ToList();
    }

    /// <summary>The id by which an item is answered, whatever is wrong with it.</summary>
    private static string IdOf(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return string.Empty;
        }

        var members = new SessionMembers(item, DateTimeOffset.UnixEpoch);
        var id = members.Text("session_id");
        return members.Problem is null ? id ?? string.Empty : string.Empty;
    }

    private static IngestAnswer AnswerOf(string id, in Result<ReportedSession> stored) =>
        stored.Succeeded ? IngestAnswer.Of(stored.Value) : IngestAnswer.Of(id, stored.Problem!);
}
