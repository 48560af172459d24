using Farthing.Domain.Money;

namespace Farthing.Domain.PlanFit;

/// <summary>The sessions of one kind of work that were done with one model.</summary>
/// <param name="Archetype">The kind of work: <c>debugging</c>.</param>
/// <param name="Model">The model.</param>
/// <param name="Sessions">How many sessions.</param>
/// <param name="Judged">Those of them whose outcome is known.</param>
/// <param name="Successes">Those of them that succeeded.</param>
/// <param name="Cost">What all sessions cost.</param>
public sealed record ModelUse(string Archetype, string Model, int Sessions, int Judged, int Successes, Usd Cost)
{
    /// <summary>Dollars a session.</summary>
    public Ratio AverageCost => Sessions == 0 ? Ratio.Zero : Ratio.Dollars(Cost) / Ratio.Of(Sessions);

    /// <summary>Successes ÷ judged sessions; null when none was judged.</summary>
    public Ratio? SuccessRate => Judged == 0 ? null : Ratio.Of(Successes, Judged);
}

/// <summary>A cheaper model that did the same kind of work as well. Savings are exact dollars, to be shown with <see cref="ModelChoices.MoneyDecimals"/>.</summary>
/// <param name="Current">The model in use.</param>
/// <param name="Recommended">The cheaper one.</param>
/// <param name="PeriodSavings">What the sessions of the period would have cost less.</param>
/// <param name="MonthlySavings">The same for 30 days.</param>
/// <param name="Confidence">How sure that is: by the smaller number of sessions and the difference of success.</param>
public sealed record ModelChoice(ModelUse Current, ModelUse Recommended, Ratio PeriodSavings, Ratio MonthlySavings, Confidence Confidence)
{
    /// <summary>The sample that the comparison rests on: the smaller of the two numbers of sessions.</summary>
    public int Support => Math.Min(Current.Sessions, Recommended.Sessions);

    /// <summary>The difference of the success rates; 0 when the current one is not known.</summary>
    public Ratio SuccessChange => Recommended.SuccessRate is { } after && Current.SuccessRate is { } before ? after - before : Ratio.Zero;
}

/// <summary>Primer's model choices: what work could be done by a cheaper model, by one's own sessions only.</summary>
public static class ModelChoices
{
    /// <summary>How many are told at most.</summary>
    public const int RowsMax = 6;

    /// <summary>Decimals of savings and averages.</summary>
    public const int MoneyDecimals = 4;

    private const int SessionsMin = 2;
    private const int SupportForHigh = 6;
    private const int SupportForMedium = 3;

    private static readonly Ratio CostFactor = Ratio.FromDecimal(0.85m);
    private static readonly Ratio SuccessLoss = Ratio.FromDecimal(0.05m);
    private static readonly Ratio SuccessMin = Ratio.FromDecimal(0.65m);
    private static readonly Ratio LossForHigh = Ratio.FromDecimal(0.02m);
    private static readonly Ratio MonthlyMin = Ratio.FromDecimal(0.10m);

    /// <summary>
    /// The best choices: monthly savings descending, then the surer one, then by kind of work and model. Each model in use
    /// appears once a kind of work.
    /// </summary>
    public static IReadOnlyList<ModelChoice> Find(IEnumerable<ModelUse> uses, PlanPeriod period) =>
    [
        .. uses.Where(static use => use.Archetype.Length > 0 && use.Sessions >= SessionsMin)
            .GroupBy(static use => use.Archetype, StringComparer.Ordinal)
            .SelectMany(models => models.Select(current => Choose(current, models, period)))
            .OfType<ModelChoice>()
            .OrderByDescending(static choice => choice.MonthlySavings)
            .ThenByDescending(static choice => choice.Confidence)
            .ThenBy(static choice => choice.Current.Archetype, StringComparer.Ordinal)
            .ThenBy(static choice => choice.Current.Model, StringComparer.Ordinal)
            .Take(RowsMax),
    ];

    /// <summary>What some choices save a month together, in dollars.</summary>
    public static Ratio TotalMonthlySavings(IEnumerable<ModelChoice> choices) =>
        choices.Aggregate(Ratio.Zero, static (sum, choice) => sum + choice.MonthlySavings);

    private static ModelChoice? Choose(ModelUse current, IEnumerable<ModelUse> models, PlanPeriod period)
    {
        var best = models.Where(candidate => IsAsGoodAndCheaper(candidate, current))
            .OrderBy(static candidate => candidate.AverageCost)
            .ThenByDescending(static candidate => candidate.SuccessRate)
            .ThenByDescending(static candidate => candidate.Sessions)
            .ThenBy(static candidate => candidate.Model, StringComparer.Ordinal)
            .FirstOrDefault();
        if (best is null)
        {
            return null;
        }

        var savings = (current.AverageCost - best.AverageCost) * Ratio.Of(current.Sessions);
        var monthly = period.Monthly(savings);
        return monthly < MonthlyMin ? null : new(current, best, savings, monthly, ConfidenceOf(current, best));
    }

    private static bool IsAsGoodAndCheaper(ModelUse candidate, ModelUse current)
    {
        var required = current.SuccessRate is { } rate ? Ratio.Max(rate - SuccessLoss, SuccessMin) : SuccessMin;
        return candidate.AverageCost < CostFactor * current.AverageCost && candidate.SuccessRate >= required;
    }

    private static Confidence ConfidenceOf(ModelUse current, ModelUse candidate)
    {
        if (current.SuccessRate is not { } before || candidate.SuccessRate is not { } after)
        {
            return Confidence.Low;
        }

        var loss = before - after;
        return Math.Min(current.Sessions, candidate.Sessions) switch
        {
            >= SupportForHigh when loss <= LossForHigh => Confidence.High,
            >= SupportForMedium when loss <= SuccessLoss => Confidence.Medium,
            _ => Confidence.Low,
        };
    }
}
