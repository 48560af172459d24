using System.Globalization;
using System.Text.Json.Serialization;
using Farthing.Domain.Money;
using Farthing.Domain.PlanFit;
using Farthing.Workflows.Planning;

namespace Farthing.Web.Api.Finops;

/// <summary>What engineers cost by API and on plans, as Primer's clients read it; from <c>mode</c> on it is ours.</summary>
internal sealed record CostModelAnswer
{
    public required int PeriodDays { get; init; }

    public required IReadOnlyList<PlanTierAnswer> PlanTiers { get; init; }

    public required IReadOnlyList<EngineerPlanAnswer> Engineers { get; init; }

    public required IReadOnlyList<AllocationAnswer> Allocation { get; init; }

    public required decimal TotalApiCostMonthly { get; init; }

    public required decimal TotalOptimalCostMonthly { get; init; }

    public required decimal TotalSavingsMonthly { get; init; }

    public required IReadOnlyList<ModelChoiceAnswer> ModelChoiceOpportunities { get; init; }

    public required decimal TotalModelChoiceSavingsMonthly { get; init; }

    /// <summary><c>band</c> or <c>cheapest</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>Idle seats (with <c>mode=cheapest</c>), and engineers who pay by API beside a seat.</summary>
    public required IReadOnlyList<SeatAnswer> Seats { get; init; }

    /// <summary>How many sessions the opportunities were concluded from.</summary>
    public required int ModelChoiceSessions { get; init; }

    /// <summary>Whether older sessions were left out.</summary>
    public required bool ModelChoiceIsPartial { get; init; }

    /// <summary>What the calls of the period cost that name nobody.</summary>
    public required decimal UnattributedCost { get; init; }

    public required PricingStatusAnswer PricingStatus { get; init; }

    /// <summary>The provider whose tiers and calls these are; left out unless one was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Provider { get; init; }

    /// <summary>Whether the operator defined the tiers; left out where they are Primer's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool TiersAreDefined { get; init; }

    /// <summary>The answer for a model of costs.</summary>
    public static CostModelAnswer Of(CostModel model) => new()
    {
        PeriodDays = model.Fit.Period.Days,
        PlanTiers = [.. model.Tiers.All.Select(static tier => new PlanTierAnswer(tier.Name, tier.Label, Money(tier.Price)))],
        Engineers = [.. model.Fit.Engineers.Select(fit => EngineerPlanAnswer.Of(fit, model.Cheapest.GetValueOrDefault(fit.Engineer.Id)))],
        Allocation = [.. model.Fit.Allocation.Select(AllocationAnswer.Of)],
        TotalApiCostMonthly = Money(model.Fit.TotalApiCost),
        TotalOptimalCostMonthly = Money(model.Fit.TotalPlanCost),
        TotalSavingsMonthly = Money(model.Fit.TotalSavings),
        ModelChoiceOpportunities = [.. model.Choices.Select(ModelChoiceAnswer.Of)],
        TotalModelChoiceSavingsMonthly = Domain.PlanFit.ModelChoices.TotalMonthlySavings(model.Choices).Round(Domain.PlanFit.ModelChoices.MoneyDecimals),
        Mode = model.Mode == PlanMode.Band ? "band" : "cheapest",
        Seats = [.. model.Seats.Select(SeatAnswer.Of)],
        ModelChoiceSessions = model.ChoiceSessions,
        ModelChoiceIsPartial = model.IsChoiceCut,
        UnattributedCost = Money(Ratio.Dollars(model.Unattributed)),
        PricingStatus = PricingStatusAnswer.Of(model.Pricing),
        Provider = model.Provider,
        TiersAreDefined = model.AreTiersDefined,
    };

    /// <summary>Dollars with Primer's decimals for plans.</summary>
    internal static decimal Money(Ratio dollars) => dollars.Round(PlanBands.MoneyDecimals);

    /// <summary>How sure an advice is, in Primer's words.</summary>
    internal static string WordOf(Confidence confidence) => confidence switch
    {
        Confidence.High => "high",
        Confidence.Medium => "medium",
        _ => "low",
    };
}

/// <summary>Both ways in which plans are found to fit.</summary>
/// <param name="Band">The answer with <c>mode=band</c>.</param>
/// <param name="Cheapest">The answer with <c>mode=cheapest</c>.</param>
internal sealed record PlansAnswer(CostModelAnswer Band, CostModelAnswer Cheapest)
{
    public static PlansAnswer Of((CostModel Band, CostModel Cheapest) models) => new(CostModelAnswer.Of(models.Band), CostModelAnswer.Of(models.Cheapest));
}

/// <summary>One tier.</summary>
internal sealed record PlanTierAnswer(string Name, string Label, decimal MonthlyCost);

