using Farthing.Domain.Caching;
using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Caching;

/// <summary>What caching saved with one model at one rate card.</summary>
/// <param name="Model">The model as reports name it.</param>
/// <param name="Card">The rates.</param>
/// <param name="Sums">The tokens and their value at these rates.</param>
public sealed record SavingsLine(string Model, RateCard Card, CacheSums Sums);

/// <summary>
/// What more reads would have saved an engineer: the distance to the rate of all, times the tokens that can be read, times
/// what one of them saves.
/// </summary>
/// <param name="TeamRate">The hit rate of all engineers together.</param>
/// <param name="OwnRate">The engineer's, with the decimals that count.</param>
/// <param name="Tokens">What the engineer read or sent as input.</param>
/// <param name="SavingsPerRead">What a token that was read saved all engineers on average, in dollars.</param>
/// <param name="Potential">What it comes to in dollars; 0 for who is at the average or above.</param>
public sealed record UpsideBuildUp(Ratio TeamRate, decimal OwnRate, long Tokens, Ratio SavingsPerRead, decimal Potential)
{
    /// <summary>The tokens that would have been read besides.</summary>
    public Ratio MoreReads => (TeamRate - Ratio.FromDecimal(OwnRate)) * Ratio.Of(Tokens);
}

/// <summary>How the savings of a table of caching are made: lines that add up to its figure, by model and rate card.</summary>
public sealed record SavingsBuildUp
{
    /// <summary>The most lines that are told one by one.</summary>
    public const int LinesMax = 200;

    /// <summary>The lines that have a price and cached anything, most savings first, at most <see cref="LinesMax"/>.</summary>
    public required IReadOnlyList<SavingsLine> Lines { get; init; }

    /// <summary>How many lines there are besides.</summary>
    public required int Others { get; init; }

    /// <summary>What these saved together.</summary>
    public required CacheValue OthersValue { get; init; }

    /// <summary>All that is meant.</summary>
    public required CacheSums Total { get; init; }

    /// <summary>How sure the prices of what is meant are.</summary>
    public required PricingTotals Pricing { get; init; }

    /// <summary>How the upside is made; null for more than one engineer, and where nobody read anything.</summary>
    public UpsideBuildUp? Upside { get; init; }

    /// <summary>The build-up of a report's figures.</summary>
    /// <param name="report">The report.</param>
    /// <param name="engineer">Only this engineer's id, empty for calls that name nobody; null for all.</param>
    /// <param name="model">Only this model; null for all.</param>
    public static SavingsBuildUp Of(CachingReport report, string? engineer, string? model)
    {
        var rows = report.Reading.Rows.Where(row => (engineer is null || row.User == engineer) && (model is null || row.Model == model)).ToList();
        var lines = rows.GroupBy(static row => (row.Model, row.Card!.Hash))
            .Select(static rows => new SavingsLine(rows.Key.Model, rows.First().Card!, rows.Aggregate(default(CacheSums), static (sum, row) => sum + row.ToCacheSums())))
            .Where(static line => line.Card.Status.IsPriced() && line.Sums.CacheRead + line.Sums.CacheWrite > 0)
            .OrderByDescending(static line => line.Sums.Priced.GrossSavings).ThenBy(static line => line.Model, StringComparer.Ordinal).ThenBy(static line => line.Card.Hash)
            .ToList();
        return new()
        {
            Lines = [.. lines.Take(LinesMax)],
            Others = Math.Max(lines.Count - LinesMax, 0),
            OthersValue = lines.Skip(LinesMax).Aggregate(default(CacheValue), static (sum, line) => sum + line.Sums.Priced),
            Total = rows.Aggregate(default(CacheSums), static (sum, row) => sum + row.ToCacheSums()),
            Pricing = PricingTotals.Of(rows),
            Upside = engineer is { Length: > 0 } && model is null ? UpsideOf(report.Engineers, engineer) : null,
        };
    }

    private static UpsideBuildUp? UpsideOf(CachePotential engineers, string engineer) =>
        engineers.Engineers.FirstOrDefault(one => one.Group.Key == engineer) is { } line
        && engineers.TeamRate is { } team && line.Group.HitRate(CacheTable.RateDecimals) is { } own
        && CacheTable.Total(engineers.Engineers.Select(static one => one.Group)).Priced.SavingsPerReadToken is { } each
            ? new(team, own, line.Group.Sums.CacheRead + line.Group.Sums.Input, each, line.Potential)
            : null;
}
