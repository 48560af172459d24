namespace Farthing.Reports;

/// <summary>One column of a table.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Rank">Which columns give way first when the terminal is narrow: the highest rank. 0 never gives way.</param>
internal sealed record ReportColumn(string Title, int Rank)
{
    /// <summary>Whether it holds figures: aligned right, never shortened.</summary>
    public bool IsFigure { get; init; } = true;

    /// <summary>The least width of a column of text.</summary>
    public int WidthMin { get; init; } = 10;

    /// <summary>The most width it takes, however wide the terminal is.</summary>
    public int WidthMax { get; init; } = int.MaxValue;
}

/// <summary>Chooses the columns that a width has room for, and how wide each is.</summary>
internal static class TableFit
{
    /// <summary>The empty columns between two columns.</summary>
    public const int Gap = 2;

    /// <summary>Fits columns into a width.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="natural">How wide the widest cell of each is; 0 for a column that is empty and left out.</param>
    /// <param name="width">The room there is.</param>
    /// <returns>The width of each column; 0 for those that give way.</returns>
    public static int[] Choose(IReadOnlyList<ReportColumn> columns, int[] natural, int width)
    {
        var widths = (int[])natural.Clone();
        while (Needed(columns, widths) > width && LastToStay(columns, widths) is { } index)
        {
            widths[index] = 0;
        }

        for (var excess = Total(widths) - width; excess > 0; excess--)
        {
            if ((WidestText(columns, widths, at => columns[at].WidthMin) ?? WidestText(columns, widths, static _ => 1)) is not { } index)
            {
                break;
            }

            widths[index]--;
        }

        return widths;
    }

    private static int Total(int[] widths)
    {
        var total = 0;
        foreach (var width in widths)
        {
            total += width == 0 ? 0 : width + Gap;
        }

        return Math.Max(total - Gap, 0);
    }

    private static int Needed(IReadOnlyList<ReportColumn> columns, int[] widths)
    {
        var needed = new int[widths.Length];
        for (var index = 0; index < widths.Length; index++)
        {
            needed[index] = columns[index].IsFigure ? widths[index] : Math.Min(widths[index], columns[index].WidthMin);
        }

        return Total(needed);
    }

    private static int? LastToStay(IReadOnlyList<ReportColumn> columns, int[] widths)
    {
        int? found = null;
        for (var index = 0; index < columns.Count; index++)
        {
            if (widths[index] > 0 && columns[index].Rank > (found is { } best ? columns[best].Rank : 0))
            {
                found = index;
            }
        }

        return found;
    }

    private static int? WidestText(IReadOnlyList<ReportColumn> columns, int[] widths, Func<int, int> floorOf)
    {
        int? found = null;
        for (var index = 0; index < columns.Count; index++)
        {
            if (!columns[index].IsFigure && widths[index] > floorOf(index) && (found is null || widths[index] > widths[found.Value]))
            {
                found = index;
            }
        }

        return found;
    }
}
