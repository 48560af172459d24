using System.Globalization;

namespace Farthing.Bench.Forecast;

/// <summary>The daily series of the NN5 competition, one a cash machine; a gap is NaN.</summary>
internal static class Nn5
{
    private const int FactColumns = 2;

    /// <summary>The last days of each series, which nothing may be fitted to.</summary>
    public const int TestDays = 56;

    /// <summary>Reads the series.</summary>
    public static double[][] Read(string path)
    {
        var rows = File.ReadLines(path).Skip(1).Select(static line => line.Split(',')).ToArray();
        return
        [
            .. Enumerable.Range(FactColumns, rows[0].Length - FactColumns)
                .Select(column => rows.Select(row => Number(row[column])).ToArray()),
        ];
    }

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}
