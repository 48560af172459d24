using System.Text;
using Farthing.Reports;
using Spectre.Console;

namespace Farthing.Crediting;

/// <summary>
/// A table in a box with headings in capitals, as Plandex draws them. A cell may have several lines. In a narrow terminal
/// the widest columns give way, and what does not fit is cut.
/// </summary>
/// <param name="headings">The heading of each column.</param>
internal sealed class BoxTable(params IReadOnlyList<string> headings)
{
    private const int WidthMin = 6;
    private readonly List<string[][]> rows = [];

    /// <summary>Adds a row; lines of a cell are separated by line breaks.</summary>
    /// <param name="cells">One text a column; already clean.</param>
    public void Add(params IEnumerable<string> cells) => rows.Add([.. cells.Select(static cell => cell.Split('\n'))]);

    /// <summary>Draws the table.</summary>
    public void Show(IAnsiConsole console)
    {
        var widths = Fit(console.Profile.Width);
        var rule = "+" + string.Concat(widths.Select(static width => new string('-', width + 2) + "+"));
        console.Write(new Text(rule + "\n"));
        console.Write(new Text(Line(widths, [.. headings.Select(static heading => heading.ToUpperInvariant())], isHeading: true) + "\n"));
        console.Write(new Text(rule + "\n"));
        foreach (var row in rows)
        {
            for (var line = 0; line < row.Max(static cell => cell.Length); line++)
            {
                console.Write(new Text(Line(widths, [.. row.Select(cell => line < cell.Length ? cell[line] : string.Empty)], isHeading: false) + "\n"));
            }
        }

        console.Write(new Text(rule + "\n"));
    }

    private static string Line(int[] widths, IReadOnlyList<string> cells, bool isHeading)
    {
        var line = new StringBuilder("|");
        for (var index = 0; index < widths.Length; index++)
        {
            var text = DisplayText.Fit(cells[index], widths[index], keepEnd: false);
            var space = widths[index] - DisplayText.WidthOf(text);
            var left = isHeading ? space / 2 : 0;
            line.Append(' ', left + 1).Append(text).Append(' ', space - left + 1).Append('|');
        }

        return line.ToString();
    }

    private int[] Fit(int room)
    {
        var widths = new int[headings.Count];
        for (var index = 0; index < widths.Length; index++)
        {
            var column = index;
            widths[index] = Math.Max(
                DisplayText.WidthOf(headings[index].ToUpperInvariant()), rows.Max(row => row[column].Max(DisplayText.WidthOf)));
        }

        // Each column has a space on either side and a line behind it, and there is a line in front of the first.
        while (widths.Sum() + (widths.Length * 3) + 1 > room && widths.Max() > WidthMin)
        {
            widths[Array.IndexOf(widths, widths.Max())]--;
        }

        return widths;
    }
}
