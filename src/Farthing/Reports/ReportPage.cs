using Farthing.Domain.Pricing;
using Farthing.Workflows.Spending;
using Spectre.Console;

namespace Farthing.Reports;

/// <summary>The parts that all pages for people share: the line above, the notes below, and what an empty page says.</summary>
internal sealed class ReportPage
{
    private const string Separator = "  ·  ";
    private static readonly Style Dim = new(decoration: Decoration.Dim);
    private static readonly Style Bold = new(decoration: Decoration.Bold);
    private readonly CommandContext context;

    /// <summary>Opens a page on what the answer is shown on.</summary>
    public ReportPage(CommandContext context)
    {
        this.context = context;
        Console = context.OpenConsole();
    }

    /// <summary>For what is particular to one page.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>A project as it is shown.</summary>
    public string Project(string path) => ShortNames.Project(path, context.Settings.Home);

    /// <summary>The line above a report; what it has no room for goes on the next.</summary>
    public void Head(string title, params IEnumerable<string> details)
    {
        var width = Console.Profile.Width;
        var shownTitle = DisplayText.Fit(title, width, keepEnd: false);
        Console.Write(new Text(shownTitle, Bold));
        var column = DisplayText.WidthOf(shownTitle);
        foreach (var detail in details.Where(static detail => detail.Length > 0))
        {
            var shown = DisplayText.Fit(DisplayText.Clean(detail), width, keepEnd: false);
            var isNext = column + Separator.Length + DisplayText.WidthOf(shown) <= width;
            Console.Write(new Text(isNext ? Separator + shown : "\n" + shown, Dim));
            column = DisplayText.WidthOf(shown) + (isNext ? column + Separator.Length : 0);
        }

        Space();
        Space();
    }

    /// <summary>An empty line.</summary>
    public void Space() => Console.WriteLine();

    /// <summary>A plain line.</summary>
    public void Say(string text) => Console.Write(new Text(text + "\n"));

    /// <summary>A sentence behind a mark; the lines after its first stand below its first word.</summary>
    public void Say(string sentence, string mark)
    {
        var lead = mark;
        foreach (var line in DisplayText.Lines(sentence, Console.Profile.Width - mark.Length))
        {
            Say(lead + line);
            lead = new string(' ', mark.Length);
        }
    }

    /// <summary>A quiet sentence.</summary>
    public void Note(string text)
    {
        foreach (var line in DisplayText.Lines(text, Console.Profile.Width))
        {
            Line(line);
        }
    }

    /// <summary>Says what columns of a table mean, of those that are shown.</summary>
    /// <param name="table">The table.</param>
    /// <param name="meanings">A title and what it means, in the order in which they are told.</param>
    public void Explain(ReportTable table, params IEnumerable<(string Title, string Meaning)> meanings)
    {
        var told = meanings.Where(column => table.HasRoom(Console, column.Title)).Select(static column => $"{column.Title}: {column.Meaning}").ToList();
        if (told.Count > 0)
        {
            Note(string.Join(' ', told));
        }
    }

    /// <summary>A quiet line.</summary>
    public void Line(string text) => Console.Write(new Text(DisplayText.Fit(text, Console.Profile.Width, keepEnd: false) + "\n", Dim));

    /// <summary>Says which models are not priced for sure, and why.</summary>
    public void Notes(SpendLine total, ShortNames names, CostColumn cost)
    {
        var notes = new List<string>();
        Add(PricingStatus.Fallback, listed =>
            $"{CostColumn.EstimateMark} no price is known for {listed}; {total.Sum.EstimatedCost.Format(cost.Decimals)} of the total is estimated with a stand-in price.");
        Add(PricingStatus.Unpriced, listed =>
            $"{CostColumn.UnpricedMark} no price is known for {listed}; what it cost is not included.");
        Add(PricingStatus.AssumedHost, listed =>
            $"The host of {listed} has no price list of its own; its maker's prices were taken.");
        if (notes.Count > 0)
        {
            Space();
            notes.ForEach(Note);
        }

        void Add(PricingStatus status, Func<string, string> sentence)
        {
            var models = total.Models.Where(model => Holds(model.Sum, status)).Select(model => names.Model(model.Name)).Order(StringComparer.Ordinal).ToList();
            if (models.Count > 0)
            {
                notes.Add(sentence(DisplayText.Listed(models)));
            }
        }
    }

    /// <summary>What a page without a single call says: what was looked at and what to do.</summary>
    /// <param name="preparation">What was looked at.</param>
    /// <param name="spend">Which calls were asked for.</param>
    /// <param name="whose">Whose, as a kind and a name: <c>project demo</c>; empty for all.</param>
    public void Empty(Preparation preparation, SpendQuery spend, string whose = "")
    {
        if (preparation.HoldsCalls || preparation.Folders.Count == 0 || preparation.Folders.Any(static folder => folder.Files > 0))
        {
            Say(whose.Length > 0 ? $"No calls of {whose} {SpanOf(spend)}." : $"No calls {SpanOf(spend)}.");
            Note(whose.Length > 0 ? $"Is it called otherwise? Without --{whose.Split(' ')[0]} all are counted." : spend is { Agent: null, Project: null } ? "Try other days with --since and --until; farthing monthly shows all of them." : "Try without --agent and --project, or other days.");
            return;
        }

        Say("No agent logs were found on this machine.");
        Space();
        Note("Looked in");
        var agentWidth = preparation.Folders.Max(static folder => DisplayText.WidthOf(folder.Agent));
        foreach (var folder in preparation.Folders)
        {
            Line($"  {folder.Agent.PadRight(agentWidth)}  {Project(folder.Folder)}");
        }

        Space();
        Say("See what a report looks like with synthetic logs:  farthing --demo");
        Say("Import logs from somewhere else:                   farthing import PATH --agent NAME");
    }

    /// <summary>The days that a query means, in words.</summary>
    private static string SpanOf(SpendQuery spend) => spend switch
    {
        { Since: { } since, Until: { } until } when since == until => $"on {since:yyyy-MM-dd}",
        { Since: { } since, Until: { } until } => $"from {since:yyyy-MM-dd} to {until:yyyy-MM-dd}",
        { Since: { } since } => $"since {since:yyyy-MM-dd}",
        { Until: { } until } => $"until {until:yyyy-MM-dd}",
        _ => "so far",
    };

    private static bool Holds(SpendSum sum, PricingStatus status) => status switch
    {
        PricingStatus.Fallback => sum.EstimatedCalls > 0,
        PricingStatus.Unpriced => sum.UnpricedCalls > 0,
        PricingStatus.AssumedHost => sum.AssumedHostCalls > 0,
        _ => false,
    };
}