/// <summary>One engineer; <c>basis</c> is ours and there with <c>mode=cheapest</c> only.</summary>
internal sealed record EngineerPlanAnswer(
    string EngineerId,
    string EngineerName,
    decimal MonthlyApiCost,
    string RecommendedPlan,
    decimal RecommendedPlanCost,
    decimal SavingsVsApi,
    string? CurrentBillingMode,
    decimal DailyAvgCost,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PlanBasisAnswer? Basis)
{
    public static EngineerPlanAnswer Of(PlanFitting fit, CheapestFit? basis) => new(
        fit.Engineer.Id,
        fit.Engineer.Name,
        CostModelAnswer.Money(fit.MonthlyApiCost),
        fit.Tier.Name,
        CostModelAnswer.Money(fit.MonthlyPlanCost),
        CostModelAnswer.Money(fit.Savings),
        fit.Engineer.BillingMode,
        CostModelAnswer.Money(fit.DailyAverage),
        basis is null ? null : PlanBasisAnswer.Of(basis));
}

/// <summary>What the cheapest tier of an engineer rests on.</summary>
/// <param name="Months">From how many spans of thirty days it is concluded.</param>
/// <param name="MonthsCheapest">In how many of them it was the cheapest.</param>
/// <param name="Confidence"><c>low</c>, <c>medium</c> or <c>high</c>.</param>
/// <param name="BreakEvenSpend">From which monthly API cost on it costs no more than the API; null where it never does.</param>
/// <param name="UpgradeSpend">From which monthly API cost on a dearer tier costs no more; null for none.</param>
/// <param name="IsCapacityAssumed">Whether the vendor does not publish what it covers.</param>
internal sealed record PlanBasisAnswer(int Months, int MonthsCheapest, string Confidence, decimal? BreakEvenSpend, decimal? UpgradeSpend, bool IsCapacityAssumed)
{
    public static PlanBasisAnswer Of(CheapestFit fit) => new(
        fit.Months,
        fit.MonthsCheapest,
        CostModelAnswer.WordOf(fit.Confidence),
        fit.BreakEvenSpend is { } even ? CostModelAnswer.Money(even) : null,
        fit.UpgradeSpend is { } upgrade ? CostModelAnswer.Money(upgrade) : null,
        fit.IsCapacityAssumed);
}

/// <summary>How many engineers are on a tier and what that costs a month.</summary>
internal sealed record AllocationAnswer(string Plan, string Label, decimal MonthlyCostPerSeat, int EngineerCount, decimal TotalMonthlyCost)
{
    public static AllocationAnswer Of(PlanAllocation allocation) => new(
        allocation.Tier.Name, allocation.Tier.Label, CostModelAnswer.Money(allocation.Tier.Price), allocation.Engineers, CostModelAnswer.Money(allocation.MonthlyCost));
}

/// <summary>A seat that is idle, or doubled by calls that are paid by API.</summary>
internal sealed record SeatAnswer(string EngineerId, string EngineerName, string Finding, decimal MonthlyApiCost)
{
    public static SeatAnswer Of(SeatNote note) => new(
        note.EngineerId, note.Name, note.Finding == SeatFinding.Idle ? "idle" : "doubled", CostModelAnswer.Money(note.MonthlyApiCost));
}

/// <summary>Work that a cheaper model did as well.</summary>
internal sealed record ModelChoiceAnswer(
    string WorkflowArchetype,
    string CurrentModel,
    string RecommendedModel,
    int CurrentSessionCount,
    int SupportingSessionCount,
    decimal? CurrentSuccessRate,
    decimal? RecommendedSuccessRate,
    decimal? CurrentAvgCost,
    decimal? RecommendedAvgCost,
    decimal PeriodSavingsEstimate,
    decimal MonthlySavingsEstimate,
    string Confidence,
    string Rationale)
{
    private const int RateDecimals = 3;

    public static ModelChoiceAnswer Of(ModelChoice choice) => new(
        choice.Current.Archetype,
        choice.Current.Model,
        choice.Recommended.Model,
        choice.Current.Sessions,
        choice.Recommended.Sessions,
        choice.Current.SuccessRate?.Round(RateDecimals),
        choice.Recommended.SuccessRate?.Round(RateDecimals),
        Money(choice.Current.AverageCost),
        Money(choice.Recommended.AverageCost),
        Money(choice.PeriodSavings),
        Money(choice.MonthlySavings),
        CostModelAnswer.WordOf(choice.Confidence),
        RationaleOf(choice));

    private static decimal Money(Ratio dollars) => dollars.Round(Domain.PlanFit.ModelChoices.MoneyDecimals);

    private static string RationaleOf(ModelChoice choice) => string.Create(
        CultureInfo.InvariantCulture,
        $"{choice.Recommended.Sessions} sessions of {choice.Current.Archetype} with {choice.Recommended.Model} cost ${Money(choice.Recommended.AverageCost)} each "
        + $"and {PercentOf(choice.Recommended)} succeeded; {choice.Current.Sessions} with {choice.Current.Model} cost ${Money(choice.Current.AverageCost)} each and {PercentOf(choice.Current)} did.");

    private static string PercentOf(ModelUse use) =>
        use.SuccessRate is { } rate ? string.Create(CultureInfo.InvariantCulture, $"{(rate * Ratio.Of(100)).Round(0)} %") : "an unknown share";
}
