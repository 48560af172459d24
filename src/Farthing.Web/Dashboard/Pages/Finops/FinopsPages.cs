using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Dashboard.Pages.SigningIn;
using Farthing.Workflows.Analytics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Farthing.Web.Dashboard.Pages.Finops;

/// <summary>The pages of finops: each shows what one workflow tells.</summary>
internal static class FinopsPages
{
    private const string Title = "FinOps";

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/finops", OverviewAsync).WithName("ReadOverviewPage").OpenToBrowsers();
    }

    private static async Task<IResult> OverviewAsync(
        HttpRequest request, FinopsRange range, AnalyzeCosts costs, CancellationToken cancellationToken)
    {
        var chosen = range.Of(request);
        return new PageResult<OverviewPage>(Title)
            .With("Chosen", chosen)
            .With("Report", await costs.AnalyzeAsync(chosen.Range, cancellationToken));
    }
}
