using Farthing.Domain.Money;
using Farthing.Domain.Usage;
using Farthing.Workflows.Planning;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Analytics;

/// <summary>What one model used and cost.</summary>
/// <param name="Model">The model.</param>
/// <param name="Tokens">What was used.</param>
/// <param name="Cost">What has a price.</param>
public sealed record ModelCost(string Model, TokenCounts Tokens, Usd Cost)
{
    /// <summary>How sure the price of its calls is.</summary>
    public PricingTotals Pricing { get; init; }

    /// <summary>Whether any of its calls has a price; what the others cost is in no figure.</summary>
    public bool HasPrice => Pricing.Exact.Calls + Pricing.AssumedHost.Calls > 0;
}

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

/// <summary>The sessions of a range.</summary>
/// <param name="Counts">How many had usage on each day.</param>
/// <param name="Judged">What those of known work cost.</param>
public sealed record SessionReading(IReadOnlyList<SessionCount> Counts, JudgedCosts Judged);

/// <summary>Tells what a range cost.</summary>
public sealed class AnalyzeCosts(ISpendQueries spend, ReportedJudgements judged)
{
    /// <summary>Analyses a range. Days are a query of their own, because they leave out what bears no date; all side by side.</summary>
    public async Task<CostReport> AnalyzeAsync(SpendRange range, CancellationToken cancellationToken)
    {
        var rows = spend.SpendAsync(range.Sums(SpendDimension.Model), cancellationToken);
        var days = spend.SpendAsync(range.ByDay() with { CostOnly = true }, cancellationToken);
        var sessions = await ReadSessionsAsync(range, cancellationToken);
        return ReportOf(await rows, await days, sessions);
    }

    /// <summary>Reads the sessions of a range whose spend is read already, or meanwhile.</summary>
    public async Task<SessionReading> ReadSessionsAsync(SpendRange range, CancellationToken cancellationToken)
    {
        var counts = spend.SessionsAsync(range.ByDay(), cancellationToken);
        var costs = await JudgedCosts.ReadAsync(judged, spend, range, cancellationToken);
        return new(await counts, costs);
    }

    /// <summary>Concludes what a range cost.</summary>
    public static CostReport Conclude(SpendReading spend, SessionReading sessions) => ReportOf(spend.Rows, spend.Days, sessions);

    private static CostReport ReportOf(IReadOnlyList<SpendRow> rows, IReadOnlyList<SpendRow> days, SessionReading sessions)
    {
        var pricing = PricingTotals.Of(rows);
        return new(pricing.Cost, ModelsOf(rows), DaysOf(days, sessions.Counts), WorkflowCost.ListOf(sessions.Judged.Sessions), pricing) { IsCut = sessions.Judged.IsCut };
    }

    private static List<ModelCost> ModelsOf(IEnumerable<SpendRow> rows) =>
    [
        .. rows.GroupBy(static row => row.Model, StringComparer.Ordinal)
            .Select(static model => CostOf(model.Key, model))
            .OrderByDescending(static model => model.Cost)
            .ThenBy(static model => model.Model, StringComparer.Ordinal),
    ];

    private static ModelCost CostOf(string model, IEnumerable<SpendRow> rows)
    {
        var pricing = PricingTotals.Of(rows);
        return new(model, rows.Aggregate(default(TokenCounts), static (sum, row) => sum + row.Tokens), pricing.Cost) { Pricing = pricing };
    }

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
