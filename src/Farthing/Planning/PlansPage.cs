using Farthing.Finops;
using Farthing.Reports;

namespace Farthing.Planning;

/// <summary>Which plan fits each engineer, for people: by Primer's bands and by the least expected cost, side by side.</summary>
internal sealed class PlansPage
{
    private const int NamesMax = 40;
    private const int LabelLength = 16;
    private const int Cents = 2;
    private const string PrimersCapacities =
        "Vendors do not publish what a seat covers; Claude Pro is taken to cover $100.00 a month at API prices, Max five and twenty times that.";

    private const string DefinedCapacities = "Prices of seats and what they cover are those of the operator's file.";
    private readonly ReportPage page;
    private readonly PlanFigures bands;
    private readonly PlanFigures cheapest;
    private readonly Dictionary<string, string> labels;

    private PlansPage(ReportPage page, PlanFigures bands, PlanFigures cheapest)
    {
        this.page = page;
        this.bands = bands;
        this.cheapest = cheapest;
        labels = new(StringComparer.Ordinal);
        foreach (var tier in bands.PlanTiers.Concat(cheapest.PlanTiers))
        {
            labels[tier.Name] = DisplayText.Clean(tier.Label);
        }
    }

    /// <summary>Shows it.</summary>
    public static void Show(CommandContext context, PlanFigures bands, PlanFigures cheapest, FinopsChoices choices, Preparation preparation)
    {
        var sheet = new ReportPage(context);
        if (cheapest.Engineers.Count == 0)
        {
            ShowNobody(sheet, cheapest, choices, preparation);
            return;
        }

        var days = choices is { Since: null, Until: null } ? $"last {cheapest.PeriodDays} days" : DisplayText.Counted(cheapest.PeriodDays, "day");
        FinopsPage.Head(sheet, "Plans", days, choices, cheapest.Provider is { } provider ? $"provider {provider}" : string.Empty);
        var shown = new PlansPage(sheet, bands, cheapest);
        var table = shown.Engineers();
        table.Show(sheet.Console);
        shown.ShowFindings();
        sheet.Space();
        sheet.Note("Amounts are dollars a month.");
        sheet.Explain(
            table,
            ("API", "the mean of up to six months at API prices."),
            ("Band", "Primer's rule, the dearest seat below what these days cost."),
            ("Cheapest", "the least mean cost, with calls to other makers paid beside it."),
            ("Pays from", "the API cost from which it costs no more."),
            ("Months", "in how many of those it was the cheapest."));
        sheet.Note(cheapest.TiersAreDefined ? DefinedCapacities : PrimersCapacities);
        shown.NoteUnnamed();
        FinopsPage.Notes(sheet, cheapest.PricingStatus);
    }

    private static void ShowNobody(ReportPage sheet, PlanFigures figures, FinopsChoices choices, Preparation preparation)
    {
        if (figures.PricingStatus.Calls == 0)
        {
            if (figures.Provider is { } provider)
            {
                sheet.Say($"No call went to {provider} in that time.");
                return;
            }

            FinopsPage.Empty(sheet, choices, preparation);
            return;
        }

        sheet.Say("No call says whose it is, so no plan can be fitted.");
        sheet.Note($"The calls of {DisplayText.Counted(figures.PeriodDays, "day")} cost {FinopsPage.Dollars(figures.UnattributedCost)}; send them with the key of an engineer, or with 'user'.");
    }

    private ReportTable Engineers()
    {
        var table = new ReportTable(
        [
            new("Engineer", 0) { IsFigure = false, WidthMin = 12, WidthMax = NamesMax },
            new("API", 0),
            new("Band", 3) { IsFigure = false, WidthMin = LabelLength },
            new("Cheapest", 0) { IsFigure = false, WidthMin = 10 },
            new("Costs", 2),
            new("Saves", 0),
            new("Pays from", 4),
            new("Sure", 5) { IsFigure = false, WidthMin = 6 },
            new("Months", 6),
        ]);
        var byBand = bands.Engineers.ToDictionary(static person => person.EngineerId, StringComparer.Ordinal);
        var people = cheapest.Engineers;
        // A seat costs what it costs, so the totals are those of the rows and no row carries a cent of another.
        var api = new MoneyColumn(people.Select(static person => person.MonthlyApiCost), people.Sum(static person => person.MonthlyApiCost), Cents);
        var costs = new MoneyColumn(people.Select(static person => person.RecommendedPlanCost), people.Sum(static person => person.RecommendedPlanCost), Cents);
        var saves = api.Less(costs);
        for (var row = 0; row < people.Count; row++)
        {
            var person = people[row];
            table.Add(
                RowKind.Line,
                FinopsPage.Person(person.EngineerId, person.EngineerName),
                api[row],
                byBand.TryGetValue(person.EngineerId, out var band) ? LabelOf(band.RecommendedPlan) : string.Empty,
                LabelOf(person.RecommendedPlan),
                costs[row],
                saves[row],
                person.Basis?.BreakEvenSpend is { } even ? FinopsPage.Dollars(even) : string.Empty,
                DisplayText.Clean(person.Basis?.Confidence ?? string.Empty),
                person.Basis is { } basis ? $"{basis.MonthsCheapest} of {basis.Months}" : string.Empty);
        }

        table.Add(
            RowKind.Total,
            "Total",
            api.Total,
            string.Empty,
            string.Empty,
            costs.Total,
            saves.Total);
        return table;
    }

    private void ShowFindings()
    {
        var findings = cheapest.Seats.Select(SentenceOf)
            .Concat(cheapest.ModelChoiceOpportunities.Select(static choice =>
                $"{DisplayText.Clean(choice.Rationale)} {FinopsPage.Dollars(choice.MonthlySavingsEstimate)} less a month ({DisplayText.Clean(choice.Confidence)} confidence)."))
            .ToList();
        if (findings.Count == 0)
        {
            return;
        }

        page.Space();
        findings.ForEach(finding => page.Say(finding, "→ "));
    }

    private void NoteUnnamed()
    {
        if (cheapest.UnattributedCost > 0)
        {
            page.Note($"Calls that name nobody cost {FinopsPage.Dollars(cheapest.UnattributedCost)} in {DisplayText.Counted(cheapest.PeriodDays, "day")}; they are with no engineer.");
        }
    }

    private string LabelOf(string plan) => labels.TryGetValue(plan, out var label) ? label : DisplayText.Clean(plan);

    private static string SentenceOf(SeatFigures seat)
    {
        var who = FinopsPage.Person(seat.EngineerId, seat.EngineerName);
        return seat.Finding == "idle"
            ? $"{who} has a seat that nobody used for 30 days."
            : $"{who} pays {FinopsPage.Dollars(seat.MonthlyApiCost)} a month by API beside a seat.";
    }
}
