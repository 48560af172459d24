namespace Farthing.Forecasting;

/// <summary>One column of a chart: what a day cost, or what it may cost; of several days their mean.</summary>
/// <param name="First">Its first day.</param>
/// <param name="Last">Its last day.</param>
/// <param name="Mean">The cost, or what is expected.</param>
/// <param name="Low">The lower bound; the cost itself in the past.</param>
/// <param name="High">The upper bound.</param>
internal sealed record ChartColumn(DateOnly First, DateOnly Last, decimal Mean, decimal Low, decimal High);

/// <summary>The columns of a chart: as much of the past as there is room for, then the days to come.</summary>
/// <param name="Past">What was.</param>
/// <param name="Future">What may be.</param>
/// <param name="DaysPerColumn">How many days one column stands for.</param>
internal sealed record ChartDays(IReadOnlyList<ChartColumn> Past, IReadOnlyList<ChartColumn> Future, int DaysPerColumn)
{
    private const int PastMin = 28;

    /// <summary>Fits days into a number of columns. At least four weeks of the past are shown where they are known; a day of the past without calls cost nothing.</summary>
    /// <param name="past">What days cost, in their order.</param>
    /// <param name="future">What days may cost, in their order, without gaps.</param>
    /// <param name="today">The first day that is not the past.</param>
    /// <param name="width">The columns there are.</param>
    public static ChartDays Fit(IReadOnlyList<DayFigures> past, IReadOnlyList<ChartColumn> future, DateOnly today, int width)
    {
        var known = past.Count == 0 ? 0 : Math.Max(0, today.DayNumber - past[0].Date.DayNumber);
        var size = Math.Max(1, Ceiling(future.Count + Math.Min(known, PastMin), width));
        var ahead = Chunk(future, size, keepsLast: false);
        var shown = Math.Min(known, (width - ahead.Count) * size);
        var costs = past.ToLookup(static day => day.Date, static day => day.Cost);
        var days = Enumerable.Range(0, shown).Select(at => today.AddDays(at - shown)).Select(day => Of(day, costs[day].Sum())).ToList();
        return new(Chunk(days, size, keepsLast: true), ahead, size);
    }

    private static ChartColumn Of(DateOnly day, decimal cost) => new(day, day, cost, cost, cost);

    /// <summary>Days put together, so that whole columns meet at today; of the past a part of a column at its beginning is left out.</summary>
    private static List<ChartColumn> Chunk(IReadOnlyList<ChartColumn> days, int size, bool keepsLast)
    {
        var from = keepsLast && days.Count >= size ? days.Count % size : 0;
        return
        [
            .. days.Skip(from).Chunk(size).Select(static some => new ChartColumn(
                some[0].First,
                some[^1].Last,
                some.Average(static day => day.Mean),
                some.Average(static day => day.Low),
                some.Average(static day => day.High))),
        ];
    }

    private static int Ceiling(int count, int by) => (count + by - 1) / by;
}
