using Farthing.Domain.Caching;
using Farthing.Domain.Money;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Spending;

/// <summary>Whose usage is meant: a span of days, a session, a plan, or what they have in common.</summary>
public sealed record UsageScope
{
    /// <summary>Whose.</summary>
    public string Org { get; init; } = Dimensions.LocalOrg;

    /// <summary>Whose days are meant.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>The first day, included; null for all history. There is no end: a scope reaches until now.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>Only this session, by its whole key; null for all.</summary>
    public string? Session { get; init; }

    /// <summary>Only this plan; null for all.</summary>
    public string? Plan { get; init; }

    /// <summary>The first instant of the scope; null for all history.</summary>
    public DateTimeOffset? From => Since is { } day ? CalendarDays.StartOf(day, Zone) : null;

    /// <summary>The same as a query for spend, without the session.</summary>
    public SpendQuery ToSpend() => new() { Org = Org, Zone = Zone, Since = Since, Plan = Plan, ByDay = false };

    /// <summary>Whether a call lies in the scope.</summary>
    public bool Holds(UsageEvent usage) =>
        (Since is not { } since || CalendarDays.DayOf(usage.OccurredAt, Zone) >= since)
        && (Session is null || string.Equals(usage.Session.Key, Session, StringComparison.Ordinal))
        && (Plan is null || string.Equals(usage.Dimensions.Plan, Plan, StringComparison.Ordinal));
}

/// <summary>What was spent in a scope, and on what. Each list adds up to the total; what a source does not tell has an empty name.</summary>
/// <param name="Total">Everything.</param>
/// <param name="Plans">By plan, dearest first.</param>
/// <param name="Roles">By the role of the call, dearest first.</param>
/// <param name="Models">By model as reports name it, dearest first.</param>
/// <param name="CacheSavings">What reading caches saved at each call's own rates.</param>
public sealed record UsageSummary(
    SpendSum Total, IReadOnlyList<SpendLine> Plans, IReadOnlyList<SpendLine> Roles, IReadOnlyList<SpendLine> Models, Usd CacheSavings);

/// <summary>Sums up usage: from the rollup, or for a session from its calls.</summary>
public static class UsageSummaries
{
    /// <summary>The most calls of a session that are summed up; sessions of people are far smaller.</summary>
    public const int SessionCallsMax = 1_000_000;

    /// <summary>Sums up a scope.</summary>
    public static async Task<UsageSummary> BuildAsync(UsageScope scope, ISpendQueries queries, CancellationToken cancellationToken)
    {
        var builder = new Builder();
        if (scope.Session is not null)
        {
            var called = default(CacheSums);
            foreach (var call in await SessionCallsAsync(scope, queries, cancellationToken))
            {
                var dimensions = call.Usage.Dimensions;
                builder.Add(dimensions.Agent, dimensions.Plan, dimensions.Role, dimensions.ReportedModelName, SpendSum.Of(call));
                called += CacheSums.Of(call.Rating.Card, call.Usage.Tokens);
            }

            return builder.Build(called.Priced.GrossSavings);
        }

        var query = scope.ToSpend() with
        {
            GroupBy = [SpendDimension.Plan, SpendDimension.Role, SpendDimension.Model, SpendDimension.RateCard],
        };
        var summed = default(CacheSums);
        foreach (var row in await queries.SpendAsync(query, cancellationToken))
        {
            builder.Add(row.Agent, row.Plan, row.Role, row.Model, SpendSum.Of(row));
            summed += row.ToCacheSums();
        }

        return builder.Build(summed.Priced.GrossSavings);
    }

    /// <summary>The calls of the scope's session, in order of time.</summary>
    public static async Task<IReadOnlyList<PricedCall>> SessionCallsAsync(UsageScope scope, ISpendQueries queries, CancellationToken cancellationToken)
    {
        // A name may also be the beginning of other keys or the id of a call.
        var found = await queries.FindAsync(scope.Org, scope.Session ?? string.Empty, SessionCallsMax, cancellationToken);
        return [.. found.Where(call => scope.Holds(call.Usage))];
    }

    private sealed class Builder
    {
        private readonly SpendLineBuilder total = new(string.Empty);
        private readonly Dictionary<string, SpendLineBuilder> plans = new(StringComparer.Ordinal);
        private readonly Dictionary<string, SpendLineBuilder> roles = new(StringComparer.Ordinal);
        private readonly Dictionary<string, SpendLineBuilder> models = new(StringComparer.Ordinal);

        public void Add(string agent, string plan, string role, string model, in SpendSum part)
        {
            total.Add(agent, model, part);
            SpendLineBuilder.Of(plans, plan).Add(agent, model, part);
            SpendLineBuilder.Of(roles, role).Add(agent, model, part);
            SpendLineBuilder.Of(models, model).Add(agent, model, part);
        }

        public UsageSummary Build(Usd cacheSavings) => new(total.Build().Sum, Lines(plans), Lines(roles), Lines(models), cacheSavings);

        private static List<SpendLine> Lines(Dictionary<string, SpendLineBuilder> builders)
        {
            var lines = builders.Values.Select(static builder => builder.Build()).ToList();
            lines.Sort(SpendLineBuilder.DearestFirst);
            return lines;
        }
    }
}
