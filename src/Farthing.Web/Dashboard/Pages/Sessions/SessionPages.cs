using Farthing.Domain.Usage;
using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Dashboard.Pages.Calls;
using Farthing.Web.Dashboard.Pages.SigningIn;
using Farthing.Workflows.Analytics;
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
        routes.MapGet(SpendLinks.Sessions, ListAsync).WithName("ReadSessionsPage").OpenToBrowsers().Reads(SessionsAddress.Words);
        routes.MapGet(SpendLinks.Sessions + "/{**key}", OpenAsync).WithName("ReadSessionPage").OpenToBrowsers();
    }

    private static async Task<IResult> ListAsync(
        HttpRequest request, ListedSpend listed, ListSpend list, ListWork work, FindTyped typed, CancellationToken cancellationToken)
    {
        if (request.Query.ContainsKey(SpendAddress.FormField))
        {
            return PageAnswers.SeeOther(await TypedFilter.LeadAsync(request, listed.Within, typed, static fields => SessionsAddress.ReadForm(fields).Link, cancellationToken));
        }

        var (address, chosen) = (SessionsAddress.Read(request.Query), listed.Of(request));
        // Those of which something was said are few enough to be in any order.
        var order = address.IsSorted && (!address.Said.IsAny || ListSpend.IsOrderedByCost(chosen.Query)) ? SessionOrder.CostliestFirst : SessionOrder.LatestFirst;
        var page = new SessionListPage { Limit = Shown, Order = order, After = SessionPlace.Read(order, request.Query["after"]) };
        var (kinds, offered) = (work.KindsAsync(chosen.Query, cancellationToken), listed.ValuesAsync(cancellationToken));
        var found = address.Said.IsAny
            ? new(await list.SessionsAsync(chosen.Query, page, cancellationToken))
            : await work.ListAsync(chosen.Query, address.Said, address.Behind, page, cancellationToken);
        return new PageResult<SessionsPage>("Sessions")
            .With("Chosen", chosen)
            .With("Address", address)
            .With("Page", page)
            .With("Found", found)
            .With("Kinds", await kinds)
            .With("Choices", await listed.ChoicesAsync(await offered, found.List.Names, cancellationToken));
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
