using Farthing.Web.Http;
using Farthing.Workflows.Analytics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Finops;

/// <summary>What working with agents is worth by a rule of thumb, as Primer's clients read it; <c>pricing_status</c> is ours.</summary>
internal sealed record ProductivityAnswer(
    decimal SessionsPerEngineerPerDay,
    decimal? AvgCostPerSession,
    decimal? CostPerSuccessfulOutcome,
    decimal? EstimatedTimeSavedHours,
    decimal? EstimatedValueCreated,
    decimal AdoptionRate,
    int PowerUsers,
    int TotalEngineersInScope,
    decimal TotalCost,
    decimal? RoiRatio,
    PricingStatusAnswer PricingStatus)
{
    private const int CostDecimals = 4;

    public static ProductivityAnswer Of(Productivity measured) => new(
        measured.SessionsPerEngineerAndDay.Round(3),
        measured.CostPerSession?.Round(CostDecimals),
        measured.CostPerSuccess?.Round(CostDecimals),
        measured.HoursSaved?.Round(1),
        measured.Value?.Round(2),
        measured.AdoptionPercent.Round(1),
        measured.PowerUsers,
        measured.Engineers,
        CostsAnswer.Money(measured.Cost),
        measured.ReturnRatio?.Round(2),
        PricingStatusAnswer.Of(measured.Pricing));
}

/// <summary><c>GET /analytics/productivity</c>: sessions, adoption, time saved and its worth.</summary>
internal static class ReadProductivity
{
    public static async Task<Results<Ok<ProductivityAnswer>, ProblemHttpResult>> HandleAsync(
        [AsParameters] FinopsQuery query, FinopsDoor door, MeasureProductivity measure, CancellationToken cancellationToken)
    {
        var range = await door.RangeAsync(query, cancellationToken);
        return range.Problem is { } problem
            ? problem.ToHttp()
            : TypedResults.Ok(ProductivityAnswer.Of(await measure.MeasureAsync(range.Value, cancellationToken)));
    }
}
