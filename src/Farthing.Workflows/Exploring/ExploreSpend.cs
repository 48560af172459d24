using Farthing.Workflows.Forecasting;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Exploring;

/// <summary>Shows spend by one to three dimensions: as lines that add up, and over time.</summary>
public sealed class ExploreSpend(ISpendQueries spend, ReadNames naming, SpendCalendar calendar)
{
    /// <summary>How many groups are drawn over time, the others together not counted: as many as there are colours, but one.</summary>
    public const int DrawnMax = 5;

    /// <summary>Reads a view: at most three queries for sums, whatever the number of groups.</summary>
    public async Task<Exploration> ExploreAsync(ExploreRequest request, CancellationToken cancellationToken)
    {
        var called = naming.WithinAsync(request.Within, cancellationToken);
        var reading = spend.SpendAsync(request.ToQuery(calendar.Zone), cancellationToken);
        await Task.WhenAll(called, reading);
        var rows = await reading;
        var names = await naming.WithAsync(await called, request.Within, rows.Select(static row => row.User), cancellationToken);
        var tree = new SpendTree(request, rows, names);
        var grain = TimeGrains.Suiting(request.Grain, request.Last.DayNumber - request.First.DayNumber + 1);
        var last = request.Last < calendar.Today ? request.Last : calendar.Today;
        var periods = grain == TimeGrain.Whole || request.First > last ? [] : grain.PeriodsOf(request.First, last);
        return new()
        {
            Request = request,
            Lines = tree.ToLines(),
            Total = tree.Total,
            Grain = grain,
            Periods = periods,
            Series = periods.Count == 0 || rows.Count == 0 ? [] : await SeriesAsync(request, tree.Largest, grain, periods, cancellationToken),
            Pricing = PricingTotals.Of(rows),
            Names = names,
        };
    }

    private async Task<IReadOnlyList<ExploredSeries>> SeriesAsync(
        ExploreRequest request, IReadOnlyList<(string Value, string Name)> largest, TimeGrain grain, IReadOnlyList<DateOnly> periods, CancellationToken cancellationToken)
    {
        // A call may be dated a few minutes ahead, in a period that is not drawn yet.
        IReadOnlyList<DateOnly> cut = grain == TimeGrain.Day ? [] : [.. periods, grain.Next(periods[^1])];
        var (by, all) = (request.By[0], request.ToQuery(calendar.Zone) with { ByDay = true, Periods = cut });
        var drawn = largest.Count <= DrawnMax + 1 ? largest : [.. largest.Take(DrawnMax)];
        var isAll = drawn.Count == largest.Count;
        var filter = new SpendFilter(by, [.. drawn.Select(static group => group.Value)]);
        var rows = await spend.SpendAsync(all with { GroupBy = [by], Only = isAll ? all.Only : [.. all.Only, filter] }, cancellationToken);
        var sums = rows.ToLookup(row => row[by], StringComparer.Ordinal);
        var series = drawn.Select(group => new ExploredSeries(group.Name, 0, ValuesOf(sums[group.Value]))
        {
            IsWithoutPrice = request.Show == SpendMetric.Cost && sums[group.Value].Aggregate(default(SpendSum), static (sum, row) => sum + SpendSum.Of(row)).IsWithoutPrice,
        }).ToList();
        if (!isAll)
        {
            var whole = ValuesOf(await spend.SpendAsync(all with { GroupBy = [] }, cancellationToken));
            series.Add(new(string.Empty, largest.Count - drawn.Count, [.. whole.Select((value, at) => series.Aggregate(value, (left, one) => left - one.Values[at]))]));
        }

        return series;

        Int128[] ValuesOf(IEnumerable<SpendRow> some)
        {
            var values = new Int128[periods.Count];
            var places = periods.Select(static (start, at) => (start, at)).ToDictionary(static place => place.start, static place => place.at);
            foreach (var row in some)
            {
                if (places.TryGetValue(row.Day, out var place))
                {
                    values[place] += request.Show.Of(SpendSum.Of(row));
                }
            }

            return values;
        }
    }
}
