using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Dashboard.Pages.SigningIn;
using Farthing.Workflows.Access;
using Farthing.Workflows.Home;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Farthing.Web.Dashboard.Pages.Home;

/// <summary>Where people begin: what is going on, and how to get there.</summary>
internal static class HomePages
{
    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", HomeAsync).WithName("ReadHomePage").OpenToBrowsers();
        routes.MapGet("/connect", ConnectAsync).WithName("ReadConnectPage").OpenToBrowsers();
    }

    /// <summary>Today, this month, where it is heading, what is in danger and what moved.</summary>
    private static async Task<IResult> HomeAsync(Caller caller, ReadHome read, CancellationToken cancellationToken) =>
        new PageResult<HomePage>("Home").With("Figures", await read.ReadAsync(caller, cancellationToken));

    private static Task<IResult> ConnectAsync() => Task.FromResult<IResult>(new PageResult<ConnectPage>("Connect an agent"));
}
