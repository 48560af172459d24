using Farthing.Domain.Money;
using Farthing.Workflows.Notifying;

namespace Farthing.Workflows.Budgeting;

/// <summary>Something that is told once.</summary>
/// <param name="Org">Whose it is.</param>
/// <param name="Budget">The budget's id, or the name of something else that is told once a window.</param>
/// <param name="Window">The window's name, see <see cref="Domain.Budgets.BudgetWindow.Key"/>.</param>
/// <param name="Threshold">The threshold in percent.</param>
/// <param name="Amount">Which amount it is about; null when it is no budget.</param>
public sealed record BudgetMark(string Org, string Budget, string Window, int Threshold, Usd? Amount);

/// <summary>What was told about budgets. The store decides who of several tells it: whoever wrote the mark.</summary>
public interface IBudgetMarks
{
    /// <summary>The organisations that have budgets.</summary>
    Task<IReadOnlyList<string>> OrgsAsync(CancellationToken cancellationToken);

    /// <summary>The thresholds of a budget that were told in a window, for the amount it has now.</summary>
    Task<IReadOnlyList<int>> FiredAsync(Budget budget, string window, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a mark and the messages it means, in one transaction; false when the mark is there already, or the budget has
    /// another amount by now or none.
    /// </summary>
    Task<bool> FireAsync(BudgetMark mark, IReadOnlyList<OutboxMessage> messages, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Takes a mark away unless it was written at or after an instant: whoever looked before that knows nothing of it.</summary>
    Task RearmAsync(BudgetMark mark, DateTimeOffset before, CancellationToken cancellationToken);
}
