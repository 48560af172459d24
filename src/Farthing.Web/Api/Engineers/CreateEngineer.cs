using Farthing.Web.Http;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Engineers;

/// <summary>An engineer to be added.</summary>
internal sealed record CreateEngineerRequest(string Name, string Email, string? TeamId = null);

/// <summary>Adds an engineer and shows their key, this once.</summary>
internal static class CreateEngineer
{
    public static async Task<Results<Created<EngineerKeyAnswer>, ProblemHttpResult>> HandleAsync(
        CreateEngineerRequest request, Caller caller, ManageEngineers engineers, CancellationToken cancellationToken)
    {
        var result = await engineers.CreateAsync(caller, request.Name, request.Email, request.TeamId, cancellationToken);
        return result.Problem is { } problem
            ? problem.ToHttp()
            : TypedResults.Created($"/api/v1/engineers/{result.Value.Engineer.Id}", EngineerKeyAnswer.Of(result.Value));
    }
}
