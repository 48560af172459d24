using Farthing.Web.Http;
using Farthing.Workflows;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>What a page answers instead of itself.</summary>
internal static class PageAnswers
{
    /// <summary>A page that says why something was refused.</summary>
    public static IResult Refuse(Problem problem) =>
        new PageResult<FailurePage>(problem.Kind == ProblemKind.NotFound ? "It is not here" : "Refused", problem.StatusCode).With("Detail", problem.Detail);

    /// <summary>Leads a browser to another page after a form.</summary>
    public static IResult SeeOther(string path) => new SeeOtherResult(path);

    /// <summary>Leads a browser to another page after a form, which says there what it did.</summary>
    /// <param name="path">The page, without a query.</param>
    /// <param name="done">The word of what was done, one of <see cref="DoneWord.All"/>.</param>
    public static IResult SeeOther(string path, string done) => SeeOther($"{path}?{DoneWord.Field}={done}");

    private sealed class SeeOtherResult(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = path;
            return Task.CompletedTask;
        }
    }
}
