using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Http;

/// <summary>Tells failures to people who look at them in a browser. What is told to programs is a problem, see <see cref="ProblemAnswers"/>.</summary>
internal interface IFailurePages
{
    /// <summary>Whether a request wants a page rather than a problem.</summary>
    bool AreWanted(HttpRequest request);

    /// <summary>Answers with a page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">Its status.</param>
    /// <param name="detail">What the problem would say.</param>
    Task ShowAsync(HttpContext context, int status, string detail);
}
