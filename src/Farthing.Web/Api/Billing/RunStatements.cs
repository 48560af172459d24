using System.Text.Json.Serialization;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Web.Api.Ledger;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Billing;
using Farthing.Workflows.Spending;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Billing;

/// <summary>Names of token classes that the rule for names would spell without a mark before their number.</summary>
internal static class ClassNames
{
    /// <summary>Written to a cache for five minutes.</summary>
    public const string CacheWrite5m = "cache_write_5m";

    /// <summary>Written to a cache for an hour.</summary>
    public const string CacheWrite1h = "cache_write_1h";
}

/// <summary>Tokens by class; the classes are disjoint but for reasoning, which is a part of the output.</summary>
internal sealed record TokensAnswer(
    long Input,
    long CacheRead,
    [property: JsonPropertyName(ClassNames.CacheWrite5m)] long CacheWrite5m,
    [property: JsonPropertyName(ClassNames.CacheWrite1h)] long CacheWrite1h,
    long Output,
    long Reasoning,
    long Modalities,
    long Total)
{
    /// <summary>Tells tokens.</summary>
    public static TokensAnswer Of(TokenCounts tokens) => new(
        tokens.Input, tokens.CacheRead, tokens.CacheWrite5m, tokens.CacheWrite1h, tokens.Output, tokens.Reasoning, tokens.Modalities?.Total ?? 0, tokens.Total);
}

/// <summary>Dollars by class; the total is their sum.</summary>
internal sealed record CostAnswer(
    string Input,
    string CacheRead,
    [property: JsonPropertyName(ClassNames.CacheWrite5m)] string CacheWrite5m,
    [property: JsonPropertyName(ClassNames.CacheWrite1h)] string CacheWrite1h,
    string Output,
    string Modalities,
    string Units,
    string Total)
{
    /// <summary>Tells costs.</summary>
    public static CostAnswer Of(CostByClass cost) => new(
        cost.Input.ToString(), cost.CacheRead.ToString(), cost.CacheWrite5m.ToString(), cost.CacheWrite1h.ToString(),
        cost.Output.ToString(), cost.Modalities.ToString(), cost.Units.ToString(), cost.Total.ToString());
}

/// <summary>One call of a run.</summary>
internal sealed record CallAnswer
{
    public required string Id { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public required string Provider { get; init; }

    public required string Model { get; init; }

    public required TokensAnswer Tokens { get; init; }

    public required long? DurationMs { get; init; }

    /// <summary><c>succeeded</c> or <c>failed</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>What it costs, in dollars; an estimate unless it is charged.</summary>
    public required CostAnswer CostUsd { get; init; }

    /// <summary><c>exact</c>, <c>assumed_host</c>, <c>fallback</c> or <c>unpriced</c>.</summary>
    public required string PricingStatus { get; init; }

    /// <summary>Whether its cost is in what the run is charged for.</summary>
    public required bool Counted { get; init; }

    public required string RateCard { get; init; }

    public required string RateTerms { get; init; }

    /// <summary>Where the rate was read, and on which day.</summary>
    public required string RateSource { get; init; }

    public required string RateAsOf { get; init; }

    /// <summary>Tells a call.</summary>
    public static CallAnswer Of(PricedCall call) => new()
    {
        Id = call.Usage.Id.ToString(),
        OccurredAt = call.Usage.OccurredAt,
        Provider = call.Usage.Dimensions.Provider,
        Model = call.Usage.Dimensions.Model,
        Tokens = TokensAnswer.Of(call.Usage.Tokens),
        DurationMs = call.Usage.DurationMilliseconds,
        Outcome = call.Usage.HasFailed ? "failed" : "succeeded",
        CostUsd = CostAnswer.Of(call.Rating.Cost),
        PricingStatus = call.Rating.Card.Status switch
        {
            Domain.Pricing.PricingStatus.Exact => "exact",
            Domain.Pricing.PricingStatus.AssumedHost => "assumed_host",
            Domain.Pricing.PricingStatus.Fallback => "fallback",
            _ => "unpriced",
        },
        Counted = RunMeter.IsPriced(call),
        RateCard = call.Rating.Card.Model,
        RateTerms = call.Rating.Card.Terms,
        RateSource = call.Rating.Card.Source,
        RateAsOf = call.Rating.Card.AsOf,
    };
}

/// <summary>The calls of a run together, as PlanExe counts: its three classes add up to all tokens.</summary>
/// <param name="TotalInputTokens">Everything of prompts, cached or not.</param>
/// <param name="TotalOutputTokens">Everything generated but reasoning.</param>
/// <param name="TotalThinkingTokens">Reasoning.</param>
/// <param name="TotalTokens">All of them.</param>
/// <param name="TotalDurationSeconds">How long the calls took, as far as they tell.</param>
/// <param name="TotalCalls">How many.</param>
/// <param name="SuccessfulCalls">Those of them that did not fail.</param>
/// <param name="FailedCalls">Those that did.</param>
/// <param name="UnpricedCalls">Calls without a price of their own.</param>
internal sealed record RunMetricsAnswer(
    long TotalInputTokens,
    long TotalOutputTokens,
    long TotalThinkingTokens,
    long TotalTokens,
    decimal TotalDurationSeconds,
    long TotalCalls,
    long SuccessfulCalls,
    long FailedCalls,
    long UnpricedCalls)
{
    private const decimal MillisecondsPerSecond = 1_000;

    /// <summary>Adds up the calls of a statement.</summary>
    public static RunMetricsAnswer Of(RunStatement statement)
    {
        var tokens = statement.Tokens;
        return new(
            tokens.Prompt, tokens.Total - tokens.Prompt - tokens.Reasoning, tokens.Reasoning, tokens.Total,
            statement.DurationMilliseconds / MillisecondsPerSecond, statement.Calls.Count,
            statement.Calls.Count - statement.FailedCalls, statement.FailedCalls, statement.UnpricedCalls);
    }
}

/// <summary>The statement of a run.</summary>
internal sealed record RunStatementAnswer
{
    private const int CallsShownMax = 10_000;

