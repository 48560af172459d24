using Farthing.Domain.Money;
using Farthing.Domain.Usage;
using Farthing.Workflows.Planning;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Analytics;

/// <summary>What one model used and cost.</summary>
/// <param name="Model">The model.</param>
/// <param name="Tokens">What was used.</param>
/// <param name="Cost">What has a price.</param>
public sealed record ModelCost(string Model, TokenCounts Tokens, Usd Cost);

/// <summary>What one day cost.</summary>
/// <param name="Day">The day.</param>
/// <param name="Cost">What has a price.</param>
/// <param name="Sessions">In how many sessions there was usage.</param>
public sealed record DayCost(DateOnly Day, Usd Cost, long Sessions);

/// <summary>What a range cost, by model, by day and by kind of work.</summary>
/// <param name="Total">Everything that has a price.</param>
/// <param name="Models">Dearest first.</param>
/// <param name="Days">The days with usage, in their order.</param>
/// <param name="Workflows">Dearest first; of the sessions whose kind of work is known.</param>
/// <param name="Pricing">How sure the prices are.</param>
public sealed record CostReport(
    Usd Total, IReadOnlyList<ModelCost> Models, IReadOnlyList<DayCost> Days, IReadOnlyList<WorkflowCost> Workflows, PricingTotals Pricing)
{
    /// <summary>Whether there are sessions of known work that were not looked at, because there are more than <see cref="JudgedCosts.SessionsMax"/>.</summary>
    public bool IsCut { get; init; }
}

/// <summary>Tells what a range cost.</summary>
public sealed class AnalyzeCosts(ISpendQueries spend, ReportedJudgements judged)
{
    /// <summary>Analyses a range.</summary>
    public async Task<CostReport> AnalyzeAsync(SpendRange range, CancellationToken cancellationToken)
    {
        var rows = spend.SpendAsync(range.Sums(SpendDimension.Model), cancellationToken);
        var parts = await ReadPartsAsync(range, cancellationToken);
        return ReportOf(await rows, parts);
    }

    /// <summary>Analyses a range of which others have read already what was used.</summary>
    /// <param name="range">The range.</param>
    /// <param name="rows">Its spend, by model and by whatever else.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<CostReport> AnalyzeAsync(SpendRange range, IReadOnlyList<SpendRow> rows, CancellationToken cancellationToken) =>
        ReportOf(rows, await ReadPartsAsync(range, cancellationToken));

    /// <summary>What is not told by model. Days are a query of their own, because they leave out what bears no date; all side by side.</summary>
    private async Task<(List<DayCost> Days, JudgedCosts Judged)> ReadPartsAsync(SpendRange range, CancellationToken cancellationToken)
    {
        var daily = spend.SpendAsync(range.ByDay() with { CostOnly = true }, cancellationToken);
        var counts = spend.SessionsAsync(range.ByDay(), cancellationToken);
        var sessions = JudgedCosts.ReadAsync(judged, spend, range, cancellationToken);
        await Task.WhenAll(daily, counts, sessions);
        return (DaysOf(await daily, await counts), await sessions);
    }

    private static CostReport ReportOf(IReadOnlyList<SpendRow> rows, (List<DayCost> Days, JudgedCosts Judged) parts)
    {
        var pricing = PricingTotals.Of(rows);
        return new(pricing.Cost, ModelsOf(rows), parts.Days, WorkflowCost.ListOf(parts.Judged.Sessions), pricing) { IsCut = parts.Judged.IsCut };
    }

    private static List<ModelCost> ModelsOf(IEnumerable<SpendRow> rows) =>
    [
        .. rows.GroupBy(static row => row.Model, StringComparer.Ordinal)
            .Select(static model => new ModelCost(
                model.Key, model.Aggregate(default(TokenCounts), static (sum, row) => sum + row.Tokens), PricingTotals.Of(model).Cost))
            .OrderByDescending(static model => model.Cost)
            .ThenBy(static model => model.Model, StringComparer.Ordinal),
    ];

    private static List<DayCost> DaysOf(IEnumerable<SpendRow> rows, IEnumerable<SessionCount> counts)
    {
        var sessions = counts.ToLookup(static count => count.Day, static count => count.Sessions);
        return
        [
            .. rows.GroupBy(static row => row.Day)
                .Select(day => new DayCost(day.Key, PricingTotals.Of(day).Cost, sessions[day.Key].Sum()))
                .OrderBy(static day => day.Day),
        ];
    }
}
