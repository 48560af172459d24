using System.Text.Json.Serialization;
using Farthing.Finops;

namespace Farthing.Planning;

/// <summary>What the page shows of the API's answer about plans.</summary>
/// <param name="Band">By Primer's bands.</param>
/// <param name="Cheapest">By the least expected cost.</param>
internal sealed record PlansFigures(PlanFigures Band, PlanFigures Cheapest);

/// <summary>One of the two ways in which plans fit. Amounts are dollars a month.</summary>
/// <param name="PeriodDays">Of how many days.</param>
/// <param name="PlanTiers">The tiers.</param>
/// <param name="Engineers">The engineers.</param>
/// <param name="ModelChoiceOpportunities">Work that a cheaper model did as well.</param>
/// <param name="Seats">Seats that waste money.</param>
/// <param name="UnattributedCost">What the calls of the period cost that name nobody.</param>
/// <param name="PricingStatus">How sure the amounts are.</param>
/// <param name="Provider">Whose plans and calls these are; null for Claude's plans and all calls.</param>
/// <param name="TiersAreDefined">Whether an operator defined the tiers, instead of Primer.</param>
internal sealed record PlanFigures(
    int PeriodDays,
    IReadOnlyList<TierFigures> PlanTiers,
    IReadOnlyList<EngineerPlanFigures> Engineers,
    IReadOnlyList<ModelChoiceFigures> ModelChoiceOpportunities,
    IReadOnlyList<SeatFigures> Seats,
    decimal UnattributedCost,
    PricingFigures PricingStatus,
    string? Provider = null,
    bool TiersAreDefined = false);

/// <summary>One tier.</summary>
internal sealed record TierFigures(string Name, string Label, decimal MonthlyCost);

/// <summary>One engineer on the tier that fits.</summary>
internal sealed record EngineerPlanFigures(
    string EngineerId,
    string EngineerName,
    decimal MonthlyApiCost,
    string RecommendedPlan,
    decimal RecommendedPlanCost,
    decimal SavingsVsApi,
    string? CurrentBillingMode,
    PlanBasisFigures? Basis = null);

/// <summary>What the cheapest tier rests on.</summary>
internal sealed record PlanBasisFigures(int Months, int MonthsCheapest, string Confidence, decimal? BreakEvenSpend, decimal? UpgradeSpend);

/// <summary>Work that a cheaper model did as well.</summary>
internal sealed record ModelChoiceFigures(string Rationale, decimal MonthlySavingsEstimate, string Confidence);

/// <summary>A seat that is <c>idle</c>, or <c>doubled</c> by calls that are paid by API.</summary>
internal sealed record SeatFigures(string EngineerId, string EngineerName, string Finding, decimal MonthlyApiCost);

/// <summary>Reads them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PlansFigures))]
internal sealed partial class PlanFiguresJson : JsonSerializerContext;
