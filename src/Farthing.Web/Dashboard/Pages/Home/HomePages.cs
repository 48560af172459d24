using System.Globalization;
using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Dashboard.Pages.SigningIn;
using Farthing.Workflows.Access;
using Farthing.Workflows.Home;
using Farthing.Workflows.Spending;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Farthing.Web.Dashboard.Pages.Home;

/// <summary>Where people begin: what is going on, and how to get there.</summary>
internal static class HomePages
{
    /// <summary>What a page asks that waits for the first call; a part of a page.</summary>
    public const string FirstCallPath = "/connect/first-call";

    private const int WaitSecondsMax = 30 * 60;

    /// <summary>The status by which htmx puts an answer into the page and asks no more.</summary>
    private const int StopPolling = 286;

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", HomeAsync).WithName("ReadHomePage").OpenToBrowsers();
        routes.MapGet("/connect", ConnectAsync).WithName("ReadConnectPage").OpenToBrowsers();
        routes.MapGet(FirstCallPath, AwaitAsync).WithName("AwaitFirstCall").OpenToBrowsers();
    }

    /// <summary>Today, this month, where it is heading, what is in danger and what moved.</summary>
    private static async Task<IResult> HomeAsync(Caller caller, ReadHome read, CancellationToken cancellationToken) =>
        new PageResult<HomePage>("Home").With("Figures", await read.ReadAsync(caller, cancellationToken));

    private static async Task<IResult> ConnectAsync(Caller caller, NewestCall newest, TimeProvider time, CancellationToken cancellationToken) =>
        new PageResult<ConnectPage>("Connect an agent").With("HasCalls", await HasCallsAsync(caller, newest, cancellationToken)).With("At", time.GetUtcNow());

    /// <summary>Nothing while the first call is awaited; once it came, or half an hour is over, what to say instead, and not to ask again.</summary>
    private static async Task<IResult> AwaitAsync(HttpRequest request, Caller caller, NewestCall newest, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!request.Headers.ContainsKey("HX-Request"))
        {
            return PageAnswers.SeeOther("/connect");
        }

        if (await HasCallsAsync(caller, newest, cancellationToken))
        {
            return Last(FirstCallState.Come);
        }

        var isAwaited = long.TryParse(request.Query["since"], NumberStyles.None, CultureInfo.InvariantCulture, out var since) && time.GetUtcNow().ToUnixTimeSeconds() - since < WaitSecondsMax;
        return isAwaited ? TypedResults.NoContent() : Last(FirstCallState.GivenUp);

        static IResult Last(FirstCallState state) => new PageResult<FirstCall>("Home", StopPolling).With("State", state);
    }

    private static async Task<bool> HasCallsAsync(Caller caller, NewestCall newest, CancellationToken cancellationToken) =>
        await newest.AtAsync(ScopeRules.Of(caller), cancellationToken) is not null;
}
