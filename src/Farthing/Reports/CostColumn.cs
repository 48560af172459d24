using Farthing.Domain.Money;
using Farthing.Workflows.Spending;

namespace Farthing.Reports;

/// <summary>
/// Amounts as one table shows them: so many decimals, marked when they are not sure, and rounded so that lines add up to
/// the line above them to the last digit.
/// </summary>
internal sealed class CostColumn
{
    /// <summary>Marks a sum that holds an estimate.</summary>
    public const string EstimateMark = "~";

    /// <summary>Marks a sum that leaves out what has no price.</summary>
    public const string UnpricedMark = "?";

    private const int UsualDecimals = 2;
    private const int SmallDecimals = 4;
    private readonly Int128 unit;

    /// <summary>Chooses the decimals: cents, or hundredths of a cent when the whole is less than a dollar.</summary>
    public CostColumn(SpendSum whole)
    {
        var small = whole.BestCost < new Usd(Usd.PicodollarsPerUsd);
        Decimals = small ? SmallDecimals : UsualDecimals;
        unit = small ? Usd.PicodollarsPerCent / 100 : Usd.PicodollarsPerCent;
    }

    /// <summary>How many decimals are shown.</summary>
    public int Decimals { get; }

    /// <summary>What is shown for a whole.</summary>
    public Usd Shown(SpendSum sum) => sum.BestCost.Round(Decimals);

    /// <summary>What is shown for the lines of a whole.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="whole">Their sum.</param>
    /// <param name="shown">What is shown for the sum.</param>
    public Usd[] Shown(IReadOnlyList<SpendLine> lines, SpendSum whole, Usd shown)
    {
        var parts = new Usd[lines.Count];
        var sum = Usd.Zero;
        for (var index = 0; index < parts.Length; index++)
        {
            parts[index] = lines[index].Sum.BestCost;
            sum += parts[index];
        }

        // Two queries may see different calls when another process imports between them; then the lines add up by themselves.
        return sum == whole.BestCost ? Rounding.Apportion(parts, unit, shown) : Rounding.Apportion(parts, unit);
    }

    /// <summary>An amount with its marks; only the mark when nothing of it is known.</summary>
    public string Text(SpendSum sum, Usd shown)
    {
        var marks = MarksOf(sum);
        return sum.UnpricedCalls > 0 && sum.UnpricedCalls == sum.Calls ? marks : marks + shown.Format(Decimals);
    }

    /// <summary>The marks of a sum.</summary>
    public static string MarksOf(SpendSum sum) =>
        (sum.EstimatedCalls > 0 ? EstimateMark : string.Empty) + (sum.UnpricedCalls > 0 ? UnpricedMark : string.Empty);
}
