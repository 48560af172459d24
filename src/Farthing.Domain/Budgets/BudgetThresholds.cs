using Farthing.Domain.Money;

namespace Farthing.Domain.Budgets;

/// <summary>
/// Which thresholds of a budget to tell about. A threshold is passed when more than it is used, as in
/// <see cref="BudgetStatus"/>, so that an alert and the state never contradict each other.
/// </summary>
public static class BudgetThresholds
{
    /// <summary>The thresholds that are passed and were not told in this window, ascending; all of them when spend jumped over several.</summary>
    /// <param name="percentUsed">Percent of the amount that is used.</param>
    /// <param name="thresholds">The thresholds in percent, in any order.</param>
    /// <param name="fired">Those told already in the window of this name, see <see cref="BudgetWindow.Key"/>.</param>
    public static IReadOnlyList<int> ToFire(Ratio percentUsed, IReadOnlyCollection<int> thresholds, IReadOnlyCollection<int> fired) =>
        [.. thresholds.Where(threshold => percentUsed > Ratio.Of(threshold)).Except(fired).Order()];

    /// <summary>
    /// The thresholds that were told and are passed no longer: in a rolling window, which never begins anew, they may be
    /// told again when they are passed again.
    /// </summary>
    /// <param name="percentUsed">Percent of the amount that is used.</param>
    /// <param name="fired">Those told already.</param>
    public static IReadOnlyList<int> ToRearm(Ratio percentUsed, IReadOnlyCollection<int> fired) =>
        [.. fired.Where(threshold => percentUsed <= Ratio.Of(threshold)).Order()];
}
