using Farthing.Domain.Budgets;
using Farthing.Domain.Money;
using Farthing.Workflows.Access;

namespace Farthing.Workflows.Budgeting;

/// <summary>A budget that somebody wants, as they said it.</summary>
public sealed record BudgetDraft
{
    /// <summary>For which team; null or empty for none in particular.</summary>
    public string? TeamId { get; init; }

    /// <summary>The word of the scope; null when the team says it.</summary>
    public string? Scope { get; init; }

    /// <summary>Which project, engineer, model, key or team; null when the team says it.</summary>
    public string? ScopeId { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Who answers for it.</summary>
    public string? Owner { get; init; }

    /// <summary>What may be spent in a window.</summary>
    public required Usd Amount { get; init; }

    /// <summary>The word of the period.</summary>
    public string? Period { get; init; }

    /// <summary>The time zone; null for UTC.</summary>
    public string? Zone { get; init; }

    /// <summary>Whether calls are to be refused when it is used up.</summary>
    public bool IsHard { get; init; }

    /// <summary>At how many percent to tell people; null for the alert threshold and 100.</summary>
    public IReadOnlyList<int>? Thresholds { get; init; }

    /// <summary>Above how many percent its state is a warning; null for 80.</summary>
    public int? AlertThresholdPercent { get; init; }

    /// <summary>What of it could not even be read; refused together with what else is wrong.</summary>
    public Problem? Unread { get; init; }

    /// <summary>All that is wrong with it, whoever asks; null when nothing is.</summary>
    internal Problem? Check() => Problem.Together(
        Unread,
        AccessTexts.Check("name", Name),
        AccessTexts.CheckOptional("owner", Owner),
        AccessTexts.CheckOptional("team_id", TeamId),
        AccessTexts.CheckOptional("scope_id", ScopeId),
        BudgetRules.CheckAmount(Amount),
        BudgetRules.CheckPeriod(Period),
        BudgetRules.CheckZone(Zone),
        BudgetRules.CheckAlertThreshold(AlertThresholdPercent),
        BudgetRules.CheckThresholds(Thresholds));
}

/// <summary>What is to change about a budget; null leaves a thing as it is. Whose spend it limits cannot be changed.</summary>
public sealed record BudgetChange
{
    /// <summary>The new name.</summary>
    public string? Name { get; init; }

    /// <summary>Who answers for it now; an empty text for nobody.</summary>
    public string? Owner { get; init; }

    /// <summary>The new amount: what was told about the old one may be told again of this one.</summary>
    public Usd? Amount { get; init; }

    /// <summary>The word of the new period.</summary>
    public string? Period { get; init; }

    /// <summary>The new time zone.</summary>
    public string? Zone { get; init; }

    /// <summary>Whether calls are to be refused when it is used up.</summary>
    public bool? IsHard { get; init; }

    /// <summary>The new thresholds.</summary>
    public IReadOnlyList<int>? Thresholds { get; init; }

    /// <summary>The new alert threshold.</summary>
    public int? AlertThresholdPercent { get; init; }

    /// <summary>What of it could not even be read; refused together with what else is wrong.</summary>
    public Problem? Unread { get; init; }

    /// <summary>All that is wrong with it; null when nothing is.</summary>
    internal Problem? Check() => Problem.Together(
        Unread,
        Name is null ? null : AccessTexts.Check("name", Name),
        AccessTexts.CheckOptional("owner", Owner),
        Amount is { } amount ? BudgetRules.CheckAmount(amount) : null,
        BudgetRules.CheckPeriod(Period),
        BudgetRules.CheckZone(Zone),
        BudgetRules.CheckAlertThreshold(AlertThresholdPercent),
        BudgetRules.CheckThresholds(Thresholds));

    /// <summary>The budget afterwards.</summary>
    internal Budget ApplyTo(Budget budget)
    {
        var alert = AlertThresholdPercent ?? budget.AlertThresholdPercent;
        var usual = budget.Thresholds.SequenceEqual(BudgetRules.UsualThresholds(budget.AlertThresholdPercent)) ? BudgetRules.UsualThresholds(alert) : budget.Thresholds;
        return budget with
        {
            Name = Name ?? budget.Name,
            Owner = Owner ?? budget.Owner,
            Amount = Amount ?? budget.Amount,
            Period = BudgetWords.Period(Period) ?? budget.Period,
            Zone = Zone ?? budget.Zone,
            IsHard = IsHard ?? budget.IsHard,
            Thresholds = Thresholds is { } thresholds ? BudgetRules.InOrder(thresholds) : usual,
            AlertThresholdPercent = alert,
        };
    }
}

/// <summary>What may stand in a budget.</summary>
public static class BudgetRules
{
    /// <summary>The most thresholds of a budget.</summary>
    public const int ThresholdsMax = 10;

    /// <summary>The highest threshold in percent.</summary>
    public const int ThresholdMax = 1_000;

    /// <summary>The alert threshold unless told, in percent.</summary>
    public const int UsualAlertThreshold = 80;

    /// <summary>The time zone unless told: Primer's.</summary>
    public const string UsualZone = "UTC";

    /// <summary>The largest amount; more is a mistake.</summary>
    public static readonly Usd AmountMax = new(1_000_000_000 * (Int128)Usd.PicodollarsPerUsd);

    /// <summary>The period unless told.</summary>
    public const BudgetPeriod UsualPeriod = BudgetPeriod.Month;

    /// <summary>The refusal of an amount that is no number or out of range.</summary>
    public static Problem WrongAmount => Problem.Invalid("amount", "'amount' must be a decimal number above 0 and at most 1,000,000,000, with at most twelve decimals.");

    /// <summary>At which percentages to tell unless told: above the alert threshold, and above all of it.</summary>
    public static IReadOnlyList<int> UsualThresholds(int alertThreshold) => InOrder([alertThreshold, 100]);

    /// <summary>Thresholds ascending, each once.</summary>
    public static IReadOnlyList<int> InOrder(IEnumerable<int> thresholds) => [.. thresholds.Distinct().Order()];

    internal static Problem? CheckAmount(Usd amount) => amount > Usd.Zero && amount <= AmountMax ? null : WrongAmount;

    internal static Problem? CheckPeriod(string? word) =>
        word is null || BudgetWords.Period(word) is not null ? null : Problem.Invalid("period", $"'period' must be one of: {BudgetWords.AllPeriods}.");

    internal static Problem? CheckZone(string? zone) =>
        zone is null || (zone.Length <= AccessTexts.LengthMax && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            ? null
            : Problem.Invalid("zone", "'zone' must be an IANA time zone, for example Europe/Berlin.");

    internal static Problem? CheckAlertThreshold(int? percent) =>
        percent is null or (>= 0 and <= 100) ? null : Problem.Invalid("alert_threshold_pct", "'alert_threshold_pct' must be from 0 to 100.");

    internal static Problem? CheckThresholds(IReadOnlyList<int>? thresholds) => thresholds switch
    {
        null => null,
        { Count: > ThresholdsMax } => Problem.Invalid("thresholds", $"A budget has at most {ThresholdsMax} thresholds."),
        _ when thresholds.Any(static percent => percent is < 0 or > ThresholdMax) => Problem.Invalid("thresholds", $"Thresholds are from 0 to {ThresholdMax} percent."),
        _ => null,
    };
}
