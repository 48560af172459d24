using Farthing.Web.Access;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Farthing.Web.Api.Health;

/// <summary>How a server is.</summary>
/// <param name="Status"><c>ok</c>, or <c>ready</c>.</param>
internal sealed record HealthAnswer(string Status);

/// <summary>What balancers and supervisors ask; needs no key and tells nothing else.</summary>
internal static class HealthEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", Live).WithName("GetHealth").WithTags("Health").AllowAnyone();
        routes.MapGet("/readyz", ReadyAsync).WithName("GetReadiness").WithTags("Health").AllowAnyone();
    }

    /// <summary>The process runs.</summary>
    private static Ok<HealthAnswer> Live() => TypedResults.Ok(new HealthAnswer("ok"));

    /// <summary>The process can answer, because its store does; otherwise the failure is the answer.</summary>
    private static async Task<Ok<HealthAnswer>> ReadyAsync(IOrgs orgs, CancellationToken cancellationToken)
    {
        await orgs.ListAsync(new(Limit: 1, After: string.Empty), cancellationToken);
        return TypedResults.Ok(new HealthAnswer("ready"));
    }
}
