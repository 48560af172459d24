using Farthing.Domain.Money;
using Farthing.Domain.Usage;
using Farthing.Workflows.Billing;
using Farthing.Workflows.Spending;

namespace Farthing.Web.Api.Billing;

/// <summary>The calls of a run to one model, as an overview of activity names their figures.</summary>
internal sealed record RunModelAnswer
{
    public required string Provider { get; init; }

    public required string Model { get; init; }

    /// <summary>What those of the calls cost that have a price, in dollars.</summary>
    public required string TotalCostUsd { get; init; }

    /// <summary>Everything of prompts, cached or not.</summary>
    public required long InputTokens { get; init; }

    /// <summary>Everything generated but reasoning.</summary>
    public required long OutputTokens { get; init; }

    /// <summary>Reasoning.</summary>
    public required long ThinkingTokens { get; init; }

    public required long TotalTokens { get; init; }

    public required long Calls { get; init; }

    public required long SuccessfulCalls { get; init; }

    public required long FailedCalls { get; init; }

    /// <summary>The models of a statement, the dearest first.</summary>
    public static IReadOnlyList<RunModelAnswer> Of(RunStatement statement) =>
    [
        .. statement.Calls
            .GroupBy(static call => (call.Usage.Dimensions.Provider, call.Usage.Dimensions.Model))
            .Select(static calls => (calls.Key.Provider, calls.Key.Model, Calls: calls.ToList(), Cost: CostOf(calls)))
            .OrderByDescending(static model => model.Cost)
            .ThenBy(static model => model.Provider, StringComparer.Ordinal).ThenBy(static model => model.Model, StringComparer.Ordinal)
            .Select(static model => Of(model.Provider, model.Model, model.Calls, model.Cost)),
    ];

    private static RunModelAnswer Of(string provider, string model, List<PricedCall> calls, Usd cost)
    {
        var tokens = calls.Aggregate(default(TokenCounts), static (sum, call) => sum + call.Usage.Tokens);
        var failed = calls.Count(static call => call.Usage.HasFailed);
        return new()
        {
            Provider = provider,
            Model = model,
            TotalCostUsd = cost.ToString(),
            InputTokens = tokens.Prompt,
            OutputTokens = tokens.Total - tokens.Prompt - tokens.Reasoning,
            ThinkingTokens = tokens.Reasoning,
            TotalTokens = tokens.Total,
            Calls = calls.Count,
            SuccessfulCalls = calls.Count - failed,
            FailedCalls = failed,
        };
    }

    private static Usd CostOf(IEnumerable<PricedCall> calls) =>
        calls.Where(RunMeter.IsPriced).Aggregate(Usd.Zero, static (sum, call) => sum + call.Rating.Cost.Total);
}
