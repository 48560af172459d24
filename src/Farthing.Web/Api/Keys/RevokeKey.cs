using Farthing.Web.Http;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Keys;

/// <summary>Revokes a key, at once and for ever.</summary>
internal static class RevokeKey
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(string id, Caller caller, ManageKeys keys, CancellationToken cancellationToken)
    {
        var result = await keys.RevokeAsync(caller, id, cancellationToken);
        return result.Problem is { } problem ? problem.ToHttp() : TypedResults.NoContent();
    }
}
