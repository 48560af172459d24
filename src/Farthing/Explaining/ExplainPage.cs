using System.Globalization;
using Farthing.Reports;
using Farthing.Workflows.Spending;
using Spectre.Console;

namespace Farthing.Explaining;

/// <summary>The explanation of a cost for people.</summary>
/// <param name="context">The streams and the settings.</param>
/// <param name="zone">Whose clock is shown.</param>
internal sealed class ExplainPage(CommandContext context, TimeZoneInfo zone)
{
    private readonly ReportPage page = new(context);

    /// <summary>Shows one call.</summary>
    public void Show(CostExplanation.OneCall call)
    {
        var usage = call.Priced.Usage;
        page.Head($"Call {usage.Id}", usage.Dimensions.Agent, Time(usage.OccurredAt));
        BuildUpTable.Show(page.Console, call.BuildUp, ExactColumn.DecimalsOf([call.BuildUp]));
        page.Console.WriteLine();
        ShowCard(call.BuildUp);
        page.Console.WriteLine();
        var facts = new FactList();
        facts.Add("Model", usage.Dimensions.Model);
        facts.Add("Terms", CostWords.Of(usage.Terms));
        facts.Add("Prompt", $"{DisplayText.Counted(usage.Tokens.Prompt, "token")}, which decide the context tier");
        facts.Add("Reasoning", usage.Tokens.Reasoning > 0 ? $"{DisplayText.Counted(usage.Tokens.Reasoning, "token")} of the output" : string.Empty);
        facts.Add("Quality", CostWords.Of(usage.Quality));
        facts.Add("Session", usage.Session.Key);
        facts.Add("Forked from", usage.Session.Parent);
        facts.Add("Project", page.Project(usage.Dimensions.Project));
        facts.Add("Branch", usage.Dimensions.Branch);
        facts.Add("API key", usage.Dimensions.ApiKey);
        facts.Add("Log", LogOf(call.Priced));
        facts.Show(page.Console);
    }

    /// <summary>Shows a session: one line per model and rate card, then the build-up of each.</summary>
    public void Show(CostExplanation.OneSession session)
    {
        var usage = session.First.Usage;
        page.Head($"Session {usage.Session.Key}", usage.Dimensions.Agent, DisplayText.Counted(session.Sum.Calls, "call"));
        var decimals = ExactColumn.DecimalsOf(session.BuildUps);
        ShowCards(session, decimals);
        page.Console.WriteLine();
        var facts = new FactList();
        facts.Add("From", Time(usage.OccurredAt));
        facts.Add("To", Time(session.Last.Usage.OccurredAt));
        facts.Add("Forked from", usage.Session.Parent);
        facts.Add("Project", page.Project(usage.Dimensions.Project));
        facts.Add("Estimate", session.Sum.EstimatedCalls > 0 ? $"{session.Sum.EstimatedCost.Format(decimals)} of the total is estimated with a stand-in price" : string.Empty);
        facts.Add("Unpriced", session.Sum.UnpricedCalls > 0 ? $"the cost of {DisplayText.Counted(session.Sum.UnpricedCalls, "call")} is unknown and not in the total" : string.Empty);
        facts.Add("Cut", session.IsCut ? $"only the first {DisplayText.Counted(ExplainCost.CallsMax, "call")} are explained" : string.Empty);
        facts.Show(page.Console);
        for (var index = 0; index < session.BuildUps.Count; index++)
        {
            page.Console.WriteLine();
            page.Head($"{Number(index)}  {DisplayText.Clean(session.BuildUps[index].Model)}", DisplayText.Counted(session.BuildUps[index].Calls, "call"));
            BuildUpTable.Show(page.Console, session.BuildUps[index], decimals);
            page.Console.WriteLine();
            ShowCard(session.BuildUps[index]);
        }
    }

    /// <summary>Tells that nothing has a name, or several things have.</summary>
    public void Refuse(CostExplanation explanation, string name)
    {
        var shown = DisplayText.Clean(name);
        if (explanation is not CostExplanation.Ambiguous ambiguous)
        {
            context.Error.WriteLine($"No call and no session is called '{shown}'.");
            context.Error.WriteLine("Give an event id or a session key, or the first six characters of one, or a whole message id; 'farthing session --json' lists sessions.");
            return;
        }

        context.Error.WriteLine($"'{shown}' may mean {ambiguous.Count} calls or sessions; give more of the name:");
        foreach (var candidate in ambiguous.Candidates)
        {
            var first = candidate.First;
            context.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {(candidate.IsSession ? "session" : "call   ")}  {DisplayText.Clean(candidate.Name)}  {Time(first.OccurredAt)}  {DisplayText.Clean(first.Dimensions.Agent)}  {DisplayText.Counted(candidate.Calls, "call")}  {candidate.Cost.Format(4)}"));
        }

        if (ambiguous.Count > ambiguous.Candidates.Count)
        {
            context.Error.WriteLine($"  … and {ambiguous.Count - ambiguous.Candidates.Count} more");
        }
    }

    private static string Number(int index) => $"[{index + 1}]";

    private void ShowCards(CostExplanation.OneSession session, int decimals)
    {
        var table = new ReportTable(
        [
            new(string.Empty, Rank: 1) { IsFigure = false, WidthMin = 3 }, new("Model", Rank: 0) { IsFigure = false }, new("Terms", Rank: 3) { IsFigure = false },
            new("Calls", Rank: 2), new("Tokens", Rank: 4), new("Cost", Rank: 0),
        ]);
        for (var index = 0; index < session.BuildUps.Count; index++)
        {
            var buildUp = session.BuildUps[index];
            table.Add(
                RowKind.Line, Number(index), DisplayText.Clean(buildUp.Model), buildUp.Card.Terms, DisplayText.Count(buildUp.Calls),
                DisplayText.Count(TokensOf(buildUp)), BuildUpTable.CostOf(buildUp.Total, buildUp.Card, decimals));
        }

        var total = CostColumn.MarksOf(session.Sum) + session.Sum.BestCost.Format(decimals);
        table.Add(RowKind.Total, string.Empty, "total", string.Empty, DisplayText.Count(session.Sum.Calls), DisplayText.Count(session.BuildUps.Sum(TokensOf)), total);
        table.Show(page.Console);
    }

    private static long TokensOf(CostBuildUp buildUp) => buildUp.Lines.Where(static line => line.Unit != CostUnit.WebSearches).Sum(static line => line.Count);

    private void ShowCard(CostBuildUp buildUp)
    {
        var facts = RateCardFacts.Of(buildUp.Card);
        facts.Add("Reported", buildUp.Reported is { } reported ? $"{reported.Format(ExactColumn.DecimalsOf([reported]))} by the log itself; shown beside, never counted" : string.Empty);
        facts.Add("Rounding", CostWords.RoundingOf(buildUp));
        facts.Show(page.Console);
    }

    private string Time(DateTimeOffset at) =>
        $"{TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} {zone.Id}";

    private string LogOf(PricedCall call) => call switch
    {
        { File.Length: 0 } => string.Empty,
        { Usage.Line: > 0 } => $"{page.Project(call.File)} line {call.Usage.Line.ToString(CultureInfo.InvariantCulture)}",
        _ => page.Project(call.File),
    };
}
