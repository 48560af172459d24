using System.Globalization;
using Farthing.Finops;
using Farthing.Reports;

namespace Farthing.Caching;

/// <summary>What somebody could do about caching, in sentences: what costs most first, and nothing that costs less than a cent.</summary>
internal static class CacheAdvice
{
    private const int SentencesMax = 5;
    private const decimal AmountMin = 0.01m;
    private const int PointsPerOne = 100;

    /// <summary>The sentences; none when nothing stands out.</summary>
    public static IReadOnlyList<string> Of(CacheFigures figures, ShortNames names) =>
    [
        .. Worse(figures.Diagnosis),
        .. Lifetimes(figures.Diagnosis, names).Concat(Causes(figures.Diagnosis)).Concat(Engineers(figures))
            .Where(static advice => advice.Amount >= AmountMin)
            .OrderByDescending(static advice => advice.Amount)
            .Take(SentencesMax)
            .Select(static advice => advice.Sentence),
    ];

    /// <summary>A cause of misses in words.</summary>
    public static string WordsOf(string cause) => cause switch
    {
        "first_call" => "first call of a session",
        "nothing_cached" => "nothing was cached",
        "model_switch" => "another model than before",
        "lifetime_gap" => "the pause was too long",
        "compaction" => "the conversation was compacted",
        "prefix_change" => "the beginning had changed",
        _ => DisplayText.Clean(cause.Replace('_', ' ')),
    };

    private static IEnumerable<string> Worse(CacheDiagnosisFigures? diagnosis) =>
        from version in diagnosis?.AgentVersions ?? []
        where version is { Trend: "worse", Change: not null, PreviousVersion: not null }
        select DisplayText.Clean(string.Create(
            CultureInfo.InvariantCulture,
            $"{version.Agent} {version.Version} reads {-version.Change * PointsPerOne:N1} points less of its prompts from caches than {version.PreviousVersion}; go back, or report it."));

    private static IEnumerable<(decimal Amount, string Sentence)> Lifetimes(CacheDiagnosisFigures? diagnosis, ShortNames names) =>
        from line in diagnosis?.Lifetimes ?? []
        let isLonger = line.Advice == "use_1h"
        where isLonger || line.Advice == "use_5m"
        let amount = isLonger ? line.SavedBy1h : line.SavedBy5m
        select (amount, $"{names.Model(line.ModelName)} cached for {(isLonger ? "an hour instead of five minutes" : "five minutes instead of an hour")} would have cost {FinopsPage.Dollars(amount)} less.");

    private static IEnumerable<(decimal Amount, string Sentence)> Causes(CacheDiagnosisFigures? diagnosis) =>
        from cause in diagnosis?.MissCauses ?? []
        let sentence = cause.Cause switch
        {
            "model_switch" => "Stay with one model within a session, or begin a new one",
            "lifetime_gap" => "Answer sooner, or begin a new session after a long pause",
            "prefix_change" => "Keep tools and instructions the same within a session",
            "compaction" => "Begin new sessions before conversations must be compacted",
            _ => null,
        }
        where sentence is not null
        select (cause.Cost, $"{sentence}: {FinopsPage.Dollars(cause.Cost)} was lost otherwise.");

    private static IEnumerable<(decimal Amount, string Sentence)> Engineers(CacheFigures figures)
    {
        var below = figures.EngineerCacheBreakdown.Count(static line => line.PotentialAdditionalSavings > 0);
        if (below > 0)
        {
            yield return (
                figures.TotalPotentialAdditionalSavings,
                $"{DisplayText.Counted(below, "engineer")} below the average hit rate would save {FinopsPage.Dollars(figures.TotalPotentialAdditionalSavings)} at it.");
        }
    }
}
