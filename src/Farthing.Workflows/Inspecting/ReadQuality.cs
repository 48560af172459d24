using Farthing.Domain.Usage;
using Farthing.Workflows.Access;
using Farthing.Workflows.Forecasting;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Inspecting;

/// <summary>How well the calls of an agent are known.</summary>
/// <param name="Agent">The agent; empty for calls that name none.</param>
/// <param name="Pricing">Its calls in the span by how sure their prices are.</param>
/// <param name="Repeats">How often records of the span, by their own time, told a known call again.</param>
/// <param name="NewestAt">Its last call since the span began; null when it was not looked for.</param>
public sealed record AgentQuality(string Agent, PricingTotals Pricing, UsageRepeats Repeats, DateTimeOffset? NewestAt);

/// <summary>A model whose calls have no price of its own.</summary>
/// <param name="Model">The model as reports name it.</param>
/// <param name="Provider">The provider that was called; empty when the calls do not tell.</param>
/// <param name="Pricing">Its calls by how sure their prices are.</param>
public sealed record UnsureModel(string Model, string Provider, PricingTotals Pricing);

/// <summary>How well the calls of a span are known.</summary>
public sealed record DataQuality
{
    /// <summary>When it was looked at.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>All calls of the span by how sure their prices are.</summary>
    public required PricingTotals Pricing { get; init; }

    /// <summary>The agents of the span, that with the most calls in front; those without calls only told known ones again.</summary>
    public required IReadOnlyList<AgentQuality> Agents { get; init; }

    /// <summary>The models with calls that are estimated or have no price, that with the most of them in front.</summary>
    public required IReadOnlyList<UnsureModel> Models { get; init; }

    /// <summary>The newest records that were kept aside, of all days.</summary>
    public required IReadOnlyList<UsageConflict> Conflicts { get; init; }
}

/// <summary>Tells how well calls are known: where they come from, how old the newest is, what has no price, what was told again, what contradicts.</summary>
public sealed class ReadQuality(ISpendQueries spend, IUsageConflicts conflicts, IUsageRepeats repeats, SpendCalendar calendar, TimeProvider time)
{
    /// <summary>The most agents whose newest call is looked for: each is a question of its own.</summary>
    public const int AgentsMax = 6;

    /// <summary>The most models that are told.</summary>
    public const int ModelsMax = 50;

    /// <summary>The most records that are told.</summary>
    public const int ConflictsMax = 50;

    /// <summary>Looks at the calls of some days.</summary>
    public async Task<DataQuality> ReadAsync(Caller caller, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        var all = new SpendQuery { Within = ScopeRules.Of(caller), Zone = calendar.Zone, ByDay = false };
        var rows = await spend.SpendAsync(
            all with { Since = first, Until = last, GroupBy = [SpendDimension.Agent, SpendDimension.Model, SpendDimension.Provider], CostOnly = true }, cancellationToken);
        var again = await repeats.ReadRepeatsAsync(
            caller.Org, CalendarDays.StartOf(first, calendar.Zone), CalendarDays.StartOf(last.AddDays(1), calendar.Zone), cancellationToken);
        return new()
        {
            At = time.GetUtcNow(),
            Pricing = PricingTotals.Of(rows),
            Agents = await AgentsAsync(rows, again, all with { Since = first }, cancellationToken),
            Models =
            [
                .. rows.GroupBy(static row => (row.Model, row.Provider)).Select(static group => new UnsureModel(group.Key.Model, group.Key.Provider, PricingTotals.Of(group)))
                    .Where(static model => Unsure(model) > 0).OrderByDescending(Unsure).ThenBy(static model => model.Model, StringComparer.Ordinal).Take(ModelsMax),
            ],
            Conflicts = await conflicts.ReadConflictsAsync(caller.Org, ConflictsMax, cancellationToken),
        };
    }

    private static long Unsure(UnsureModel model) => model.Pricing.Estimated.Calls + model.Pricing.Unpriced.Calls;

    private async Task<IReadOnlyList<AgentQuality>> AgentsAsync(
        IReadOnlyList<SpendRow> rows, IReadOnlyList<UsageRepeats> again, SpendQuery since, CancellationToken cancellationToken)
    {
        var agents = new List<AgentQuality>();
        var (calls, repeated) = (rows.ToLookup(static row => row.Agent, StringComparer.Ordinal), again.ToDictionary(static agent => agent.Agent, StringComparer.Ordinal));
        foreach (var agent in calls.Select(static group => group.Key).Union(repeated.Keys, StringComparer.Ordinal).OrderByDescending(agent => calls[agent].Sum(static row => row.Calls)))
        {
            var only = since with { Only = [new(SpendDimension.Agent, [agent])] };
            var newest = agents.Count < AgentsMax ? await spend.CallPageAsync(only, new() { Limit = 1 }, cancellationToken) : [];
            agents.Add(new(
                agent, PricingTotals.Of(calls[agent]), repeated.GetValueOrDefault(agent) ?? new(agent, 0, 0), newest.Count > 0 ? newest[0].Usage.OccurredAt : null));
        }

        return agents;
    }
}
