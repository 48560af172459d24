using Farthing.Domain.Money;
using Farthing.Web.Http;
using Farthing.Workflows.Analytics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Finops;

/// <summary>What a range cost, as Primer's clients read it; <c>pricing_status</c> is ours.</summary>
internal sealed record CostsAnswer(
    decimal TotalEstimatedCost,
    IReadOnlyList<ModelCostAnswer> ModelBreakdown,
    IReadOnlyList<DayCostAnswer> DailyCosts,
    IReadOnlyList<WorkflowCostAnswer> WorkflowBreakdown,
    PricingStatusAnswer PricingStatus)
{
    private const int MoneyDecimals = 4;

    public static CostsAnswer Of(CostReport report) => new(
        Money(report.Total),
        [.. report.Models.Select(ModelCostAnswer.Of)],
        [.. report.Days.Select(static day => new DayCostAnswer(day.Day, Money(day.Cost), day.Sessions))],
        [.. report.Workflows.Select(WorkflowCostAnswer.Of)],
        PricingStatusAnswer.Of(report.Pricing));

    internal static decimal Money(Usd amount) => Money(Ratio.Dollars(amount));

    internal static decimal Money(Ratio dollars) => dollars.Round(MoneyDecimals);
}

/// <summary>One model.</summary>
internal sealed record ModelCostAnswer(
    string ModelName, long InputTokens, long OutputTokens, long CacheReadTokens, long CacheCreationTokens, decimal EstimatedCost)
{
    public static ModelCostAnswer Of(ModelCost model) => new(
        model.Model, model.Tokens.Input, model.Tokens.Output, model.Tokens.CacheRead, model.Tokens.CacheWrite, CostsAnswer.Money(model.Cost));
}

/// <summary>One day.</summary>
internal sealed record DayCostAnswer(DateOnly Date, decimal EstimatedCost, long SessionCount);

/// <summary>One kind of work.</summary>
internal sealed record WorkflowCostAnswer(
    string Dimension, string Label, int SessionCount, decimal TotalEstimatedCost, decimal? AvgCostPerSession, decimal? CostPerSuccessfulOutcome)
{
    private const string Archetype = "workflow_archetype";

    public static WorkflowCostAnswer Of(WorkflowCost work) => new(
        Archetype, work.Archetype, work.Sessions, CostsAnswer.Money(work.Cost), Per(work.Cost, work.Sessions), Per(work.Cost, work.Successes));

    private static decimal? Per(Usd cost, int count) => count == 0 ? null : CostsAnswer.Money(Ratio.Dollars(cost) / Ratio.Of(count));
}

/// <summary><c>GET /analytics/costs</c>: cost by model, by day and by kind of work.</summary>
internal static class ReadCosts
{
    public static async Task<Results<Ok<CostsAnswer>, ProblemHttpResult>> HandleAsync(
        [AsParameters] FinopsQuery query, FinopsDoor door, AnalyzeCosts analyze, CancellationToken cancellationToken)
    {
        var range = await door.RangeAsync(query, cancellationToken);
        return range.Problem is { } problem
            ? problem.ToHttp()
            : TypedResults.Ok(CostsAnswer.Of(await analyze.AnalyzeAsync(range.Value, cancellationToken)));
    }
}
