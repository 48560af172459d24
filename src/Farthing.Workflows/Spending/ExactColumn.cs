using Farthing.Domain.Money;

namespace Farthing.Workflows.Spending;

/// <summary>Amounts that are shown exactly: with as many decimals as the finest of them needs, so that the column adds up by hand.</summary>
public static class ExactColumn
{
    private const int DecimalsMin = 2;
    private const int DecimalsMax = 12;

    /// <summary>The decimals that all amounts of build-ups need.</summary>
    public static int DecimalsOf(IEnumerable<CostBuildUp> buildUps) =>
        DecimalsOf(buildUps.SelectMany(static buildUp => buildUp.Lines.Select(static line => line.Amount).Append(buildUp.Total)));

    /// <summary>The decimals that all amounts need, two at least.</summary>
    public static int DecimalsOf(IEnumerable<Usd> amounts)
    {
        var decimals = DecimalsMin;
        foreach (var amount in amounts)
        {
            while (decimals < DecimalsMax && amount.Round(decimals) != amount)
            {
                decimals++;
            }
        }

        return decimals;
    }
}
