using System.Runtime.CompilerServices;
using Farthing.Workflows.Access;

namespace Farthing.Workflows.Budgeting;

/// <summary>Reads all budgets of an organisation, however many.</summary>
public static class AllBudgets
{
    private const int PageSize = 500;

    /// <summary>Their pages, the newest first. Each is read when it is asked for.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<Budget>> PagesAsync(
        this IBudgets budgets, string org, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (scope, page) = (new Scope(org, ScopeReach.Org, string.Empty), new Page(PageSize, string.Empty));
        IReadOnlyList<Budget> some;
        do
        {
            some = await budgets.ListAsync(scope, page, cancellationToken);
            yield return some;
            page = page with { After = some.Count > 0 ? some[^1].Id : page.After };
        }
        while (some.Count == PageSize);
    }
}
