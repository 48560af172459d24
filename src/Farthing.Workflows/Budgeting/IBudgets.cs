using Farthing.Workflows.Access;

namespace Farthing.Workflows.Budgeting;

/// <summary>The budgets of a store. Each change is written with its line in the audit.</summary>
public interface IBudgets
{
    /// <summary>Adds one.</summary>
    Task AddAsync(Budget budget, AuditStamp stamp, CancellationToken cancellationToken);

    /// <summary>The budget of an id; null when the organisation has none.</summary>
    Task<Budget?> FindAsync(string org, string id, CancellationToken cancellationToken);

    /// <summary>A page of the budgets within a scope, the newest first: of a team its own and those of its engineers.</summary>
    Task<IReadOnlyList<Budget>> ListAsync(Scope scope, Page page, CancellationToken cancellationToken);

    /// <summary>Changes one in one transaction; null when the organisation has none of that id.</summary>
    /// <param name="org">Whose it is.</param>
    /// <param name="id">Which one.</param>
    /// <param name="change">What it becomes; id, organisation and scope stay.</param>
    /// <param name="stamp">Who and when.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Budget?> ChangeAsync(string org, string id, Func<Budget, Budget> change, AuditStamp stamp, CancellationToken cancellationToken);

    /// <summary>Takes one away with what was told of it; false when the organisation has none of that id.</summary>
    Task<bool> RemoveAsync(string org, string id, AuditStamp stamp, CancellationToken cancellationToken);
}

/// <summary>The budgets of an organisation, however many.</summary>
public static class AllBudgets
{
    /// <summary>Their pages, the newest first, as <see cref="Page.AllAsync"/> reads them.</summary>
    public static IAsyncEnumerable<IReadOnlyList<Budget>> PagesAsync(this IBudgets budgets, string org, CancellationToken cancellationToken)
    {
        var all = new Scope(org, ScopeReach.Org, string.Empty);
        return Page.AllAsync(page => budgets.ListAsync(all, page, cancellationToken), static budget => budget.Id);
    }
}
