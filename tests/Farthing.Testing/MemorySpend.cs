using System.Runtime.CompilerServices;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Workflows.Access;
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
            .Select(group => RowOf(group.Key, [.. group], withTimes))
            .Select(row => query.CostOnly ? row with { Tokens = default, ModalityTokens = 0, WebSearches = 0 } : row)
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

    /// <inheritdoc/>
    public Task<IReadOnlyList<PricedCall>> CallPageAsync(SpendQuery query, CallListPage page, CancellationToken cancellationToken)
    {
        var meant = Matching(query)
            .Where(call => page.Session is null || call.Usage.Session.Key == page.Session)
            .Where(call => page.Pricing is null || page.Pricing.Contains(call.Rating.Card.Status))
            .Where(call => page.Before is not { } before || string.CompareOrdinal(call.Usage.Id.ToString(), before.ToString()) < 0)
            .Where(call => page.After is not { } after || string.CompareOrdinal(call.Usage.Id.ToString(), after.ToString()) > 0)
            .OrderBy(static call => call.Usage.Id.ToString(), StringComparer.Ordinal);
        return Task.FromResult<IReadOnlyList<PricedCall>>(
            [.. (page.OldestFirst ? meant : meant.Reverse()).Take(page.Limit).Select(static call => new PricedCall(call.Usage, call.Rating, string.Empty))]);
    }

    /// <inheritdoc/>
    public Task<PricedCall?> CallAsync(Scope within, EventId id, CancellationToken cancellationToken) =>
        Task.FromResult(InOrder()
            .Where(call => call.Usage.Id == id && call.Usage.Dimensions.Org == within.Org && IsWithin(within, call.Usage.Dimensions))
            .Select(static call => new PricedCall(call.Usage, call.Rating, "log.jsonl"))
            .FirstOrDefault());

    /// <inheritdoc/>
    public Task<IReadOnlyList<SessionCount>> SessionsAsync(SpendQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SessionCount>>(
        [
            .. Matching(query)
                .Where(call => call.Usage.Session.Key.Length > 0)
                .GroupBy(call => KeyOf(call, query) with { Status = default, Session = string.Empty, Card = null })
                .Select(group => new SessionCount
                {
                    Day = group.Key.Day ?? default,
                    Team = group.Key.Team,
                    User = group.Key.User,
                    Agent = group.Key.Agent,
                    Provider = group.Key.Provider,
                    Model = group.Key.Model,
                    BillingMode = group.Key.BillingMode,
                    Project = group.Key.Project,
                    Branch = group.Key.Branch,
                    Plan = group.Key.Plan,
                    Role = group.Key.Role,
                    ApiKey = group.Key.ApiKey,
                    Sessions = group.Select(call => (call.Usage.Dimensions.Agent, call.Usage.Session.Key)).Distinct().Count(),
                }),
        ]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SessionSpend>> SessionSpendAsync(SpendQuery query, SessionListPage page, CancellationToken cancellationToken)
    {
        var sums = new SessionSums();
        foreach (var (usage, rating) in Matching(query))
        {
            sums.Add(new(usage, rating, string.Empty));
        }

        return Task.FromResult<IReadOnlyList<SessionSpend>>(sums.ToPage(page));
    }

    private static Key KeyOf((UsageEvent Usage, Rating Rating) call, SpendQuery query)
    {
        var dimensions = call.Usage.Dimensions;
        return new(query.ByDay ? query.RowOf(CalendarDays.DayOf(call.Usage.OccurredAt, query.Zone)) : null, call.Rating.Card.Status)
        {
            Team = Asked(SpendDimension.Team, dimensions.Team),
            User = Asked(SpendDimension.User, dimensions.User),
            Agent = Asked(SpendDimension.Agent, dimensions.Agent),
            Provider = query.Apart is { } apart ? apart.Includes(dimensions) ? apart.Provider : string.Empty : Asked(SpendDimension.Provider, dimensions.Provider),
            Model = Asked(SpendDimension.Model, dimensions.ReportedModelName),
            BillingMode = Asked(SpendDimension.BillingMode, dimensions.BillingMode),
            Project = Asked(SpendDimension.Project, dimensions.Project),
            Branch = Asked(SpendDimension.Branch, dimensions.Branch),
            Session = Asked(SpendDimension.Session, call.Usage.Session.Key),
            Plan = Asked(SpendDimension.Plan, dimensions.Plan),
            Role = Asked(SpendDimension.Role, dimensions.Role),
            ApiKey = Asked(SpendDimension.ApiKey, dimensions.ApiKey),
            Card = query.Groups(SpendDimension.RateCard) ? call.Rating.Card.ToString() : null,
        };

        string Asked(SpendDimension dimension, string value) => query.Groups(dimension) ? value : string.Empty;
    }

    private static SpendRow RowOf(Key key, IReadOnlyList<(UsageEvent Usage, Rating Rating)> group, bool withTimes)
    {
        var sum = group.Aggregate(default(SpendSum), (whole, call) => whole + SpendSum.Of(new PricedCall(call.Usage, call.Rating, string.Empty)));
        return new()
        {
            Day = key.Day ?? default,
            Status = key.Status,
            Card = key.Card is null ? null : group[0].Rating.Card,
            Team = key.Team,
            User = key.User,
            Agent = key.Agent,
            Provider = key.Provider,
            Model = key.Model,
            BillingMode = key.BillingMode,
            Project = key.Project,
            Branch = key.Branch,
            Session = key.Session,
            Plan = key.Plan,
            Role = key.Role,
            ApiKey = key.ApiKey,
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
        let day = CalendarDays.DayOf(call.Usage.OccurredAt, query.Zone)
        let of = call.Usage.Dimensions
        where of.Org == query.Org
            && (query.Since is not { } since || day >= since)
            && (query.Until is not { } until || day <= until)
            && IsBetween(call.Usage.OccurredAt.ToUnixTimeMilliseconds(), query)
            && IsWithin(query.Within, of)
            && (query.Team is null || of.Team == query.Team)
            && (query.User is null || of.User == query.User)
            && (query.Plan is null || of.Plan == query.Plan)
            && (query.Agent is null || of.Agent == query.Agent)
            && (query.Model is null || of.ReportedModelName == query.Model)
            && (query.WentTo is null || query.WentTo.Includes(of))
            && (query.Project is null || of.Project.Contains(query.Project, StringComparison.OrdinalIgnoreCase))
            && query.Only.All(filter => filter.Holds(of))
        select call;

    private static bool IsBetween(long at, SpendQuery query) =>
        (query.From is not { } first || at >= first.ToUnixTimeMilliseconds()) && (query.To is not { } last || at <= last.ToUnixTimeMilliseconds());

    private static bool IsWithin(Scope? scope, Dimensions of) => scope?.Reach switch
    {
        null or ScopeReach.Org => true,
        ScopeReach.Team => of.Team == scope.Id,
        ScopeReach.Engineer => of.User == scope.Id,
        _ => false,
    };

    private IEnumerable<(UsageEvent Usage, Rating Rating)> InOrder() => calls.OrderBy(static call => call.Usage.OccurredAt);

    private sealed record Key(DateOnly? Day, PricingStatus Status)
    {
        public string Team { get; init; } = string.Empty;

        public string User { get; init; } = string.Empty;

        public string Agent { get; init; } = string.Empty;

        public string Provider { get; init; } = string.Empty;

        public string Model { get; init; } = string.Empty;

        public string BillingMode { get; init; } = string.Empty;

        public string Project { get; init; } = string.Empty;

        public string Branch { get; init; } = string.Empty;

        public string Session { get; init; } = string.Empty;

        public string Plan { get; init; } = string.Empty;

        public string Role { get; init; } = string.Empty;

        public string ApiKey { get; init; } = string.Empty;

        public string? Card { get; init; }
    }
}
