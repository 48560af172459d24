using Farthing.Domain.Budgets;
using Farthing.Workflows.Access;

namespace Farthing.Workflows.Budgeting;

/// <summary>A standing with the name of the team, engineer or API key it is about.</summary>
/// <param name="Standing">How the budget stands.</param>
/// <param name="Name">The name; null when it is about something else, or about one that is gone.</param>
public sealed record NamedStanding(BudgetStanding Standing, string? Name)
{
    /// <summary>The team's name; null when it is about no team.</summary>
    public string? TeamName => Standing.Budget.Scope == BudgetScope.Team ? Name : null;

    /// <summary>Whether it is about a model or project that no call bears yet, so that nothing can be spent of it.</summary>
    public bool IsOfNoCall { get; init; }

    /// <summary>What whoever keeps it should know; null when there is nothing.</summary>
    public string? Warning => IsOfNoCall ? $"No call bears the {BudgetWords.Of(Standing.Budget.Scope)} '{Standing.Budget.ScopeId}' yet." : null;
}

/// <summary>Those of some budgets that need looking at.</summary>
/// <param name="Count">How many budgets there are.</param>
/// <param name="InDanger">Those that are overspent, warn, or will more likely be overspent than not; the worst first.</param>
public sealed record BudgetDangers(int Count, IReadOnlyList<NamedStanding> InDanger);

/// <summary>Shows budgets with how they stand and how they are likely to end.</summary>
public sealed class ReadBudgets(IBudgets budgets, BudgetStandings standings, ITeams teams, IEngineers engineers, IKeys keys, NamesOfCalls namesOfCalls)
{
    private const int BudgetsMax = 10_000;
    private const int ForecastsMax = 100;

    /// <summary>A page of what a caller sees, the newest first.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="team">The team asked for; null for none in particular.</param>
    /// <param name="page">Which part of the list.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<NamedStanding>> ListAsync(Caller caller, string? team, Page page, CancellationToken cancellationToken) =>
        await JudgeAsync(caller.Org, await budgets.ListAsync(ScopeRules.Of(caller, team), page, cancellationToken), cancellationToken);

    /// <summary>Those of all that a caller sees which need looking at. Of very many, only the fullest are told how likely they are overspent.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<BudgetDangers> DangersAsync(Caller caller, CancellationToken cancellationToken)
    {
        var all = await budgets.ListAsync(ScopeRules.Of(caller), new(BudgetsMax, string.Empty), cancellationToken);
        var worst = (await standings.OfAsync(all, ForecastsMax, cancellationToken))
            .Where(static standing => standing.Status.State != BudgetState.OnTrack)
            .OrderByDescending(static standing => standing.Status.State)
            .ToList();
        var named = await NameAsync(caller.Org, worst, cancellationToken);
        return new(all.Count, named);
    }

    /// <summary>One of them.</summary>
    public async Task<NamedStanding> OfAsync(Budget budget, CancellationToken cancellationToken) =>
        (await JudgeAsync(budget.Org, [budget], cancellationToken))[0];

    /// <summary>What the team, engineer or API key of a budget is called; null when it is about something else, or about one that is gone.</summary>
    public async Task<string?> NameAsync(Budget budget, CancellationToken cancellationToken) =>
        (await NamesAsync(budget.Org, [budget], cancellationToken))(budget);

    private async Task<IReadOnlyList<NamedStanding>> JudgeAsync(string org, IReadOnlyList<Budget> some, CancellationToken cancellationToken) =>
        await NameAsync(org, await standings.OfAsync(some, withForecast: true, cancellationToken), cancellationToken);

    private async Task<IReadOnlyList<NamedStanding>> NameAsync(string org, IReadOnlyList<BudgetStanding> judged, CancellationToken cancellationToken)
    {
        var nameOf = await NamesAsync(org, [.. judged.Select(static standing => standing.Budget)], cancellationToken);
        var unknown = await namesOfCalls.UnknownAsync(org, judged, cancellationToken);
        return [.. judged.Select(standing => new NamedStanding(standing, nameOf(standing.Budget)) { IsOfNoCall = unknown.Contains(standing.Budget.Id) })];
    }

    private async Task<Func<Budget, string?>> NamesAsync(string org, IReadOnlyList<Budget> some, CancellationToken cancellationToken)
    {
        var teamNames = some.Any(static budget => budget.Scope == BudgetScope.Team) ? await TeamNamesAsync(org, some, cancellationToken) : [];
        var keysById = (await KeyNames.ReadAsync(keys, org, IdsOf(BudgetScope.ApiKey), cancellationToken)).Keys.ToDictionary(static key => key.Id, StringComparer.Ordinal);
        var people = await PeopleAsync(
            org, IdsOf(BudgetScope.Engineer).Concat(keysById.Values.Select(static key => key.EngineerId).OfType<string>()).ToHashSet(StringComparer.Ordinal), cancellationToken);
        return budget => budget.Scope switch
        {
            BudgetScope.Team => teamNames.GetValueOrDefault(budget.ScopeId),
            BudgetScope.Engineer => people.GetValueOrDefault(budget.ScopeId),
            BudgetScope.ApiKey => keysById.TryGetValue(budget.ScopeId, out var key) ? KeyNames.Of(key, people.GetValueOrDefault(key.EngineerId ?? string.Empty)) : null,
            _ => null,
        };

        IReadOnlyCollection<string> IdsOf(BudgetScope scope) =>
            [.. some.Where(budget => budget.Scope == scope).Select(static budget => budget.ScopeId).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The names of engineers: of one by itself, else of all that the organisation has.</summary>
    private async Task<Dictionary<string, string>> PeopleAsync(string org, HashSet<string> wanted, CancellationToken cancellationToken)
    {
        if (wanted.Count <= 1)
        {
            var only = wanted.Count == 0 ? null : await engineers.FindAsync(org, wanted.First(), cancellationToken);
            return only is null ? [] : new(StringComparer.Ordinal) { [only.Id] = only.Name };
        }

        var people = await PeopleNames.ReadAsync(engineers, new(org, ScopeReach.Org, string.Empty), cancellationToken);
        return people.Engineers.Where(engineer => wanted.Contains(engineer.Id)).ToDictionary(static engineer => engineer.Id, static engineer => engineer.Name, StringComparer.Ordinal);
    }

    /// <summary>The names of the teams: one by one when they are few, else in pages.</summary>
    private async Task<Dictionary<string, string>> TeamNamesAsync(string org, IReadOnlyList<Budget> some, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var wanted = some.Where(static budget => budget.Scope == BudgetScope.Team).Select(static budget => budget.ScopeId).ToHashSet(StringComparer.Ordinal);
        if (wanted.Count == 1)
        {
            var only = await teams.FindAsync(org, wanted.First(), cancellationToken);
            return only is null ? names : new(StringComparer.Ordinal) { [only.Id] = only.Name };
        }

        await foreach (var found in Page.AllAsync(page => teams.ListAsync(new(org, ScopeReach.Org, string.Empty), page, cancellationToken), static team => team.Id))
        {
            foreach (var team in found.Where(team => wanted.Contains(team.Id)))
            {
                names.Add(team.Id, team.Name);
            }

            if (names.Count == wanted.Count)
            {
                break;
            }
        }

        return names;
    }
}
