using Farthing.Domain.Money;

namespace Farthing.Domain.Caching;

/// <summary>One line of a table of caching: a model, an engineer, a day.</summary>
/// <param name="Key">What it is: the model's name, the engineer's id, the date.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Sums">Its tokens and their value.</param>
public sealed record CacheGroup(string Key, string Name, CacheSums Sums)
{
    /// <summary>Primer's hit rate rounded to a number of decimals; null when it has no prompt.</summary>
    public decimal? HitRate(int decimals) => Sums.HitRate?.Round(decimals);

    /// <summary>What reading saved, with Primer's decimals; 0 when nothing was read.</summary>
    public decimal Savings => Ratio.Dollars(Sums.Priced.GrossSavings).Round(CacheTable.MoneyDecimals);
}

/// <summary>An engineer's line with what more would be saved at the team's average.</summary>
/// <param name="Group">The engineer.</param>
/// <param name="Potential">Dollars with Primer's decimals; 0 for who is at the average or above.</param>
public sealed record CacheUpside(CacheGroup Group, decimal Potential);

/// <summary>The lines of some engineers and what they would save together.</summary>
/// <param name="TeamRate">The hit rate of all together, not rounded; null without a prompt.</param>
/// <param name="Engineers">Their lines, most savings first.</param>
/// <param name="Total">The exact sum of the potentials, rounded once.</param>
public sealed record CachePotential(Ratio? TeamRate, IReadOnlyList<CacheUpside> Engineers, decimal Total);

/// <summary>Orders and rounds the lines of Primer's cache tables and tells what its coaching tells.</summary>
public static class CacheTable
{
    /// <summary>Decimals of hit rates of an organisation and of an engineer.</summary>
    public const int RateDecimals = 4;

    /// <summary>Decimals of hit rates of a day and of a model.</summary>
    public const int GroupRateDecimals = 3;

    /// <summary>Decimals of savings.</summary>
    public const int MoneyDecimals = 4;

    /// <summary>All lines together.</summary>
    public static CacheSums Total(IEnumerable<CacheGroup> groups) =>
        groups.Aggregate(default(CacheSums), static (sum, group) => sum + group.Sums);

    /// <summary>Most savings first, as they are shown; equal ones by name, then by key.</summary>
    public static IReadOnlyList<CacheGroup> BySavings(IEnumerable<CacheGroup> groups) =>
    [
        .. groups.OrderByDescending(static group => group.Savings)
            .ThenBy(static group => group.Name, StringComparer.Ordinal)
            .ThenBy(static group => group.Key, StringComparer.Ordinal),
    ];

    /// <summary>
    /// What every engineer below the team's average would save by reaching it: (team rate − own rate) × (reads + input) ×
    /// what a token that was read saved the team on average. As in Primer the own rate is the rounded one and the team's is not; but
    /// who is exactly at the average, alone for example, has no potential by rounding.
    /// </summary>
    public static CachePotential Potential(IReadOnlyList<CacheGroup> engineers)
    {
        var team = Total(engineers);
        var value = team.Priced.SavingsPerReadToken ?? Ratio.Zero;
        var total = Ratio.Zero;
        var lines = new List<CacheUpside>(engineers.Count);
        foreach (var engineer in BySavings(engineers))
        {
            var potential = Upside(engineer, team.HitRate, value);
            total += potential;
            lines.Add(new(engineer, potential.Round(MoneyDecimals)));
        }

        return new(team.HitRate, lines, total.Round(MoneyDecimals));
    }

    private static Ratio Upside(CacheGroup engineer, Ratio? teamRate, Ratio value)
    {
        var isAtAverage = engineer.Sums.Input == 0 || engineer.Sums.HitRate == teamRate;
        if (isAtAverage || teamRate is not { } team || engineer.HitRate(RateDecimals) is not { } rounded)
        {
            return Ratio.Zero;
        }

        var missing = team - Ratio.FromDecimal(rounded);
        var tokens = Ratio.Of((Int128)engineer.Sums.CacheRead + engineer.Sums.Input);
        return missing > Ratio.Zero && value > Ratio.Zero ? missing * tokens * value : Ratio.Zero;
    }
}
