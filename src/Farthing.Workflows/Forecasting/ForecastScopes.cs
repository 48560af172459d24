using Farthing.Domain.Forecasting;
using Farthing.Domain.Forecasting.Intervals;
using Farthing.Domain.Money;
using Farthing.Workflows.Access;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Forecasting;

/// <summary>What one forecast is about.</summary>
public enum ForecastLevel
{
    /// <summary>All that the caller may see.</summary>
    Org,

    /// <summary>A team.</summary>
    Team,

    /// <summary>A project, by its whole name.</summary>
    Project,

    /// <summary>A person.</summary>
    Engineer,

    /// <summary>A model, by the name that reports give it.</summary>
    Model,
}

/// <summary>Which scope is forecast, and by what its parts are told apart.</summary>
public sealed record ScopeRequest
{
    /// <summary>What may be touched; a team that was asked for is in it already.</summary>
    public required Scope Within { get; init; }

    /// <summary>What the forecast is about.</summary>
    public ForecastLevel Level { get; init; }

    /// <summary>Which one; empty for all of the caller's.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>What its parts are; null for none.</summary>
    public ForecastLevel? By { get; init; }

    /// <summary>How many days to forecast.</summary>
    public required int Days { get; init; }

    /// <summary>What is known to come, in the order it works; of the whole, whose parts are scaled to it.</summary>
    public IReadOnlyList<KnownEvent> Events { get; init; } = [];
}

/// <summary>A part of a forecast.</summary>
/// <param name="Id">Which one; empty for all others together.</param>
/// <param name="Name">What people call it; the id where nothing else is known.</param>
/// <param name="IsRest">Whether it is all others together.</param>
/// <param name="Forecast">Its forecast, scaled so that the parts add up to the whole.</param>
public sealed record ForecastChild(string Id, string Name, bool IsRest, Forecast Forecast);

/// <summary>The forecast of a scope.</summary>
/// <param name="History">What was spent by calendar day, today excluded, in order; days without calls are left out.</param>
/// <param name="SpentToday">What was spent of the first day of the forecast already.</param>
/// <param name="Forecast">The days to come.</param>
/// <param name="Better">What the backtest says of all methods.</param>
/// <param name="Children">Its parts, dearest first, the rest last.</param>
/// <param name="Pricing">How sure the prices of the history are.</param>
public sealed record ScopeForecast(
    IReadOnlyList<DailyAmount> History, Usd SpentToday, Forecast Forecast, BetterMethod? Better, IReadOnlyList<ForecastChild> Children, PricingTotals Pricing);

/// <summary>
/// Forecasts any scope from one query: its calendar days, and those of its parts. One more tells the gaps where the scope is
/// not the organisation, and where parts are teams or people their names are read too.
/// </summary>
public sealed class ForecastScopes(ISpendQueries spend, SpendCalendar calendar, ReadNames naming)
{
    /// <summary>The most parts that are told apart; all others are one.</summary>
    public const int ChildrenMax = 20;

    /// <summary>Forecasts a scope.</summary>
    public async Task<ScopeForecast> ForecastAsync(ScopeRequest request, CancellationToken cancellationToken)
    {
        var today = calendar.Today;
        var last = today.AddDays(-1);
        var query = QueryOf(request, today);
        var (spent, named) = (spend.SpendAsync(query, cancellationToken), NamesAsync(request, cancellationToken));
        var silent = spend.GapsAsync(query, spent, last, cancellationToken);
        await Task.WhenAll(spent, named, silent);
        var (rows, names, gaps) = (Narrow(request, await spent), await named, await silent);
        if (request.By == ForecastLevel.Engineer)
        {
            names = await naming.WithAsync(names, request.Within, rows.Select(static row => row.User), cancellationToken);
        }

        var spentToday = SpentOn(today, rows);
        var before = rows.Where(row => row.Day < today).ToList();
        var history = SpendCalendar.AmountsOf(before);
        var past = new Past(history.Count == 0 ? today : history[0].Day, last, gaps);
        var study = Forecaster.Study(past.SeriesOf(history), request.Days);
        var whole = study.ToForecast(events: [.. request.Events, calendar.Running(spentToday)]);
        return new(history, spentToday, whole, ForecastSpend.BetterOf(study.Leaderboard), ChildrenOf(request, rows, names, whole, past), PricingTotals.Of(before));
    }

    private static Usd SpentOn(DateOnly day, IEnumerable<SpendRow> rows) => PricingTotals.Of(rows.Where(row => row.Day == day)).Cost;

