using Farthing.Web.Http;
using Farthing.Workflows.Planning;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Farthing.Web.Api.Finops;

/// <summary>Which plan fits each engineer, and which model each kind of work.</summary>
internal static class ModelCosting
{
    /// <summary><c>GET /finops/cost-modeling</c>: by the bands or by the least cost.</summary>
    public static async Task<Results<Ok<CostModelAnswer>, ProblemHttpResult>> HandleAsync(
        [AsParameters] FinopsQuery query, [FromQuery(Name = "mode")] string? mode, [FromQuery(Name = "provider")] string? provider, FinopsDoor door,
        ProviderWord providers, ModelCosts costs, CancellationToken cancellationToken)
    {
        var asked = FinopsWords.Word("mode", mode, ("band", PlanMode.Band), ("cheapest", PlanMode.Cheapest));
        var calls = providers.Read(provider);
        var range = await door.RangeAsync(query, cancellationToken);
        return (asked.Problem ?? calls.Problem ?? range.Problem) is { } problem
            ? problem.ToHttp()
            : TypedResults.Ok(CostModelAnswer.Of(await costs.ModelAsync(range.Value with { WentTo = calls.Value }, asked.Value, cancellationToken)));
    }

    /// <summary><c>GET /finops/plans</c>: both ways, from one reading.</summary>
    public static async Task<Results<Ok<PlansAnswer>, ProblemHttpResult>> HandleBothAsync(
        [AsParameters] FinopsQuery query, [FromQuery(Name = "provider")] string? provider, FinopsDoor door, ProviderWord providers, ModelCosts costs,
        CancellationToken cancellationToken)
    {
        var calls = providers.Read(provider);
        var range = await door.RangeAsync(query, cancellationToken);
        return (calls.Problem ?? range.Problem) is { } problem
            ? problem.ToHttp()
            : TypedResults.Ok(PlansAnswer.Of(await costs.ModelBothAsync(range.Value with { WentTo = calls.Value }, cancellationToken)));
    }
}
