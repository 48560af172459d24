using Farthing.Domain.Usage;
using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Dashboard.Pages.SigningIn;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Billing;
using Farthing.Workflows.Crediting;
using Farthing.Workflows.Exploring;
using Farthing.Workflows.Spending;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Farthing.Web.Dashboard.Pages.Calls;

/// <summary>The list of calls, and the page of one with the build-up of its cost.</summary>
internal static class CallPages
{
    private const int Shown = 50;

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(SpendLinks.Calls, ListAsync).WithName("ReadCallsPage").OpenToBrowsers().Reads(CallsAddress.Words);
        routes.MapGet(SpendLinks.Newest, FollowAsync).WithName("FollowCalls").OpenToBrowsers();
        routes.MapGet(SpendLinks.Calls + "/{id}", OpenAsync).WithName("ReadCallPage").OpenToBrowsers();
    }

    private static async Task<IResult> ListAsync(HttpRequest request, ListedSpend listed, ListSpend list, FindTyped typed, CancellationToken cancellationToken)
    {
        if (request.Query.ContainsKey(SpendAddress.FormField))
        {
            return PageAnswers.SeeOther(await TypedFilter.LeadAsync(request, listed.Within, typed, static fields => CallsAddress.ReadForm(fields).Link, cancellationToken));
        }

        var address = CallsAddress.Read(request.Query);
        var chosen = listed.Of(request, address.IsWhole);
        var page = PageOf(address) with { Before = EventId.TryParse(request.Query["before"].ToString(), out var before) ? before : null };
        var offered = address.Session is null ? listed.ValuesAsync(cancellationToken) : null;
        var found = await list.CallsAsync(chosen.Query, page, isUsageTold: address.Told is not null, cancellationToken);
        return new PageResult<CallsPage>("Calls")
            .With("Chosen", chosen)
            .With("Address", address)
            .With("Page", page)
            .With("List", found)
            .With("Choices", offered is null ? null : await listed.ChoicesAsync(await offered, found.Names, cancellationToken));
    }

    /// <summary>
    /// The calls behind the newest one that somebody sees, the oldest of them where there are more than a page has, so that none
    /// is left out. Of a call that becomes known later than a younger one nothing is told until the list is loaded again.
    /// </summary>
    private static async Task<IResult> FollowAsync(HttpRequest request, ListedSpend listed, ListSpend list, CancellationToken cancellationToken)
    {
        var (address, chosen) = (CallsAddress.Read(request.Query), listed.Of(request));
        if (!request.Headers.ContainsKey("HX-Request") || !EventId.TryParse(request.Query["after"].ToString(), out var after))
        {
            return PageAnswers.SeeOther(address.Link);
        }

        return await list.NewCallsAsync(chosen.Query, PageOf(address) with { After = after, OldestFirst = true }, isUsageTold: address.Told is not null, cancellationToken) is not { } found
            ? TypedResults.NoContent()
            : new PageResult<CallsTail>("Calls").With("Address", address).With("List", found).With("At", chosen.At);
    }

    private static CallListPage PageOf(CallsAddress address) =>
        new() { Limit = Shown, Session = address.Session, Pricing = address.Pricing.Count == 0 ? null : address.Pricing };

    private static async Task<IResult> OpenAsync(
        string id, Caller caller, ListedSpend listed, ExplainCost explain, ReadNames names, StateRun runs, TimeProvider time, CancellationToken cancellationToken) =>
        await explain.ExplainCallAsync(listed.Within, id, cancellationToken) is CostExplanation.OneCall call
            ? new PageResult<CallPage>("Call")
                .With("Call", call)
                .With("Names", await names.OfAsync(listed.Within, call.Priced.Usage.Dimensions.User, cancellationToken))
                .With("MayOpenRun", await runs.IsVisibleAsync(VisibleWallets.Of(caller), call.Priced.Usage.Run, cancellationToken))
                .With("At", time.GetUtcNow())
            : PageAnswers.Refuse(Problem.NotFound("call"));
}
