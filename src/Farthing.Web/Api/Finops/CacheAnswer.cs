using System.Text.Json.Serialization;
using Farthing.Domain.Caching;
using Farthing.Domain.Money;
using Farthing.Workflows.Caching;

namespace Farthing.Web.Api.Finops;

/// <summary>How well caching works, as Primer's clients read it; from <c>net_savings</c> on it is ours.</summary>
internal sealed record CacheAnswer
{
    public required long TotalCacheReadTokens { get; init; }

    public required long TotalCacheCreationTokens { get; init; }

    public required long TotalInputTokens { get; init; }

    public required decimal? CacheHitRate { get; init; }

    public required decimal? CacheSavingsEstimate { get; init; }

    public required IReadOnlyList<CacheDayAnswer> DailyCacheTrend { get; init; }

    public required IReadOnlyList<CacheModelAnswer> ModelCacheBreakdown { get; init; }

    public required IReadOnlyList<CacheEngineerAnswer> EngineerCacheBreakdown { get; init; }

    public required decimal TotalPotentialAdditionalSavings { get; init; }

    /// <summary>Savings after what writing to the caches cost above plain input.</summary>
    public required decimal NetSavings { get; init; }

    /// <summary>The share of the whole prompt that was read from a cache: what was written was no hit.</summary>
    public required decimal? CacheHitRateWithWrites { get; init; }

    /// <summary>The part of the input price that reading saved.</summary>
    public required decimal? EffectiveDiscount { get; init; }

    /// <summary>Writes by how long they live.</summary>
    public required CacheWritesAnswer Writes { get; init; }

    /// <summary>The prompt tokens of calls that name nobody, which are in the totals and with no engineer.</summary>
    public required long UnattributedPromptTokens { get; init; }

    public required PricingStatusAnswer PricingStatus { get; init; }

    /// <summary>What single calls tell; only with <c>diagnose=true</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CacheDiagnosisAnswer? Diagnosis { get; init; }

    /// <summary>The answer for a report.</summary>
    public static CacheAnswer Of(CachingReport report, CachingDiagnosis? diagnosis) => new()
    {
        TotalCacheReadTokens = report.Total.CacheRead,
        TotalCacheCreationTokens = report.Total.CacheWrite,
        TotalInputTokens = report.Total.Input,
        CacheHitRate = report.Total.HitRate?.Round(CacheTable.RateDecimals),
        CacheSavingsEstimate = report.Total.SavingsEstimate is { } savings ? Dollars(savings) : null,
        DailyCacheTrend = [.. report.Days.Select(CacheDayAnswer.Of)],
        ModelCacheBreakdown = [.. report.Models.Select(CacheModelAnswer.Of)],
        EngineerCacheBreakdown = [.. report.Engineers.Engineers.Select(CacheEngineerAnswer.Of)],
        TotalPotentialAdditionalSavings = report.Engineers.Total,
        NetSavings = Dollars(report.Total.Priced.NetSavings),
        CacheHitRateWithWrites = report.Total.HitRateWithWrites?.Round(CacheTable.RateDecimals),
        EffectiveDiscount = report.Total.Priced.EffectiveDiscount?.Round(CacheTable.RateDecimals),
        Writes = CacheWritesAnswer.Of(report.Total),
        UnattributedPromptTokens = report.Unattributed.Prompt,
        PricingStatus = PricingStatusAnswer.Of(report.Pricing),
        Diagnosis = diagnosis is null ? null : CacheDiagnosisAnswer.Of(diagnosis),
    };

    /// <summary>An amount with Primer's decimals for savings.</summary>
    internal static decimal Dollars(Usd amount) => Ratio.Dollars(amount).Round(CacheTable.MoneyDecimals);
}

/// <summary>One day.</summary>
internal sealed record CacheDayAnswer(DateOnly Date, long CacheReadTokens, long CacheCreationTokens, long InputTokens, decimal? CacheHitRate)
{
    public static CacheDayAnswer Of(CachingDay day) =>
        new(day.Day, day.Sums.CacheRead, day.Sums.CacheWrite, day.Sums.Input, day.Sums.HitRate?.Round(CacheTable.GroupRateDecimals));
}

/// <summary>One model.</summary>
internal sealed record CacheModelAnswer(
    string ModelName, long CacheReadTokens, long CacheCreationTokens, long InputTokens, decimal? CacheHitRate, decimal EstimatedSavings, decimal NetSavings)
{
    public static CacheModelAnswer Of(CacheGroup model) => new(
        model.Name, model.Sums.CacheRead, model.Sums.CacheWrite, model.Sums.Input, model.HitRate(CacheTable.GroupRateDecimals), model.Savings,
        CacheAnswer.Dollars(model.Sums.Priced.NetSavings));
}

/// <summary>One engineer.</summary>
internal sealed record CacheEngineerAnswer(
    string EngineerId, string EngineerName, decimal? CacheHitRate, decimal EstimatedSavings, decimal PotentialAdditionalSavings, long TotalCacheReadTokens, long TotalInputTokens)
{
    public static CacheEngineerAnswer Of(CacheUpside line) => new(
        line.Group.Key, line.Group.Name, line.Group.HitRate(CacheTable.RateDecimals), line.Group.Savings, line.Potential,
        line.Group.Sums.CacheRead, line.Group.Sums.Input);
}

/// <summary>What was written to caches, by how long it lives, and what the other lifetime would have cost.</summary>
/// <param name="Tokens5m">Tokens written for five minutes, or for an untold time.</param>
/// <param name="Tokens1h">Tokens written for an hour.</param>
/// <param name="Premium5m">What the former cost above plain input, in dollars.</param>
/// <param name="Premium1h">What the latter did.</param>
/// <param name="ExtraFor1h">How much more the five-minute writes would have cost had they lived an hour.</param>
/// <param name="SavedBy5m">How much less the one-hour writes would have cost had they lived five minutes.</param>
internal sealed record CacheWritesAnswer(
    [property: JsonPropertyName("tokens_5m")] long Tokens5m,
    [property: JsonPropertyName("tokens_1h")] long Tokens1h,
    [property: JsonPropertyName("premium_5m")] decimal Premium5m,
    [property: JsonPropertyName("premium_1h")] decimal Premium1h,
    [property: JsonPropertyName("extra_for_1h")] decimal ExtraFor1h,
    [property: JsonPropertyName("saved_by_5m")] decimal SavedBy5m)
{
    public static CacheWritesAnswer Of(CacheSums sums) => new(
        sums.CacheWrite5m, sums.CacheWrite1h, CacheAnswer.Dollars(sums.Priced.WritePremium5m), CacheAnswer.Dollars(sums.Priced.WritePremium1h),
        CacheAnswer.Dollars(sums.Priced.ExtraFor1h), CacheAnswer.Dollars(sums.Priced.SavedBy5m));
}
