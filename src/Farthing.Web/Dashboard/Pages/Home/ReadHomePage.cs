using Farthing.Web.Dashboard.Frame;
using Farthing.Workflows.Access;
using Farthing.Workflows.Home;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Dashboard.Pages.Home;

/// <summary><c>GET /</c>: today, this month, where it is heading, what is in danger and what moved.</summary>
internal static class ReadHomePage
{
    public static async Task<IResult> HandleAsync(Caller caller, ReadHome read, CancellationToken cancellationToken) =>
        new PageResult<HomePage>("Home").With("Figures", await read.ReadAsync(caller, cancellationToken));
}
