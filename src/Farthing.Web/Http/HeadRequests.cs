using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Http;

/// <summary>
/// Answers HEAD as GET wherever that is answered: endpoints and the list of them know GET alone. The server itself leaves out
/// the body of what came as HEAD.
/// </summary>
internal sealed class HeadRequests(RequestDelegate next)
{
    private const string Purpose = "Sec-Purpose";

    /// <summary>Goes on with GET in the place of HEAD.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsHead(request.Method))
        {
            await next(context);
            return;
        }

        request.Method = HttpMethods.Get;
        request.Headers[Purpose] = "prefetch";
        try
        {
            await next(context);
        }
        finally
        {
            request.Method = HttpMethods.Head;
        }
    }

    /// <summary>Whether somebody only looks ahead, who must not use up what is shown or followed once: nobody sees the answer.</summary>
    public static bool LooksAhead(HttpRequest request) => request.Headers.ContainsKey(Purpose);
}
