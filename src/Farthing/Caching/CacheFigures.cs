using System.Text.Json.Serialization;
using Farthing.Finops;

namespace Farthing.Caching;

/// <summary>What the page shows of the API's answer about caching.</summary>
/// <param name="TotalCacheReadTokens">Prompt tokens that were read from a cache.</param>
/// <param name="TotalCacheCreationTokens">Those that were written to one.</param>
/// <param name="TotalInputTokens">Those that were neither.</param>
/// <param name="CacheHitRate">Read ÷ (read + input); null without either.</param>
/// <param name="CacheSavingsEstimate">What reading saved, in dollars; null when nothing was read.</param>
/// <param name="DailyCacheTrend">Day by day.</param>
/// <param name="ModelCacheBreakdown">By model, most savings first.</param>
/// <param name="EngineerCacheBreakdown">By engineer, most savings first.</param>
/// <param name="TotalPotentialAdditionalSavings">What engineers below the average would save at it.</param>
/// <param name="NetSavings">Savings after what writing cost above plain input.</param>
/// <param name="CacheHitRateWithWrites">Read ÷ the whole prompt.</param>
/// <param name="PricingStatus">How sure the amounts are.</param>
/// <param name="Diagnosis">What single calls tell; null when nobody asked.</param>
internal sealed record CacheFigures(
    long TotalCacheReadTokens,
    long TotalCacheCreationTokens,
    long TotalInputTokens,
    decimal? CacheHitRate,
    decimal? CacheSavingsEstimate,
    IReadOnlyList<CacheDayFigures> DailyCacheTrend,
    IReadOnlyList<CacheModelFigures> ModelCacheBreakdown,
    IReadOnlyList<CacheEngineerFigures> EngineerCacheBreakdown,
    decimal TotalPotentialAdditionalSavings,
    decimal NetSavings,
    decimal? CacheHitRateWithWrites,
    PricingFigures PricingStatus,
    CacheDiagnosisFigures? Diagnosis = null);

/// <summary>One day.</summary>
internal sealed record CacheDayFigures(DateOnly Date, decimal? CacheHitRate);

/// <summary>One model.</summary>
internal sealed record CacheModelFigures(
    string ModelName, long CacheReadTokens, long CacheCreationTokens, long InputTokens, decimal? CacheHitRate, decimal EstimatedSavings, decimal NetSavings);

/// <summary>One engineer.</summary>
internal sealed record CacheEngineerFigures(
    string EngineerId, string EngineerName, decimal? CacheHitRate, decimal EstimatedSavings, decimal PotentialAdditionalSavings, long TotalCacheReadTokens, long TotalInputTokens);

/// <summary>What single calls tell.</summary>
internal sealed record CacheDiagnosisFigures(
    DateTimeOffset From,
    int CallsExamined,
    bool IsPartial,
    IReadOnlyList<MissCauseFigures> MissCauses,
    IReadOnlyList<LifetimeFigures> Lifetimes,
    IReadOnlyList<AgentVersionFigures> AgentVersions);

/// <summary>Why prompts were not found, and what that cost above reading them.</summary>
internal sealed record MissCauseFigures(string Cause, long Calls, long LostTokens, decimal Cost);

/// <summary>What the other lifetime would have saved; negative when it would have cost more.</summary>
internal sealed record LifetimeFigures(
    string ModelName,
    string Advice,
    [property: JsonPropertyName("saved_by_1h")] decimal SavedBy1h,
    [property: JsonPropertyName("saved_by_5m")] decimal SavedBy5m);

/// <summary>One version of an agent beside the one before it.</summary>
internal sealed record AgentVersionFigures(
    string Agent, string Version, string? PreviousVersion, decimal? CacheHitRateWithWrites, decimal? Change, string Trend);

/// <summary>Reads them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CacheFigures))]
internal sealed partial class CacheFiguresJson : JsonSerializerContext;
