using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Http;

/// <summary>
/// Says in our words why a request could not be read. The server's own messages name types of the program, which mean
/// nothing to whoever sent it.
/// </summary>
internal static class BadRequests
{
    private const string UnknownMember = "could not be mapped to any .NET member";
    private const string DuplicateMember = "Duplicate property";
    private const string FromBody = "body";
    private const string MissingMember = "missing required properties";

    /// <summary>The answer to a body that is not what its encoding says.</summary>
    public static ProblemHttpResult NotInflatable() =>
        Malformed("malformed", "The body cannot be inflated: it is not what its 'Content-Encoding' says, or it is cut off.", "Content-Encoding");

    /// <summary>The answer to a request that the server refused to read.</summary>
    public static ProblemHttpResult Answer(BadHttpRequestException failure) => failure.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => ProblemAnswers.Answer(
            failure.StatusCode, "too_large", $"The body is larger than {WebLimits.BodyBytesMax / 1024 / 1024} MiB after it is inflated; send it in parts."),
        StatusCodes.Status415UnsupportedMediaType => ProblemAnswers.Answer(
            failure.StatusCode, "unsupported_media_type", "The body must be JSON; send it with 'Content-Type: application/json'.", "Content-Type"),
        StatusCodes.Status408RequestTimeout => ProblemAnswers.Answer(failure.StatusCode, "too_slow", "The body came too slowly; send it again."),
        _ => failure.InnerException is JsonException json ? Answer(json) : Unreadable(failure),
    };

    /// <summary>The answer to a parameter that is not there or of another type than it must be.</summary>
    public static ProblemHttpResult Unreadable(string parameter) => WrongType(parameter, $"'{parameter}' is missing or cannot be read.");

    private static ProblemHttpResult Answer(JsonException failure) => failure.Message switch
    {
        var text when text.Contains(UnknownMember, StringComparison.Ordinal) =>
            Malformed("unknown_field", $"'{Quoted(text)}' is not known here; leave it out.", Quoted(text)),
        var text when text.Contains(DuplicateMember, StringComparison.Ordinal) =>
            Malformed("duplicate_field", $"'{Quoted(text)}' stands there twice; send it once.", Quoted(text)),
        var text when text.Contains(MissingMember, StringComparison.Ordinal) =>
            Malformed("missing_field", $"'{LastQuoted(text)}' is missing.", LastQuoted(text)),
        _ when IsJson(failure) && FieldOf(failure) is { Length: > 0 } field =>
            WrongType(field, $"'{Bounded(field)}' cannot be what was sent; see the API's description for what is expected."),
        _ => Malformed("malformed", $"The body cannot be read{PlaceOf(failure)}; see the API's description for what is expected.", FieldOf(failure)),
    };

    /// <summary>A missing body, or a parameter of another type than it must be.</summary>
    private static ProblemHttpResult Unreadable(BadHttpRequestException failure)
    {
        if (failure.Message.Contains(FromBody, StringComparison.Ordinal))
        {
            return Malformed("malformed", "There is no body; send JSON.", null);
        }

        // "Failed to bind parameter "Nullable<int> Limit" from "x"." names the type first.
        return Between(failure.Message, '"') is { Length: > 0 } declared && JsonNamingPolicy.SnakeCaseLower.ConvertName(declared[(declared.LastIndexOf(' ') + 1)..]) is var parameter
            ? Unreadable(parameter)
            : Malformed("malformed", "The request cannot be read; it is cut off, or not HTTP as it should be.", null);
    }

    private static ProblemHttpResult Malformed(string code, string detail, string? field) =>
        ProblemAnswers.Answer(StatusCodes.Status400BadRequest, code, detail, field is null ? null : Bounded(field));

    private static ProblemHttpResult WrongType(string field, string detail) =>
        ProblemAnswers.Answer(StatusCodes.Status422UnprocessableEntity, "wrong_type", detail, Bounded(field));

    private static string Bounded(string field) => field[..Math.Min(field.Length, WebLimits.TextLengthMax)];

    /// <summary>Whether the body was JSON as far as it was read: what is none is the failure of the reader below.</summary>
    private static bool IsJson(JsonException failure) => failure.InnerException is not JsonException;

    private static string PlaceOf(JsonException failure) => (FieldOf(failure), failure.LineNumber) switch
    {
        ({ Length: > 0 } field, _) => $" at '{field}'",
        (_, { } line) => $" at line {line + 1}",
        _ => string.Empty,
    };

    private static string? FieldOf(JsonException failure) => failure.Path is ['$', '.', .. var field] ? field : null;

    private static string Quoted(string text) => Between(text, '\'') is { } name ? name[..Math.Min(name.Length, WebLimits.TextLengthMax)] : string.Empty;

    private static string LastQuoted(string text)
    {
        var end = text.LastIndexOf('\'');
        var start = end > 0 ? text.LastIndexOf('\'', end - 1) : -1;
        return start < 0 ? string.Empty : text[(start + 1)..end];
    }

    private static string? Between(string text, char quote)
    {
        var start = text.IndexOf(quote, StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf(quote, start + 1);
        return end < 0 ? null : text[(start + 1)..end];
    }
}
