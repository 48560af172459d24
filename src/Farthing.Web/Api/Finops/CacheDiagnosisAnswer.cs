using System.Text.Json.Serialization;
using Farthing.Domain.Caching;
using Farthing.Workflows.Caching;

namespace Farthing.Web.Api.Finops;

/// <summary>What single calls tell of caching: of the last seven days of the range, and of so many calls at most.</summary>
/// <param name="From">From when on calls were looked at.</param>
/// <param name="LastAt">The time of the last one; null when there was none.</param>
/// <param name="CallsExamined">How many.</param>
/// <param name="IsPartial">Whether there were more.</param>
/// <param name="MissCauses">Why prompts were not found, dearest first.</param>
/// <param name="Lifetimes">What the other lifetime would have cost, by model and price.</param>
/// <param name="AgentVersions">Whether a version of an agent caches worse than the one before it.</param>
internal sealed record CacheDiagnosisAnswer(
    DateTimeOffset From,
    DateTimeOffset? LastAt,
    int CallsExamined,
    bool IsPartial,
    IReadOnlyList<MissCauseAnswer> MissCauses,
    IReadOnlyList<LifetimeAnswer> Lifetimes,
    IReadOnlyList<AgentVersionAnswer> AgentVersions)
{
    public static CacheDiagnosisAnswer Of(CachingDiagnosis diagnosis) => new(
        diagnosis.From,
        diagnosis.LastAt,
        diagnosis.Calls,
        diagnosis.IsCut,
        [.. diagnosis.Causes.Select(static cause => new MissCauseAnswer(WordOf(cause.Miss), cause.Calls, cause.LostTokens, CacheAnswer.Dollars(cause.Cost)))],
        [.. diagnosis.Lifetimes.Select(LifetimeAnswer.Of)],
        [.. diagnosis.Versions.Select(AgentVersionAnswer.Of)]);

    private static string WordOf(CacheMiss miss) => miss switch
    {
        CacheMiss.FirstCall => "first_call",
        CacheMiss.NothingCached => "nothing_cached",
        CacheMiss.ModelSwitch => "model_switch",
        CacheMiss.LifetimeGap => "lifetime_gap",
        CacheMiss.Compaction => "compaction",
        CacheMiss.PrefixChange => "prefix_change",
        _ => "none",
    };
}

/// <summary>One cause of misses: what was lost, and what that cost more than reading it.</summary>
internal sealed record MissCauseAnswer(string Cause, long Calls, long LostTokens, decimal Cost);

/// <summary>What the other lifetime would have cost.</summary>
/// <param name="ModelName">The model.</param>
/// <param name="Advice"><c>keep</c>, <c>use_1h</c>, <c>use_5m</c> or <c>no_choice</c>.</param>
/// <param name="SavedBy1h">What an hour instead of five minutes would have saved; negative when it would have cost more.</param>
/// <param name="SavedBy5m">What five minutes instead of an hour would have saved.</param>
/// <param name="ReadsToPay5m">Reads until a five-minute write has paid for itself.</param>
/// <param name="ReadsToPay1h">The same for an hour.</param>
/// <param name="LateReadsFor1h">Reads after more than five minutes from which on the hour is the cheaper one.</param>
internal sealed record LifetimeAnswer(
    string ModelName,
    string Advice,
    [property: JsonPropertyName("saved_by_1h")] decimal SavedBy1h,
    [property: JsonPropertyName("saved_by_5m")] decimal SavedBy5m,
    [property: JsonPropertyName("reads_to_pay_5m")] decimal? ReadsToPay5m,
    [property: JsonPropertyName("reads_to_pay_1h")] decimal? ReadsToPay1h,
    [property: JsonPropertyName("late_reads_for_1h")] decimal? LateReadsFor1h)
{
    private const int ReadsDecimals = 2;

    public static LifetimeAnswer Of(LifetimeLine line) => new(
        line.Model,
        line.WhatIf.Advice switch
        {
            LifetimeAdvice.Keep => "keep",
            LifetimeAdvice.UseOneHour => "use_1h",
            LifetimeAdvice.UseFiveMinutes => "use_5m",
            _ => "no_choice",
        },
        CacheAnswer.Dollars(line.WhatIf.SavedBy1h),
        CacheAnswer.Dollars(line.WhatIf.SavedBy5m),
        line.WhatIf.BreakEven.ReadsToPay5m?.Round(ReadsDecimals),
        line.WhatIf.BreakEven.ReadsToPay1h?.Round(ReadsDecimals),
        line.WhatIf.BreakEven.LateReadsFor1h?.Round(ReadsDecimals));
}

/// <summary>One version of an agent beside the one before it.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Version">The version.</param>
/// <param name="PreviousVersion">The one before; null for the first.</param>
/// <param name="Calls">How many calls were made with it.</param>
/// <param name="CacheHitRateWithWrites">The share of its prompts that was read from a cache.</param>
/// <param name="Change">How that changed; null where one of them has no prompt.</param>
/// <param name="Trend"><c>worse</c>, <c>same</c>, <c>better</c> or <c>too_few</c> calls to say.</param>
internal sealed record AgentVersionAnswer(
    string Agent, string Version, string? PreviousVersion, long Calls, decimal? CacheHitRateWithWrites, decimal? Change, string Trend)
{
    public static AgentVersionAnswer Of(AgentVersionLine line) => new(
        line.Agent,
        line.Comparison.Current.Version,
        line.Comparison.Previous?.Version,
        line.Comparison.Current.Calls,
        line.Comparison.Current.Sums.HitRateWithWrites?.Round(CacheTable.RateDecimals),
        line.Comparison.Change?.Round(CacheTable.RateDecimals),
        line.Comparison.Trend switch
        {
            CacheTrend.Worse => "worse",
            CacheTrend.Same => "same",
            CacheTrend.Better => "better",
            _ => "too_few",
        });
}
