using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Engineers;

/// <summary>Shows an engineer.</summary>
internal static class GetEngineer
{
    public static async Task<Results<Ok<EngineerAnswer>, ProblemHttpResult>> HandleAsync(
        string id, Caller caller, IEngineers engineers, CancellationToken cancellationToken) =>
        await engineers.FindAsync(caller.Org, id, cancellationToken) is { } engineer
            ? TypedResults.Ok(EngineerAnswer.Of(engineer))
            : Problem.NotFound("engineer").ToHttp();
}
