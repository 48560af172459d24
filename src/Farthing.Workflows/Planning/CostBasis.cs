using Farthing.Domain.Money;
using Farthing.Domain.PlanFit;
using Farthing.Workflows.Access;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Planning;

/// <summary>What costs are modelled from, read once however many models are made of it.</summary>
internal sealed class CostBasis
{
    private const string Subscription = "subscription";

    /// <summary>The time that costs were taken from.</summary>
    public required PlanPeriod Period { get; init; }

    /// <summary>What was spent in it, by person and billing mode.</summary>
    public required IReadOnlyList<SpendRow> Rows { get; init; }

    /// <summary>What was spent in the months before; <see cref="UsageByMonth.None"/> when no cheapest tier is looked for.</summary>
    public required UsageByMonth Past { get; init; }

    /// <summary>What people are called.</summary>
    public required PeopleNames Names { get; init; }

    /// <summary>How people pay, by their id, as far as they said it of whole sessions.</summary>
    public required IReadOnlyDictionary<string, string> BillingModes { get; init; }

    /// <summary>Sessions whose kind of work is known.</summary>
    public required JudgedCosts Sessions { get; init; }

    /// <summary>The tiers by which a mode recommends.</summary>
    public required Func<PlanMode, (PlanTiers Tiers, bool AreDefined)> TiersOf { get; init; }

    /// <summary>The provider whose calls these are; null for all calls.</summary>
    public required string? Provider { get; init; }

    /// <summary>Models the costs.</summary>
    /// <param name="mode">How tiers are recommended.</param>
    public CostModel Model(PlanMode mode)
    {
        var (tiers, areDefined) = TiersOf(mode);
        var (people, past) = (People(), mode == PlanMode.Band ? UsageByMonth.None : Past);
        var plans = new CheapestPlan(tiers);
        var cheapest = mode == PlanMode.Band
            ? []
            : people.ToDictionary(static person => person.Id, person => plans.Fit(past.Of(person.Id)), StringComparer.Ordinal);
        return new()
        {
            Mode = mode,
            Provider = Provider,
            Tiers = tiers,
            AreTiersDefined = areDefined,
            Fit = mode == PlanMode.Band ? PlanBands.Fit(people, Period, tiers) : FitOf(people, cheapest, tiers),
            Cheapest = cheapest,
            Seats = [.. PaidTwice(), .. Idle(past)],
            Choices = ModelChoices.Find(UsesOf(Sessions.Sessions), Period),
            ChoiceSessions = Sessions.Sessions.Count,
            IsChoiceCut = Sessions.IsCut,
            Unattributed = PricingTotals.Of(Rows.Where(static row => row.User.Length == 0)).Cost,
            Pricing = PricingTotals.Of(Rows),
        };
    }

    private List<EngineerCost> People() =>
    [
        .. Rows.Where(static row => row.User.Length > 0)
            .GroupBy(static row => row.User, StringComparer.Ordinal)
            .Select(person => new EngineerCost(
                person.Key, Names[person.Key], PricingTotals.Of(person).Cost, BillingModes.GetValueOrDefault(person.Key) ?? UsualMode(person))),
    ];

    /// <summary>How most of the calls are paid for that tell it.</summary>
    private static string? UsualMode(IEnumerable<SpendRow> rows) =>
        rows.Where(static row => row.BillingMode.Length > 0)
            .GroupBy(static row => row.BillingMode, StringComparer.Ordinal)
            .OrderByDescending(static mode => mode.Sum(static row => row.Calls))
            .ThenBy(static mode => mode.Key, StringComparer.Ordinal)
            .FirstOrDefault()?.Key;

    private PlanFitReport FitOf(IEnumerable<EngineerCost> people, Dictionary<string, CheapestFit> cheapest, PlanTiers tiers) => PlanFitReport.Of(
        Period,
        people.Select(person =>
        {
            var fit = cheapest[person.Id];
            return new PlanFitting(person, fit.Tier, fit.ExpectedApiCost, fit.ExpectedCost, fit.ExpectedApiCost / Ratio.Of(PlanPeriod.MonthDays));
        }),
        tiers);

    private IEnumerable<SeatNote> PaidTwice() =>
        from person in Rows.Where(static row => row.User.Length > 0).GroupBy(static row => row.User, StringComparer.Ordinal)
        where person.Any(static row => IsSeat(row))
        let byApi = PricingTotals.Of(person.Where(static row => row.BillingMode.Length > 0 && !IsSeat(row))).Cost
        where byApi > Usd.Zero
        orderby byApi descending, person.Key
        select new SeatNote(person.Key, Names[person.Key], SeatFinding.Doubled, Period.Monthly(byApi));

    private IEnumerable<SeatNote> Idle(UsageByMonth past) =>
        from person in past.Idle(IsSeat)
        orderby person
        select new SeatNote(person, Names[person], SeatFinding.Idle, Ratio.Zero);

    private static IEnumerable<ModelUse> UsesOf(IEnumerable<JudgedCost> sessions) =>
        from session in sessions
        where session.ComparedModel.Length > 0
        group session by (session.Session.Archetype, session.ComparedModel) into use
        select new ModelUse(
            use.Key.Archetype,
            use.Key.ComparedModel,
            use.Count(),
            use.Count(static session => session.Session.Outcome != SessionOutcome.Unknown),
            use.Count(static session => session.Session.Outcome == SessionOutcome.Success),
            use.Aggregate(Usd.Zero, static (sum, session) => sum + session.Spend.Sum.Cost));

    private static bool IsSeat(SpendRow row) => string.Equals(row.BillingMode, Subscription, StringComparison.Ordinal);
}
