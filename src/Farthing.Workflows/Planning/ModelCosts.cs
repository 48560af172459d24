using Farthing.Domain.Money;
using Farthing.Domain.PlanFit;
using Farthing.Domain.Pricing;
using Farthing.Workflows.Access;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Planning;

/// <summary>Models the costs of an organisation: plans per engineer, and models per kind of work.</summary>
public sealed class ModelCosts(ISpendQueries spend, ReportedJudgements judged, IEngineers engineers, TimeProvider time)
{
    private const int MonthsMax = 6;
    private const string Subscription = "subscription";

    private static readonly TimeSpan UsualLength = TimeSpan.FromDays(PlanPeriod.MonthDays);

    /// <summary>Models a range; the last thirty days where an end of it is not told.</summary>
    public async Task<CostModel> ModelAsync(SpendRange asked, PlanMode mode, CancellationToken cancellationToken)
    {
        var end = asked.To ?? time.GetUtcNow();
        var range = asked with { From = asked.From ?? end - UsualLength, To = end };
        var period = PlanPeriod.Between(range.From.Value, end);
        var rows = await spend.SpendAsync(range.Sums(SpendDimension.User, SpendDimension.BillingMode), cancellationToken);
        var past = mode == PlanMode.Band
            ? UsageByMonth.None
            : await UsageByMonth.ReadAsync(spend, range, MonthsMax, cancellationToken);
        var names = await PeopleNames.ReadAsync(engineers, range.Within, cancellationToken);
        var modes = await judged.BillingModesAsync(range, cancellationToken);
        var sessions = await JudgedCosts.ReadAsync(judged, spend, range, cancellationToken);
        var people = PeopleOf(rows, names, modes);
        var cheapest = mode == PlanMode.Band ? [] : CheapestOf(people, past);
        return new()
        {
            Mode = mode,
            Tiers = PlanTiers.Primer,
            Fit = mode == PlanMode.Band ? PlanBands.Fit(people, period, PlanTiers.Primer) : FitOf(people, cheapest, period),
            Cheapest = cheapest,
            Seats = [.. PaidTwice(rows, period, names), .. Idle(past, names)],
            Choices = ModelChoices.Find(UsesOf(sessions.Sessions), period),
            ChoiceSessions = sessions.Sessions.Count,
            IsChoiceCut = sessions.IsCut,
            Unattributed = PricingTotals.Of(rows.Where(static row => row.User.Length == 0)).Cost,
            Pricing = PricingTotals.Of(rows),
        };
    }

    private static List<EngineerCost> PeopleOf(IEnumerable<SpendRow> rows, PeopleNames names, IReadOnlyDictionary<string, string> modes) =>
    [
        .. rows.Where(static row => row.User.Length > 0)
            .GroupBy(static row => row.User, StringComparer.Ordinal)
            .Select(person => new EngineerCost(
                person.Key, names[person.Key], PricingTotals.Of(person).Cost, modes.GetValueOrDefault(person.Key) ?? UsualMode(person))),
    ];

    /// <summary>How most of the calls are paid for that tell it.</summary>
    private static string? UsualMode(IEnumerable<SpendRow> rows) =>
        rows.Where(static row => row.BillingMode.Length > 0)
            .GroupBy(static row => row.BillingMode, StringComparer.Ordinal)
            .OrderByDescending(static mode => mode.Sum(static row => row.Calls))
            .ThenBy(static mode => mode.Key, StringComparer.Ordinal)
            .FirstOrDefault()?.Key;

    private static Dictionary<string, CheapestFit> CheapestOf(IReadOnlyList<EngineerCost> people, UsageByMonth past) =>
        people.ToDictionary(static person => person.Id, person => CheapestPlan.Fit(past.Of(person.Id), PlanTiers.Primer), StringComparer.Ordinal);

    private static PlanFitReport FitOf(IEnumerable<EngineerCost> people, Dictionary<string, CheapestFit> cheapest, PlanPeriod period) => PlanFitReport.Of(
        period,
        people.Select(person =>
        {
            var fit = cheapest[person.Id];
            return new PlanFitting(person, fit.Tier, fit.ExpectedApiCost, fit.ExpectedCost, fit.ExpectedApiCost / Ratio.Of(PlanPeriod.MonthDays));
        }),
        PlanTiers.Primer);

    private static IEnumerable<SeatNote> PaidTwice(IEnumerable<SpendRow> rows, PlanPeriod period, PeopleNames names) =>
        from person in rows.Where(static row => row.User.Length > 0).GroupBy(static row => row.User, StringComparer.Ordinal)
        where person.Any(static row => IsSeat(row))
        let byApi = PricingTotals.Of(person.Where(static row => row.BillingMode.Length > 0 && !IsSeat(row))).Cost
        where byApi > Usd.Zero
        orderby byApi descending, person.Key
        select new SeatNote(person.Key, names[person.Key], SeatFinding.Doubled, period.Monthly(byApi));

    private static IEnumerable<SeatNote> Idle(UsageByMonth past, PeopleNames names) =>
        from person in past.Idle(IsSeat)
        orderby person
        select new SeatNote(person, names[person], SeatFinding.Idle, Ratio.Zero);

    private static IEnumerable<ModelUse> UsesOf(IEnumerable<JudgedCost> sessions) =>
        from session in sessions
        where session.Spend.Sum.Status is PricingStatus.Exact or PricingStatus.AssumedHost
        group session by (session.Session.Archetype, session.Model) into use
        select new ModelUse(
            use.Key.Archetype,
            use.Key.Model,
            use.Count(),
            use.Count(static session => session.Session.Outcome != SessionOutcome.Unknown),
            use.Count(static session => session.Session.Outcome == SessionOutcome.Success),
            use.Aggregate(Usd.Zero, static (sum, session) => sum + session.Spend.Sum.Cost));

    private static bool IsSeat(SpendRow row) => string.Equals(row.BillingMode, Subscription, StringComparison.Ordinal);
}
