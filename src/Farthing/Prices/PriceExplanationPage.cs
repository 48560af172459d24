using System.Globalization;
using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Explaining;
using Farthing.Reports;
using Farthing.Workflows.Spending;
using Spectre.Console;

namespace Farthing.Prices;

/// <summary>How a model name was resolved and what it costs, for people.</summary>
/// <param name="context">The streams and the settings.</param>
internal sealed class PriceExplanationPage(CommandContext context)
{
    private readonly ReportPage page = new(context);

    /// <summary>Shows the steps, the row, the rate card, and the cost of a call when one was given.</summary>
    public void Show(PriceAnswer answer)
    {
        var (question, explanation, card, buildUp) = answer;
        page.Head(DisplayText.Clean(question.Model), PricePeriod.Write(question.At), explanation.Resolution.Row?.Key ?? "no row", JsonReport.NameOf(card.Status));
        var table = new ReportTable(
        [
            new("Step", Rank: 0), new("Rule", Rank: 0) { IsFigure = false, WidthMin = 16 }, new("Tried", Rank: 0) { IsFigure = false, WidthMin = 16 }, new("Found", Rank: 0) { IsFigure = false, WidthMin = 12 },
        ]);
        foreach (var step in explanation.Steps)
        {
            table.Add(
                RowKind.Line, step.Number.ToString(CultureInfo.InvariantCulture), step.Rule, new TableCell(DisplayText.Clean(step.Tried), KeepEnd: true),
                step.Found.Length == 0 ? "–" : new TableCell(step.Found, KeepEnd: true));
        }

        table.Show(page.Console);
        page.Console.WriteLine();
        var resolution = explanation.Resolution;
        var facts = new FactList();
        facts.Add("Decided by", resolution.How);
        facts.Add("Host", resolution.Host);
        facts.Add("Taken off", string.Join(", ", resolution.Modifiers));
        facts.Add("No model", resolution.IsNotAModel ? "the name stands for no model" : string.Empty);
        facts.Add("Similar", string.Join(", ", explanation.Siblings));
        facts.Show(page.Console);
        if (buildUp is not null)
        {
            page.Console.WriteLine();
            BuildUpTable.Show(page.Console, buildUp, ExactColumn.DecimalsOf([buildUp]));
        }

        page.Console.WriteLine();
        RateCardFacts.Of(card).Show(page.Console);
        if (buildUp is null)
        {
            page.Console.WriteLine();
            ShowRates(card);
        }
    }

    private void ShowRates(RateCard card)
    {
        var table = new ReportTable([new("Class", Rank: 0) { IsFigure = false }, new("USD per million", Rank: 0)]);
        for (var tokenClass = TokenClass.Input; tokenClass <= TokenClass.Citation; tokenClass++)
        {
            if (IsOfInterest(card, tokenClass))
            {
                table.Add(RowKind.Line, JsonNames.Of(tokenClass).Replace('_', ' '), card[tokenClass].PerMillion());
            }
        }

        table.Show(page.Console);
    }

    // Modalities usually cost what text costs and are not worth a line then.
    private static bool IsOfInterest(RateCard card, TokenClass tokenClass) =>
        card.Status != PricingStatus.Unpriced
        && (tokenClass <= TokenClass.Output
            || (card[tokenClass] != Rate.Free && card[tokenClass] != card[TokenClass.Input] && card[tokenClass] != card[TokenClass.CacheRead] && card[tokenClass] != card[TokenClass.Output]));
}
