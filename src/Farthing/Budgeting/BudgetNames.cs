using Farthing.Finops;
using Farthing.Reports;

namespace Farthing.Budgeting;

/// <summary>Finds a budget as people name it: by its id, or by its name where only one has it.</summary>
internal static class BudgetNames
{
    /// <summary>The budget; null when there is none.</summary>
    /// <param name="named">What was typed.</param>
    /// <param name="budgets">All budgets.</param>
    /// <exception cref="AnswerException">More than one has that name.</exception>
    public static BudgetFigures? Find(string named, IReadOnlyList<BudgetFigures> budgets)
    {
        var same = budgets.Where(budget => string.Equals(budget.Id, named, StringComparison.Ordinal)).ToList();
        same = same.Count > 0 ? same : [.. budgets.Where(budget => string.Equals(budget.Name, named, StringComparison.Ordinal))];
        return same.Count <= 1
            ? same.FirstOrDefault()
            : throw new AnswerException(
                $"{same.Count} budgets are called '{DisplayText.Clean(named)}'; use an id: {DisplayText.Listed([.. same.Select(static budget => DisplayText.Clean(budget.Id))])}.");
    }
}
