using Farthing.Domain.Money;

namespace Farthing.Domain.Budgets;

/// <summary>How a budget stands, from good to bad.</summary>
public enum BudgetState
{
    /// <summary>At most the alert threshold is used.</summary>
    OnTrack,

    /// <summary>More than the alert threshold is used.</summary>
    Warning,

    /// <summary>It will more likely be overspent than not.</summary>
    AtRisk,

    /// <summary>More than the whole amount is used.</summary>
    OverBudget,
}

/// <summary>
/// What of a budget is used, by Primer's formulas in exact arithmetic: every comparison is strict, so exactly 100 % is not
/// over and exactly the threshold is no warning.
/// </summary>
public sealed record BudgetStatus
{
    /// <summary>Decimals of amounts as Primer shows them.</summary>
    public const int MoneyDecimals = 2;

    /// <summary>Decimals of <see cref="PercentUsed"/> as Primer shows it.</summary>
    public const int PercentDecimals = 1;

    private const decimal LikelyOver = 0.5m;

    /// <summary>What may be spent in the window.</summary>
    public required Usd Amount { get; init; }

    /// <summary>What was spent from the start of the window until now.</summary>
    public required Usd Spend { get; init; }

    /// <summary>Dollars a day until now.</summary>
    public required Ratio BurnRateDaily { get; init; }

    /// <summary>Dollars at the end of the window when every day is like those until now; without end, what is spent already.</summary>
    public required Ratio ProjectedEndOfPeriod { get; init; }

    /// <summary>Percent of the amount that is used; 0 when there is no amount.</summary>
    public required Ratio PercentUsed { get; init; }

    /// <summary>The state without any forecast, as Primer's clients know it: never <see cref="BudgetState.AtRisk"/>.</summary>
    public required BudgetState PrimerState { get; init; }

    /// <summary>The probability that the window ends over the amount, 0 to 1; null when nobody forecast it.</summary>
    public decimal? ProbabilityOver { get; init; }

    /// <summary>Whether it is not over yet and will more likely be than not.</summary>
    public bool IsAtRisk => PrimerState != BudgetState.OverBudget && ProbabilityOver > LikelyOver;

    /// <summary>The state with the forecast.</summary>
    public BudgetState State => IsAtRisk ? BudgetState.AtRisk : PrimerState;

    /// <summary>Actual less budget: negative while there is something left.</summary>
    public Usd Variance => Spend - Amount;

    /// <summary>Says how a budget stands.</summary>
    /// <param name="amount">What may be spent in the window.</param>
    /// <param name="alertThresholdPercent">Above how many percent to warn, 0 to 100.</param>
    /// <param name="spend">What was spent from the start of the window until now.</param>
    /// <param name="window">The window.</param>
    /// <param name="probabilityOver">The probability that the window ends over the amount, 0 to 1; null when nobody forecast it.</param>
    public static BudgetStatus Of(Usd amount, int alertThresholdPercent, Usd spend, BudgetWindow window, decimal? probabilityOver = null)
    {
        var spent = Ratio.Dollars(spend);
        var burn = spent / Ratio.Of(window.DaysElapsed);
        var percent = amount > Usd.Zero ? spent * Ratio.Of(100) / Ratio.Dollars(amount) : Ratio.Zero;
        return new()
        {
            Amount = amount,
            Spend = spend,
            BurnRateDaily = burn,
            ProjectedEndOfPeriod = window.DaysInPeriod is { } days ? burn * Ratio.Of(days) : spent,
            PercentUsed = percent,
            PrimerState = StateOf(percent, alertThresholdPercent),
            ProbabilityOver = probabilityOver,
        };
    }

    private static BudgetState StateOf(Ratio percent, int threshold) => percent switch
    {
        _ when percent > Ratio.Of(100) => BudgetState.OverBudget,
        _ when percent > Ratio.Of(threshold) => BudgetState.Warning,
        _ => BudgetState.OnTrack,
    };
}
