using Farthing.Domain.Usage;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Budgeting;

/// <summary>The models and projects that calls bear, whenever they were made: a budget of another name limits nothing yet.</summary>
public sealed class NamesOfCalls(ISpendQueries queries)
{
    /// <summary>The model that is meant: of that name where calls bear it, else the only one that tables call so.</summary>
    public async Task<string> ModelAsync(string org, string named, CancellationToken cancellationToken)
    {
        var models = await ReadAsync(org, SpendDimension.Model, only: [], cancellationToken);
        return models.Contains(named) ? named
            : models.Where(model => ShortModel.Of(model) == named).ToList() is [var only] ? only
            : named;
    }

    /// <summary>The ids of those of some standings whose budget is of a model or project that no call bears yet.</summary>
    public async Task<IReadOnlySet<string>> UnknownAsync(string org, IReadOnlyList<BudgetStanding> some, CancellationToken cancellationToken)
    {
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (scope, dimension) in new[] { (BudgetScope.Model, SpendDimension.Model), (BudgetScope.Project, SpendDimension.Project) })
        {
            var idle = some.Where(standing => standing.Budget.Scope == scope && standing.Pricing.Calls == 0).Select(static standing => standing.Budget).ToList();
            if (idle.Count > 0)
            {
                var known = await ReadAsync(org, dimension, [new(dimension, [.. idle.Select(static budget => budget.ScopeId).Distinct(StringComparer.Ordinal)])], cancellationToken);
                unknown.UnionWith(idle.Where(budget => !known.Contains(budget.ScopeId)).Select(static budget => budget.Id));
            }
        }

        return unknown;
    }

    private async Task<HashSet<string>> ReadAsync(string org, SpendDimension dimension, IReadOnlyList<SpendFilter> only, CancellationToken cancellationToken)
    {
        var query = new SpendQuery { Org = org, Zone = TimeZoneInfo.Utc, ByDay = false, GroupBy = [dimension], Only = only, CostOnly = true };
        return [.. (await queries.SpendAsync(query, cancellationToken)).Select(row => row[dimension])];
    }
}