    public required RunAnswer Run { get; init; }

    /// <summary>The rows of the ledger, the oldest first.</summary>
    public required IReadOnlyList<TransactionAnswer> Charges { get; init; }

    /// <summary>What all rows together took, in credits.</summary>
    public required string ChargedCredits { get; init; }

    /// <summary>What of all rows nobody paid, in credits.</summary>
    public required string UncollectedCredits { get; init; }

    /// <summary>The calls in the order of time.</summary>
    public required IReadOnlyList<CallAnswer> Calls { get; init; }

    /// <summary>How many calls are not shown; they are in every total.</summary>
    public required int CallsLeftOut { get; init; }

    public required TokensAnswer Tokens { get; init; }

    /// <summary>What the calls that have a price cost, in dollars.</summary>
    public required CostAnswer CostUsd { get; init; }

    /// <summary>The estimated cost of the others, which is in no other figure.</summary>
    public required string EstimatedCostUsd { get; init; }

    public required RunMetricsAnswer Metrics { get; init; }

    /// <summary>The same by model, the dearest first.</summary>
    public required IReadOnlyList<RunModelAnswer> Models { get; init; }

    /// <summary>Tells a statement.</summary>
    public static RunStatementAnswer Of(RunStatement statement) => new()
    {
        Run = RunAnswer.Of(statement.Run),
        Charges = [.. statement.Charges.Select(TransactionAnswer.Of)],
        ChargedCredits = statement.Charged.ToString(),
        UncollectedCredits = statement.Uncollected.ToString(),
        Calls = [.. statement.Calls.Take(CallsShownMax).Select(CallAnswer.Of)],
        CallsLeftOut = Math.Max(0, statement.Calls.Count - CallsShownMax),
        Tokens = TokensAnswer.Of(statement.Tokens),
        CostUsd = CostAnswer.Of(statement.Cost),
        EstimatedCostUsd = statement.Estimated.ToString(),
        Metrics = RunMetricsAnswer.Of(statement),
        Models = RunModelAnswer.Of(statement),
    };
}

/// <summary>GET /runs/{id}/statement.</summary>
internal static class RunStatements
{
    /// <summary>What a run was charged and for which calls.</summary>
    public static async Task<Results<Ok<RunStatementAnswer>, ProblemHttpResult>> FindAsync(
        string id, LedgerPages pages, StateRun state, CancellationToken cancellationToken)
    {
        var statement = BodyFields.CanBeId(id) ? await state.FindAsync(pages.All, id, cancellationToken) : Problem.NotFound("run");
        return statement.Problem is { } problem ? problem.ToHttp() : TypedResults.Ok(RunStatementAnswer.Of(statement.Value));
    }
}
