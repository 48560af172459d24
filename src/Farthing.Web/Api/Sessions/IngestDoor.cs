using System.Text.Json;
using Farthing.Web.Access;
using Farthing.Web.Api.Usage;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Sessions;

/// <summary>What a body told, and who sent it.</summary>
/// <param name="Caller">The sender.</param>
/// <param name="Value">What was told.</param>
internal readonly record struct Ingested<T>(Caller Caller, T Value);

/// <summary>Lets reports in: reads the body, and the sender's key out of it when the headers bring none.</summary>
internal sealed class IngestDoor(CallerSlot slot, Credentials credentials, BodyRoom room, TimeProvider time)
{
    private static readonly Problem NotAnObject = new(ProblemKind.Malformed, "malformed", "The body must be a JSON object in UTF-8; nothing of it was stored.");

    /// <summary>Reads a body.</summary>
    /// <param name="http">The request.</param>
    /// <param name="read">Reads what was told; given the time of the request.</param>
    /// <param name="cancellationToken">Stops when the sender is gone.</param>
    public async Task<Result<Ingested<T>>> ReadAsync<T>(HttpContext http, Func<JsonElement, DateTimeOffset, Result<T>> read, CancellationToken cancellationToken)
    {
        if (!http.Request.HasJsonContentType())
        {
            throw new BadHttpRequestException("The body is no JSON.", StatusCodes.Status415UnsupportedMediaType);
        }

        var taken = await UsageBody.ReadAsync(http.Request, room, cancellationToken);
        if (!taken.Succeeded)
        {
            return taken.Problem!;
        }

        using var bytes = taken.Value;
        try
        {
            using var document = JsonDocument.Parse(bytes.Memory, new() { MaxDepth = WebLimits.JsonDepthMax });
            return document.RootElement.ValueKind == JsonValueKind.Object ? await ReadAsync(http, document.RootElement, read) : NotAnObject;
        }
        catch (JsonException failure)
        {
            var place = $"line {failure.LineNumber + 1}, byte {failure.BytePositionInLine + 1}";
            return new Problem(ProblemKind.Malformed, "malformed", $"The body is no JSON at {place}; nothing of it was stored.");
        }
    }

    /// <summary>Refuses, with the headers that belong to the refusal.</summary>
    public static ProblemHttpResult Refuse(HttpContext http, Problem problem)
    {
        Credentials.SetHeaders(http, problem);
        if (problem.Kind == ProblemKind.Unavailable)
        {
            http.Response.Headers.RetryAfter = "1";
        }

        return problem.ToHttp();
    }

    private async Task<Result<Ingested<T>>> ReadAsync<T>(HttpContext http, JsonElement body, Func<JsonElement, DateTimeOffset, Result<T>> read)
    {
        var caller = slot.IsKnown ? slot.Caller : await CallerOfAsync(http, body);
        if (!caller.Succeeded)
        {
            return caller.Problem!;
        }

        var told = read(body, time.GetUtcNow());
        return told.Succeeded ? new Ingested<T>(caller.Value, told.Value) : told.Problem!;
    }

    private async ValueTask<Result<Caller>> CallerOfAsync(HttpContext http, JsonElement body) =>
        body.TryGetProperty("api_key", out var key) && key.ValueKind == JsonValueKind.String && KeyOf(key) is { Length: > 0 } text
            ? await credentials.AdmitAsync(http, text)
            : Credentials.Nobody;

    private static string? KeyOf(JsonElement key)
    {
        try
        {
            return key.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a character is part of no key.
            return null;
        }
    }
}
