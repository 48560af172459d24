using System.Globalization;
using System.Text;
using Farthing.Finops;

namespace Farthing.Forecasting;

/// <summary>Draws what days cost and may cost with characters: bars for the past, a point within a band for each day to come.</summary>
internal static class ForecastChart
{
    private const int Height = 8;
    private const int WidthMin = 10;
    private const char Band = '░';
    private const char Point = '•';
    private const string Eighths = "▁▂▃▄▅▆▇█";
    private const string DayForm = "yyyy-MM-dd";
    private static readonly decimal[] RoundSteps = [1, 1.5m, 2, 3, 4, 5, 6, 8];

    /// <summary>The columns that a chart has, of so many in all: what the scale leaves.</summary>
    public static int RoomOf(int width) => Math.Max(WidthMin, width - ScaleWidth);

    /// <summary>The widest amount of a scale, and the line beside it.</summary>
    private static int ScaleWidth => 10;

    /// <summary>The lines of the chart, none wider than the scale and the columns.</summary>
    public static IEnumerable<string> Lines(ChartDays days)
    {
        var top = Above(days.Past.Concat(days.Future).Select(static column => column.High).DefaultIfEmpty(0).Max());
        for (var row = Height - 1; row >= 0; row--)
        {
            var label = row == Height - 1 ? Label(top) : row == (Height / 2) - 1 ? Label(top / 2) : string.Empty;
            var line = new StringBuilder(label.PadLeft(ScaleWidth - 2)).Append(label.Length > 0 ? " ┤" : " │");
            foreach (var column in days.Past)
            {
                line.Append(Bar(Steps(column.Mean, top), row));
            }

            foreach (var column in days.Future)
            {
                line.Append(Cell(column, top, row));
            }

            yield return line.ToString().TrimEnd();
        }

        yield return $"{new string(' ', ScaleWidth - 1)}└{new string('─', days.Past.Count)}{(days.Future.Count > 0 ? '┬' + new string('─', days.Future.Count - 1) : string.Empty)}";
        yield return Dates(days);
    }

    /// <summary>The least round amount that is not below another: one digit, or one and a half, times a power of ten.</summary>
    internal static decimal Above(decimal amount)
    {
        const decimal Least = 0.0001m;
        var unit = Least;
        while (true)
        {
            foreach (var step in RoundSteps)
            {
                if (step * unit >= amount)
                {
                    return step * unit;
                }
            }

            unit *= 10;
        }
    }

    /// <summary>How many eighths of a row an amount is high; something is at least one.</summary>
    private static int Steps(decimal amount, decimal top) => amount <= 0 ? 0 : Math.Clamp((int)(amount / top * Height * Eighths.Length), 1, Height * Eighths.Length);

    private static char Bar(int steps, int row) => (steps - (row * Eighths.Length)) switch
    {
        <= 0 => ' ',
        >= 8 => Eighths[^1],
        var eighths => Eighths[eighths - 1],
    };

    private static char Cell(ChartColumn column, decimal top, int row) =>
        RowOf(column.Mean, top) == row ? Point : row >= RowOf(column.Low, top) && row <= RowOf(column.High, top) ? Band : ' ';

    private static int RowOf(decimal amount, decimal top) => Math.Clamp((int)(amount / top * Height), 0, Height - 1);

    /// <summary>The first day, today and the last day below their columns, as far as they do not touch.</summary>
    private static string Dates(ChartDays days)
    {
        var width = ScaleWidth + days.Past.Count + days.Future.Count;
        var line = new StringBuilder(new string(' ', Math.Max(width, ScaleWidth + DayForm.Length)));
        var marks = new List<(int At, DateOnly Day)>();
        if (days.Future is [var today, ..])
        {
            marks.Add((ScaleWidth + days.Past.Count, today.First));
            marks.Add((width - DayForm.Length, days.Future[^1].Last));
        }

        if (days.Past is [var first, ..])
        {
            marks.Add((ScaleWidth, first.First));
        }

        foreach (var (at, day) in marks)
        {
            var start = Math.Clamp(at, 0, line.Length - DayForm.Length);
            var isFree = Enumerable.Range(Math.Max(0, start - 1), Math.Min(DayForm.Length + 2, line.Length - Math.Max(0, start - 1))).All(place => line[place] == ' ');
            if (isFree)
            {
                line.Remove(start, DayForm.Length).Insert(start, day.ToString(DayForm, CultureInfo.InvariantCulture));
            }
        }

        return line.ToString().TrimEnd();
    }

    private static string Label(decimal amount) => amount >= 1 && amount == decimal.Truncate(amount)
        ? "$" + amount.ToString("N0", CultureInfo.InvariantCulture)
        : FinopsPage.Dollars(amount);
}
