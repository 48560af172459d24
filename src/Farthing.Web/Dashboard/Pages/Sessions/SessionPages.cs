using Farthing.Domain.Usage;
using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Dashboard.Pages.Calls;
using Farthing.Web.Dashboard.Pages.SigningIn;
using Farthing.Workflows.Exploring;
using Farthing.Workflows.Sessions;
using Farthing.Workflows.Spending;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Farthing.Web.Dashboard.Pages.Sessions;

/// <summary>The list of sessions, and the page of one with its calls.</summary>
internal static class SessionPages
{
    private const int Shown = 50;
    private const int CursorLengthMax = 2_048;

    /// <summary>Maps them. A key may hold anything, slashes too.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(SpendLinks.Sessions, ListAsync).WithName("ReadSessionsPage").OpenToBrowsers();
        routes.MapGet(SpendLinks.Sessions + "/{**key}", OpenAsync).WithName("ReadSessionPage").OpenToBrowsers();
    }

    private static async Task<IResult> ListAsync(HttpRequest request, ListedSpend listed, ListSpend list, CancellationToken cancellationToken)
    {
        var isSorted = request.Query["sort"] == "cost";
        if (request.Query.ContainsKey(SpendAddress.FormField))
        {
            var asked = SpendAddress.ReadForm(request.Query);
            return PageAnswers.SeeOther(isSorted ? SpendLinks.DearestSessionsOf(asked) : SpendLinks.SessionsOf(asked));
        }

        var chosen = listed.Of(request);
        var order = isSorted && ListSpend.IsOrderedByCost(chosen.Query) ? SessionOrder.CostliestFirst : SessionOrder.LatestFirst;
        var page = new SessionListPage { Limit = Shown, Order = order, After = SessionPlace.Read(order, request.Query["after"]) };
        var found = await list.SessionsAsync(chosen.Query, page, cancellationToken);
        return new PageResult<SessionsPage>("Sessions")
            .With("Chosen", chosen)
            .With("IsSorted", isSorted)
            .With("Page", page)
            .With("List", found)
            .With("Choices", await listed.ChoicesAsync(found.Names, cancellationToken));
    }

    private static async Task<IResult> OpenAsync(HttpContext context, ListedSpend listed, OpenSession open, TimeProvider time, CancellationToken cancellationToken)
    {
        var opened = await open.OpenAsync(listed.Within, KeyOf(context), context.Request.Query["agent"], cancellationToken);
        return opened.Problem is { } problem
            ? PageAnswers.Refuse(problem)
            : new PageResult<SessionPage>("Session")
                .With("Session", opened.Value)
                .With("After", EventId.TryParse(context.Request.Query["after"].ToString(), out var after) ? after : null)
                .With("At", time.GetUtcNow());
    }

    /// <summary>The key as it was sent: what routing makes of it has lost which slashes were written as such.</summary>
    private static string KeyOf(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = target.Split('?')[0];
        var start = path.IndexOf(SpendLinks.Sessions + "/", StringComparison.Ordinal) + SpendLinks.Sessions.Length + 1;
        return path.Length - start > CursorLengthMax ? string.Empty : Uri.UnescapeDataString(path[start..]);
    }
}
