using Farthing.Web.Http;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Keys;

/// <summary>Gives a key a new secret, shown this once; the old one dies at once.</summary>
internal static class RotateKey
{
    public static async Task<Results<Ok<NewKeyAnswer>, ProblemHttpResult>> HandleAsync(
        string id, Caller caller, ManageKeys keys, CancellationToken cancellationToken)
    {
        var result = await keys.RotateAsync(caller, id, cancellationToken);
        return result.Problem is { } problem ? problem.ToHttp() : TypedResults.Ok(NewKeyAnswer.Of(result.Value));
    }
}
