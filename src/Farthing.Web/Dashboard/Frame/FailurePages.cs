using Farthing.Web.Access;
using Farthing.Web.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>
/// The pages of what went wrong. A page is wanted by whoever prefers HTML to JSON, which browsers say and programs do not;
/// the API answers with problems to everybody.
/// </summary>
internal sealed class FailurePages(Credentials credentials) : IFailurePages
{
    private static readonly PathString Api = "/api";

    /// <inheritdoc/>
    public bool AreWanted(HttpRequest request)
    {
        if (request.Path.StartsWithSegments(Api, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var accepted = new RequestHeaders(request.Headers).Accept;
        return QualityOf("text/html") is > 0 and var html && html >= Math.Max(QualityOf("application/json"), QualityOf("application/problem+json"));

        double QualityOf(string kind) => accepted.Where(one => one.MediaType.Equals(kind, StringComparison.OrdinalIgnoreCase)).Select(static one => one.Quality ?? 1).DefaultIfEmpty(0).Max();
    }

    /// <inheritdoc/>
    public async Task ShowAsync(HttpContext context, int status, string detail)
    {
        // After a failure nothing is read any more that could fail again.
        if (status is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed)
        {
            await RecogniseAsync(context, credentials);
        }

        await new PageResult<FailurePage>(TitleOf(status), status).With("Detail", TextOf(status, detail)).With("Reference", ReferenceOf(context, status)).ExecuteAsync(context);
    }

    /// <summary>Finds out who looks at a page that everybody may see, so that what is beside it leads on.</summary>
    public static async Task RecogniseAsync(HttpContext context, Credentials credentials)
    {
        var slot = context.RequestServices.GetRequiredService<CallerSlot>();
        if (!slot.IsKnown && await credentials.RecogniseAsync(context) is { } caller)
        {
            slot.Caller = caller;
        }
    }

    private static string TitleOf(int status) => status switch
    {
        StatusCodes.Status404NotFound => "There is no such page",
        StatusCodes.Status503ServiceUnavailable => "The store does not answer",
        >= StatusCodes.Status500InternalServerError => "Something went wrong",
        _ => "This did not work",
    };

    private static string TextOf(int status, string detail) => status switch
    {
        StatusCodes.Status404NotFound => "Nothing is at this address. It may have been removed, or the link to it is wrong.",
        StatusCodes.Status500InternalServerError => "The server made a mistake, and nothing that you did is to blame. Try it again; whoever runs the server finds more in its log.",
        _ => detail,
    };

    private static string? ReferenceOf(HttpContext context, int status) => status >= StatusCodes.Status500InternalServerError ? context.TraceIdentifier : null;
}
