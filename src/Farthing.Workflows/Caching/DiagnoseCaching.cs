using Farthing.Domain.Caching;
using Farthing.Domain.Usage;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Caching;

/// <summary>What the other lifetime of cached prompts would have cost at one rate card.</summary>
/// <param name="Model">The model.</param>
/// <param name="WhatIf">The answer.</param>
public sealed record LifetimeLine(string Model, LifetimeWhatIf WhatIf);

/// <summary>One version of an agent beside the one before it.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Comparison">How it caches.</param>
public sealed record AgentVersionLine(string Agent, VersionComparison Comparison);

/// <summary>What single calls tell about caching; of a bounded number of calls, which is told.</summary>
public sealed record CachingDiagnosis
{
    /// <summary>From when on calls were looked at.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The time of the last call that was looked at; null when there was none.</summary>
    public required DateTimeOffset? LastAt { get; init; }

    /// <summary>How many.</summary>
    public required int Calls { get; init; }

    /// <summary>Whether there were more.</summary>
    public required bool IsCut { get; init; }

    /// <summary>The causes, dearest first; calls that hit are none.</summary>
    public required IReadOnlyList<MissCause> Causes { get; init; }

    /// <summary>By model and rate card, in the order of the models.</summary>
    public required IReadOnlyList<LifetimeLine> Lifetimes { get; init; }

    /// <summary>By agent, its versions in the order of their first use.</summary>
    public required IReadOnlyList<AgentVersionLine> Versions { get; init; }
}

/// <summary>Looks at single calls: why they missed the cache, which lifetime would have been cheaper, whether a version caches worse.</summary>
public sealed class DiagnoseCaching(ISpendQueries spend, TimeProvider time)
{
    /// <summary>The most calls that are looked at; sums of sessions count here, because they are read too.</summary>
    public const int CallsMax = 20_000;

    private const int DaysBack = 7;

    /// <summary>Looks at the calls of the last seven days of a range: whole days where it ends with one.</summary>
    public async Task<CachingDiagnosis> DiagnoseAsync(SpendRange range, CancellationToken cancellationToken)
    {
        var end = range.To ?? time.GetUtcNow();
        var from = DaysBefore(end, range.Zone);
        from = range.From > from ? range.From.Value : from;
        var (calls, read) = (new List<PricedCall>(), 0);
        await foreach (var call in spend.CallsAsync((range with { From = from, To = end }).Sums(), cancellationToken))
        {
            if (++read > CallsMax)
            {
                break;
            }

            // The sum of a session's calls tells nothing about any of them.
            if (!call.Usage.IsSessionTotal)
            {
                calls.Add(call);
            }
        }

        return Conclude(from, calls, isCut: read > CallsMax);
    }

    /// <summary>Seven days before the end of a range. The last millisecond of a day ends it whole, so that the days before it are whole ones too.</summary>
    private static DateTimeOffset DaysBefore(DateTimeOffset end, TimeZoneInfo zone)
    {
        var day = CalendarDays.DayOf(end.AddMilliseconds(1), zone);
        return CalendarDays.StartOf(day, zone) >= end ? CalendarDays.StartOf(day.AddDays(-DaysBack), zone) : end.AddDays(-DaysBack);
    }

    private static CachingDiagnosis Conclude(DateTimeOffset from, List<PricedCall> calls, bool isCut)
    {
        var judged = JudgedCall.Judge(calls);
        return new()
        {
            From = from,
            LastAt = calls.Count == 0 ? null : calls[^1].Usage.OccurredAt,
            Calls = calls.Count,
            IsCut = isCut,
            Causes = MissCause.Of(judged),
            Lifetimes = LifetimesOf(judged),
            Versions = VersionsOf(calls),
        };
    }

    private static List<LifetimeLine> LifetimesOf(IReadOnlyList<JudgedCall> judged) =>
    [
        .. judged.GroupBy(static line => (Model: line.Call.Usage.Dimensions.ReportedModelName, line.Call.Rating.Card))
            .Where(static group => CacheLifetimes.HasChoice(group.Key.Card) && group.Any(static line => line.Call.Usage.Tokens.CacheWrite > 0))
            .OrderBy(static group => group.Key.Model, StringComparer.Ordinal)
            .Select(static group => new LifetimeLine(group.Key.Model, CacheLifetimes.WhatIf(
                group.Key.Card,
                group.Aggregate(default(TokenCounts), static (sum, line) => sum + line.Call.Usage.Tokens),
                group.Sum(static line => line.Verdict.RewrittenLate),
                group.Sum(static line => line.Verdict.ReadLate)))),
    ];

    private static List<AgentVersionLine> VersionsOf(List<PricedCall> calls) =>
    [
        .. calls.Where(static call => call.Usage.Session.AgentVersion.Length > 0)
            .GroupBy(static call => call.Usage.Dimensions.Agent, StringComparer.Ordinal)
            .OrderBy(static agent => agent.Key, StringComparer.Ordinal)
            .SelectMany(static agent => CacheRegression.Compare(ByVersion(agent)).Select(comparison => new AgentVersionLine(agent.Key, comparison))),
    ];

    private static List<AgentVersionCaching> ByVersion(IEnumerable<PricedCall> calls) =>
    [
        .. calls.GroupBy(static call => call.Usage.Session.AgentVersion, StringComparer.Ordinal)
            .Select(static version => new AgentVersionCaching(
                version.Key,
                version.LongCount(),
                version.Aggregate(default(CacheSums), static (sum, call) => sum + CacheSums.Of(call.Rating.Card, call.Usage.Tokens)))),
    ];
}
