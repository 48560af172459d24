using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Http;

/// <summary>Headers that every answer carries: it is what it says it is, and nobody keeps or frames it.</summary>
internal sealed class SafetyHeaders(RequestDelegate next)
{
    /// <summary>Adds the headers and goes on.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["X-Request-Id"] = context.TraceIdentifier;
        return next(context);
    }
}
