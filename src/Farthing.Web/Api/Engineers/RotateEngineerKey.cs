using Farthing.Web.Http;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Engineers;

/// <summary>Gives an engineer a new key, shown this once; all that they had die at once.</summary>
internal static class RotateEngineerKey
{
    public static async Task<Results<Ok<EngineerKeyAnswer>, ProblemHttpResult>> HandleAsync(
        string id, Caller caller, ManageEngineers engineers, CancellationToken cancellationToken)
    {
        var result = await engineers.RotateKeyAsync(caller, id, cancellationToken);
        return result.Problem is { } problem ? problem.ToHttp() : TypedResults.Ok(EngineerKeyAnswer.Of(result.Value));
    }
}
