using System.Text;
using Spectre.Console;

namespace Farthing.Reports;

/// <summary>What a row of a table is, which decides how it looks.</summary>
internal enum RowKind
{
    /// <summary>A line of the report.</summary>
    Line,

    /// <summary>A part of the line above.</summary>
    Part,

    /// <summary>The name of the rows that follow.</summary>
    Heading,

    /// <summary>The sum of the lines.</summary>
    Total,
}

/// <summary>A cell.</summary>
/// <param name="Text">What it says; already clean.</param>
/// <param name="KeepEnd">Whether a text that is too long is cut at its start.</param>
internal sealed record TableCell(string Text, bool KeepEnd)
{
    private static readonly TableCell Empty = new(string.Empty, KeepEnd: false);

    /// <summary>Most cells are just a text.</summary>
    public static implicit operator TableCell(string text) => text.Length == 0 ? Empty : new(text, KeepEnd: false);
}

/// <summary>A calm table without a frame: dim headings, figures on the right, columns that give way to a narrow terminal.</summary>
/// <param name="columns">The columns.</param>
internal sealed class ReportTable(IReadOnlyList<ReportColumn> columns)
{
    private static readonly Style Dim = new(decoration: Decoration.Dim);
    private static readonly Style Bold = new(decoration: Decoration.Bold);
    private readonly List<ReportRow> rows = [];

    /// <summary>Adds a row; missing cells are empty.</summary>
    public void Add(RowKind kind, params TableCell[] cells) => rows.Add(new(kind, cells));

    /// <summary>Adds an empty row.</summary>
    public void AddSpace() => rows.Add(new(RowKind.Line, []));

    /// <summary>Whether a console has room for the column of a title, and a row something in it.</summary>
    public bool HasRoom(IAnsiConsole console, string title)
    {
        var widths = WidthsOn(console);
        return Enumerable.Range(0, widths.Length).Any(index => columns[index].Title == title && widths[index] > 0);
    }

    /// <summary>Draws the table.</summary>
    public void Show(IAnsiConsole console)
    {
        var widths = WidthsOn(console);
        Draw(console, widths, Dim, [.. columns.Select(static column => (TableCell)column.Title)]);
        Draw(console, widths, Dim, Rule(widths));
        foreach (var row in rows)
        {
            if (row.Kind == RowKind.Total)
            {
                Draw(console, widths, Dim, Rule(widths));
            }

            Draw(console, widths, StyleOf(row.Kind), row.Cells);
        }
    }

    private static Style StyleOf(RowKind kind) => kind switch
    {
        RowKind.Part => Dim,
        RowKind.Heading or RowKind.Total => Bold,
        _ => Style.Plain,
    };

    private static TableCell[] Rule(int[] widths) => Array.ConvertAll(widths, static width => (TableCell)new string('─', width));

    private void Draw(IAnsiConsole console, int[] widths, Style style, TableCell[] cells)
    {
        var line = new StringBuilder();
        for (var index = 0; index < widths.Length; index++)
        {
            if (widths[index] == 0)
            {
                continue;
            }

            TableCell cell = index < cells.Length ? cells[index] : string.Empty;
            var text = DisplayText.Fit(cell.Text, widths[index], cell.KeepEnd);
            var padding = widths[index] - DisplayText.WidthOf(text);
            line.Append(' ', line.Length == 0 ? 0 : TableFit.Gap);
            line.Append(' ', columns[index].IsFigure ? padding : 0).Append(text).Append(' ', columns[index].IsFigure ? 0 : padding);
        }

        console.Write(new Text(line.ToString().TrimEnd() + "\n", style));
    }

    private int[] WidthsOn(IAnsiConsole console) => TableFit.Choose(columns, NaturalWidths(), console.Profile.Width);

    private int[] NaturalWidths()
    {
        var widths = new int[columns.Count];
        foreach (var row in rows)
        {
            for (var index = 0; index < row.Cells.Length; index++)
            {
                widths[index] = Math.Max(widths[index], DisplayText.WidthOf(row.Cells[index].Text));
            }
        }

        for (var index = 0; index < widths.Length; index++)
        {
            widths[index] = widths[index] == 0 ? 0 : Math.Max(Math.Min(widths[index], columns[index].WidthMax), DisplayText.WidthOf(columns[index].Title));
        }

        return widths;
    }

    private sealed record ReportRow(RowKind Kind, TableCell[] Cells);
}
