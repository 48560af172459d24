using Farthing.Web.Http;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Engineers;

/// <summary>Deactivates an engineer: their keys work no more, what they used stays.</summary>
internal static class DeactivateEngineer
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        string id, Caller caller, ManageEngineers engineers, CancellationToken cancellationToken)
    {
        var result = await engineers.ChangeAsync(caller, id, new() { IsActive = false }, cancellationToken);
        return result.Problem is { } problem ? problem.ToHttp() : TypedResults.NoContent();
    }
}
