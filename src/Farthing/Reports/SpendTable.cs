using Farthing.Domain.Money;
using Farthing.Workflows.Spending;

namespace Farthing.Reports;

/// <summary>The table of reports by period and by session: a row per line, below it its parts, below them their models.</summary>
internal sealed class SpendTable
{
    private const string Indent = "  ";
    private readonly ReportChoices choices;
    private readonly ReportPage page;
    private readonly ShortNames names;
    private readonly CostColumn cost;
    private readonly ReportTable table;
    private readonly int places;
    private readonly bool listsModels;

    /// <summary>Starts a table.</summary>
    /// <param name="page">The page it stands on.</param>
    /// <param name="choices">What was chosen on the command line.</param>
    /// <param name="total">The sum of all lines.</param>
    /// <param name="places">The columns that say what a line is; each has texts.</param>
    public SpendTable(ReportPage page, ReportChoices choices, SpendLine total, params IReadOnlyList<ReportColumn> places)
    {
        this.page = page;
        this.choices = choices;
        this.places = places.Count;
        listsModels = !choices.Breakdown && choices.By != SpendDimension.Model;
        names = new(total.Models.Select(static model => model.Name));
        cost = new(total.Sum);
        table = new(
        [
            .. places,
            new("Models", 4) { IsFigure = false, WidthMin = 12 },
            new("Input", 5),
            new("Output", 3),
            new("Cache write", 7),
            new("Cache read", 6),
            new("Calls", 2),
            new("Tokens", 1),
            new("Cost", 0),
        ]);
    }

    /// <summary>Draws the lines of a report, their total and the notes. A line without calls shows what it is and no figures.</summary>
    public void Show(SpendReport report, Func<SpendLine, TableCell[]> placesOf)
    {
        var whole = cost.Shown(report.Total.Sum);
        var shown = cost.Shown(report.Lines, report.Total.Sum, whole);
        for (var index = 0; index < report.Lines.Count; index++)
        {
            var line = report.Lines[index];
            if (line.Sum.Calls == 0)
            {
                table.Add(RowKind.Part, placesOf(line));
                continue;
            }

            AddRow(RowKind.Line, placesOf(line), line, shown[index], listsModels && line.Groups.Count == 0);
            AddParts(line, shown[index]);
        }

        AddRow(RowKind.Total, ["Total"], report.Total, whole, withModels: false);
        table.Show(page.Console);
        page.Notes(report.Total, names, cost);
    }

    private void AddParts(SpendLine line, Usd shown)
    {
        var groups = cost.Shown(line.Groups, line.Sum, shown);
        for (var index = 0; index < groups.Length; index++)
        {
            var group = line.Groups[index];
            AddRow(RowKind.Part, [NameOf(group)], group, groups[index], listsModels);
            AddModels(group, groups[index], Indent + Indent);
        }

        if (groups.Length == 0)
        {
            AddModels(line, shown, Indent);
        }
    }

    private void AddModels(SpendLine line, Usd shown, string indent)
    {
        if (!choices.Breakdown || choices.By == SpendDimension.Model)
        {
            return;
        }

        var models = cost.Shown(line.Models, line.Sum, shown);
        for (var index = 0; index < models.Length; index++)
        {
            AddRow(RowKind.Part, [indent + names.Model(line.Models[index].Name)], line.Models[index], models[index], withModels: false);
        }
    }

    private TableCell NameOf(SpendLine group) => choices.By switch
    {
        SpendDimension.Model => Indent + names.Model(group.Name),
        SpendDimension.Project => new TableCell(Indent + page.Project(group.Name), KeepEnd: true),
        SpendDimension.Session => Indent + ShortNames.Session(group.Name),
        _ when group.Name.Length == 0 => Indent + "(none)",
        _ => Indent + DisplayText.Clean(group.Name),
    };

    private void AddRow(RowKind kind, TableCell[] what, SpendLine line, Usd shown, bool withModels)
    {
        var tokens = line.Sum.Tokens;
        var cells = new List<TableCell>(what);
        while (cells.Count < places)
        {
            cells.Add(string.Empty);
        }

        cells.Add(withModels ? string.Join(", ", line.Models.Select(model => names.Model(model.Name))) : string.Empty);
        foreach (var count in (long[])[tokens.Input, tokens.Output, tokens.CacheWrite, tokens.CacheRead, line.Sum.Calls, line.Sum.TotalTokens])
        {
            cells.Add(DisplayText.Count(count));
        }

        cells.Add(cost.Text(line.Sum, shown));
        table.Add(kind, [.. cells]);
    }
}
