using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Http;

/// <summary>
/// Refuses bodies whose encoding nobody undid. It stands behind the decompression, which takes the header away when it
/// understands it.
/// </summary>
internal sealed class KnownEncodings(RequestDelegate next)
{
    /// <summary>Goes on, or answers 415.</summary>
    public Task InvokeAsync(HttpContext context) =>
        context.Request.Headers.ContentEncoding is [] or ["identity"]
            ? next(context)
            : ProblemAnswers.Answer(
                StatusCodes.Status415UnsupportedMediaType, "unsupported_encoding", "Bodies may be sent as gzip, br or deflate, and only one of them.", "Content-Encoding")
                .ExecuteAsync(context);
}