    private Task<DimensionNames> NamesAsync(ScopeRequest request, CancellationToken cancellationToken) =>
        request.By is ForecastLevel.Team or ForecastLevel.Engineer
            ? naming.WithinAsync(request.Within, cancellationToken)
            : Task.FromResult(DimensionNames.None);

    private SpendQuery QueryOf(ScopeRequest request, DateOnly today)
    {
        var query = new SpendQuery
        {
            Within = request.Within,
            Zone = calendar.Zone,
            Since = today.AddDays(-DailySeries.DaysMax),
            Until = today,
            GroupBy = DimensionsOf(request),
            CostOnly = true,
        };
        return request.Level switch
        {
            ForecastLevel.Team => query with { Team = request.Id },
            ForecastLevel.Project => query with { Project = request.Id },
            ForecastLevel.Engineer => query with { User = request.Id },
            ForecastLevel.Model => query with { Model = request.Id },
            _ => query,
        };
    }

    private static SpendDimension[] DimensionsOf(ScopeRequest request)
    {
        var dimensions = new HashSet<SpendDimension>();
        if (request.Level == ForecastLevel.Project)
        {
            dimensions.Add(SpendDimension.Project);
        }

        if (request.By is { } by)
        {
            dimensions.Add(DimensionOf(by));
        }

        return [.. dimensions];
    }

    /// <summary>A query finds projects by a part of their name; here one is meant.</summary>
    private static IReadOnlyList<SpendRow> Narrow(ScopeRequest request, IReadOnlyList<SpendRow> rows) =>
        request.Level == ForecastLevel.Project ? [.. rows.Where(row => string.Equals(row.Project, request.Id, StringComparison.Ordinal))] : rows;

    private List<ForecastChild> ChildrenOf(ScopeRequest request, IReadOnlyList<SpendRow> rows, DimensionNames names, Forecast whole, Past past)
    {
        if (request.By is not { } by)
        {
            return [];
        }

        var dimension = DimensionOf(by);
        var parts = PartsOf(rows, dimension);
        var series = parts.ConvertAll(part => past.SeriesOf(SpendCalendar.AmountsOf(part.Rows)));
        var studies = series.ConvertAll(part => Forecaster.Study(part, request.Days));
        var pool = ResidualPool.Of(studies.Select(static study => study.Residuals));
        var forecasts = Hierarchy.Reconcile(whole, [.. parts.Select((part, at) => PartOf(series[at], studies[at], pool, SpentOn(past.Last.AddDays(1), part.Rows)))]);
        return [.. parts.Select((part, at) => new ForecastChild(part.Id, names[dimension, part.Id], part.IsRest, forecasts[at]))];
    }

    private ForecastPart PartOf(DailySeries series, Study study, ResidualPool pool, Usd spentToday) =>
        new(series, study.ToForecast(pool, [calendar.Running(Usd.Zero)]), spentToday);

    /// <summary>The dearest parts, today included, and all others as one.</summary>
    private static List<Part> PartsOf(IEnumerable<SpendRow> rows, SpendDimension dimension)
    {
        var ordered = rows.GroupBy(row => row[dimension], StringComparer.Ordinal)
            .OrderByDescending(static part => PricingTotals.Of(part).Cost)
            .ThenBy(static part => part.Key, StringComparer.Ordinal)
            .ToList();
        var parts = ordered.Take(ChildrenMax).Select(static part => new Part(part.Key, IsRest: false, [.. part])).ToList();
        if (ordered.Count > ChildrenMax)
        {
            parts.Add(new(string.Empty, IsRest: true, [.. ordered.Skip(ChildrenMax).SelectMany(static part => part)]));
        }

        return parts;
    }

    private static SpendDimension DimensionOf(ForecastLevel level) => level switch
    {
        ForecastLevel.Team => SpendDimension.Team,
        ForecastLevel.Project => SpendDimension.Project,
        ForecastLevel.Engineer => SpendDimension.User,
        _ => SpendDimension.Model,
    };

    private sealed record Part(string Id, bool IsRest, IReadOnlyList<SpendRow> Rows);

    /// <summary>The days of the whole and of its parts.</summary>
    private sealed record Past(DateOnly First, DateOnly Last, IReadOnlySet<DateOnly> Gaps)
    {
        public DailySeries SeriesOf(IReadOnlyList<DailyAmount> amounts) => DailySeries.FromAmounts(First, Last, amounts, Gaps);
    }
}
