using System.Runtime.CompilerServices;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Workflows.Spending;

namespace Farthing.Testing;

/// <summary>Answers spend queries from a list in memory: the reference that stores are held against.</summary>
/// <param name="calls">The calls, in any order; each event once.</param>
public sealed class MemorySpend(IReadOnlyList<(UsageEvent Usage, Rating Rating)> calls) : ISpendQueries
{
    private const int NameLengthMin = 6;

    /// <inheritdoc/>
    public Task<IReadOnlyList<SpendRow>> SpendAsync(SpendQuery query, CancellationToken cancellationToken)
    {
        var withTimes = query.GroupBy.Contains(SpendDimension.Session);
        var rows = Matching(query)
            .GroupBy(call => KeyOf(call, query))
            .Select(group => RowOf(group.Key, [.. group], withTimes, query.Zone))
            .ToList();
        return Task.FromResult<IReadOnlyList<SpendRow>>(rows);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<PricedCall> CallsAsync(SpendQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (usage, rating) in Matching(query))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new(usage, rating, string.Empty);
        }

        await Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<PricedCall>> FindAsync(string org, string name, int limit, CancellationToken cancellationToken)
    {
        bool IsNamed(string text) => text == name || (name.Length >= NameLengthMin && text.StartsWith(name, StringComparison.Ordinal));
        var found = InOrder()
            .Where(call => call.Usage.Dimensions.Org == org && (IsNamed(call.Usage.Id.ToString()) || IsNamed(call.Usage.Session.Key)))
            .Take(limit)
            .Select(call => new PricedCall(call.Usage, call.Rating, "log.jsonl"))
            .ToList();
        return Task.FromResult<IReadOnlyList<PricedCall>>(found);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<PricedCall>> RunCallsAsync(string org, string run, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PricedCall>>(
        [
            .. InOrder()
                .Where(call => call.Usage.Dimensions.Org == org && call.Usage.Run == run)
                .Take(limit)
                .Select(call => new PricedCall(call.Usage, call.Rating, "log.jsonl")),
        ]);

    private static Key KeyOf((UsageEvent Usage, Rating Rating) call, SpendQuery query)
    {
        var by = query.GroupBy;
        var dimensions = call.Usage.Dimensions;
        return new(
            query.ByDay ? ReportTime.DayOf(call.Usage.OccurredAt, query.Zone) : null,
            call.Rating.Card.Status,
            by.Contains(SpendDimension.Agent) ? dimensions.Agent : string.Empty,
            by.Contains(SpendDimension.Model) ? dimensions.ReportedModelName : string.Empty,
            by.Contains(SpendDimension.Project) ? dimensions.Project : string.Empty,
            by.Contains(SpendDimension.Branch) ? dimensions.Branch : string.Empty,
            by.Contains(SpendDimension.Session) ? call.Usage.Session.Key : string.Empty,
            by.Contains(SpendDimension.Plan) ? dimensions.Plan : string.Empty,
            by.Contains(SpendDimension.Role) ? dimensions.Role : string.Empty);
    }

    private static SpendRow RowOf(Key key, IReadOnlyList<(UsageEvent Usage, Rating Rating)> group, bool withTimes, TimeZoneInfo zone)
    {
        var sum = group.Aggregate(default(SpendSum), (whole, call) => whole + SpendSum.Of(new PricedCall(call.Usage, call.Rating, string.Empty)));
        return new()
        {
            Day = key.Day ?? ReportTime.DayOf(group[0].Usage.OccurredAt, zone),
            Status = key.Status,
            Agent = key.Agent,
            Model = key.Model,
            Project = key.Project,
            Branch = key.Branch,
            Session = key.Session,
            Plan = key.Plan,
            Role = key.Role,
            Calls = sum.Calls,
            Tokens = sum.Tokens,
            ModalityTokens = sum.ModalityTokens,
            WebSearches = sum.WebSearches,
            Cost = sum.BestCost,
            FirstAt = withTimes ? group[0].Usage.OccurredAt : null,
            LastAt = withTimes ? group[^1].Usage.OccurredAt : null,
        };
    }

    private IEnumerable<(UsageEvent Usage, Rating Rating)> Matching(SpendQuery query) =>
        from call in InOrder()
        let day = ReportTime.DayOf(call.Usage.OccurredAt, query.Zone)
        where call.Usage.Dimensions.Org == query.Org
            && (query.Since is not { } since || day >= since)
            && (query.Until is not { } until || day <= until)
            && (query.Plan is null || call.Usage.Dimensions.Plan == query.Plan)
            && (query.Agent is null || call.Usage.Dimensions.Agent == query.Agent)
            && (query.Project is null || call.Usage.Dimensions.Project.Contains(query.Project, StringComparison.OrdinalIgnoreCase))
        select call;

    private IEnumerable<(UsageEvent Usage, Rating Rating)> InOrder() => calls.OrderBy(static call => call.Usage.OccurredAt);

    private sealed record Key(
        DateOnly? Day, PricingStatus Status, string Agent, string Model, string Project, string Branch, string Session, string Plan, string Role);
}
