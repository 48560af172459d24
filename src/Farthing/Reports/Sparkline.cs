using Farthing.Domain.Money;

namespace Farthing.Reports;

/// <summary>Amounts as blocks of a height or a length.</summary>
internal static class Sparkline
{
    private const char Nothing = '·';
    private const string Heights = "▁▂▃▄▅▆▇█";
    private const string Eighths = "▏▎▍▌▋▊▉█";

    /// <summary>One column for each amount, as high as its part of the largest; a dot where there is nothing.</summary>
    public static string Columns(IReadOnlyList<Usd> amounts)
    {
        var largest = amounts.Count == 0 ? Usd.Zero : amounts.Max();
        return string.Concat(amounts.Select(amount => amount <= Usd.Zero ? Nothing : Heights[StepOf(amount, largest, Heights.Length) - 1]));
    }

    /// <summary>One column for each share of one, as high as that is; a dot where there is none.</summary>
    public static string Shares(IReadOnlyList<decimal?> shares) => string.Concat(
        shares.Select(static share => share is not { } part ? Nothing : Heights[Math.Clamp((int)decimal.Ceiling(part * Heights.Length), 1, Heights.Length) - 1]));

    /// <summary>A bar as long as an amount's part of the whole.</summary>
    public static string Bar(Usd amount, Usd whole, int width)
    {
        if (amount <= Usd.Zero || whole <= Usd.Zero)
        {
            return string.Empty;
        }

        var eighths = StepOf(amount < whole ? amount : whole, whole, width * Eighths.Length);
        var rest = eighths % Eighths.Length;
        return new string(Eighths[^1], eighths / Eighths.Length) + (rest == 0 ? string.Empty : Eighths[rest - 1]);
    }

    /// <summary>Which of so many equal steps an amount reaches: at least the first, the last only when it is the largest.</summary>
    private static int StepOf(Usd amount, Usd largest, int steps) =>
        (int)((((amount.Picodollars * steps) - 1) / largest.Picodollars) + 1);
}
