using Farthing.Domain.Caching;
using Farthing.Workflows.Access;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Caching;

/// <summary>How the prompts of one day were cached.</summary>
/// <param name="Day">The day.</param>
/// <param name="Sums">Its tokens and their value.</param>
public sealed record CachingDay(DateOnly Day, CacheSums Sums);

/// <summary>How well caching works: the whole, by day, by model, by engineer. Each list adds up to the whole, but for what bears no date and belongs to no day.</summary>
public sealed record CachingReport
{
    /// <summary>All calls.</summary>
    public required CacheSums Total { get; init; }

    /// <summary>The days with usage, in their order.</summary>
    public required IReadOnlyList<CachingDay> Days { get; init; }

    /// <summary>The models, most savings first.</summary>
    public required IReadOnlyList<CacheGroup> Models { get; init; }

    /// <summary>The engineers, most savings first, with what each would save at the average.</summary>
    public required CachePotential Engineers { get; init; }

    /// <summary>The calls that name nobody.</summary>
    public required CacheSums Unattributed { get; init; }

    /// <summary>How sure the prices are.</summary>
    public required PricingTotals Pricing { get; init; }

    /// <summary>What all of it is made of; sums are by person, model and rate card.</summary>
    public required SpendReading Reading { get; init; }

    /// <summary>Concludes how well caching works.</summary>
    /// <param name="reading">Spend whose rows and days are by rate card, besides person and model.</param>
    public static CachingReport Of(SpendReading reading)
    {
        var people = Sums(reading.Rows, static row => row.User);
        var models = Sums(reading.Rows, static row => row.Model).Select(static model => new CacheGroup(model.Key, model.Key, model.Value)).ToList();
        return new()
        {
            Total = CacheTable.Total(models),
            Days = [.. Sums(reading.Days, static row => row.Day).Select(static day => new CachingDay(day.Key, day.Value)).OrderBy(static day => day.Day)],
            Models = CacheTable.BySavings(models),
            Engineers = CacheTable.Potential(
                [.. people.Where(static person => person.Key.Length > 0).Select(person => new CacheGroup(person.Key, reading.Names[person.Key], person.Value))]),
            Unattributed = people.GetValueOrDefault(string.Empty),
            Pricing = PricingTotals.Of(reading.Rows),
            Reading = reading,
        };
    }

    private static Dictionary<TKey, CacheSums> Sums<TKey>(IEnumerable<SpendRow> rows, Func<SpendRow, TKey> keyOf)
        where TKey : notnull
    {
        var sums = new Dictionary<TKey, CacheSums>();
        foreach (var row in rows)
        {
            var key = keyOf(row);
            sums[key] = sums.GetValueOrDefault(key) + row.ToCacheSums();
        }

        return sums;
    }
}

/// <summary>Tells how well caching works. Three queries, and one more where people stand in a team's figures who left it.</summary>
public sealed class AnalyzeCaching(ISpendQueries spend, IEngineers engineers)
{
    /// <summary>Analyses a range.</summary>
    public async Task<CachingReport> AnalyzeAsync(SpendRange range, CancellationToken cancellationToken) => CachingReport.Of(await ReadAsync(range, cancellationToken));

    /// <summary>Reads what the analysis of a range is made of.</summary>
    public async Task<SpendReading> ReadAsync(SpendRange range, CancellationToken cancellationToken)
    {
        // Two queries, because days leave out what bears no date; all side by side.
        var all = spend.SpendAsync(range.Sums(SpendDimension.User, SpendDimension.Model, SpendDimension.RateCard), cancellationToken);
        var byDay = spend.SpendAsync(range.ByDay(SpendDimension.RateCard), cancellationToken);
        var names = await PeopleNames.ReadAsync(engineers, range.Within, cancellationToken);
        var (rows, days) = (await all, await byDay);
        var people = rows.Select(static row => row.User).Distinct(StringComparer.Ordinal);
        return new(rows, days, await names.WithAsync(engineers, range.Within, people, cancellationToken));
    }
}
