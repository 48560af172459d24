using Farthing.Domain.Forecasting;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Forecasting;

/// <summary>What a forecast is asked for.</summary>
public sealed record ForecastRequest
{
    /// <summary>The history.</summary>
    public required SpendRange Range { get; init; }

    /// <summary>How many days to forecast, 1 to <see cref="Forecaster.DaysMax"/>.</summary>
    public required int Days { get; init; }

    /// <summary>What is known to come, in the order it works. Primer's line knows of nothing.</summary>
    public IReadOnlyList<KnownEvent> Events { get; init; } = [];
}

/// <summary>The method that did best on the days that are known, beside Primer's line; lower scores are better.</summary>
/// <param name="Best">The best one; the line itself where it is.</param>
/// <param name="Line">How the line did.</param>
public sealed record BetterMethod(MethodScore Best, MethodScore Line);

/// <summary>The history of a range, Primer's line through it, and the forecast to act upon.</summary>
public sealed record SpendForecast
{
    /// <summary>Primer's line through the days with spend.</summary>
    public required PrimerLine Line { get; init; }

    /// <summary>In how many sessions there was usage, by day.</summary>
    public required IReadOnlyDictionary<DateOnly, long> Sessions { get; init; }

    /// <summary>The forecast by calendar days, today excluded.</summary>
    public required Forecast Forecast { get; init; }

    /// <summary>What thirty days from the first of the forecast are expected to cost, however many were asked for; null when there is no forecast.</summary>
    public required decimal? Month { get; init; }

    /// <summary>What the backtest says; null when the history is too short to try.</summary>
    public required BetterMethod? Better { get; init; }

    /// <summary>How sure the prices of the history are.</summary>
    public required PricingTotals Pricing { get; init; }
}

/// <summary>Forecasts the spend of a range: Primer's line, and ours beside it. Two queries, and one more where the range is not of the whole organisation.</summary>
public sealed class ForecastSpend(ISpendQueries spend, SpendCalendar calendar)
{
    private const int MonthDays = 30;

    /// <summary>Forecasts.</summary>
    public async Task<SpendForecast> ForecastAsync(ForecastRequest request, CancellationToken cancellationToken)
    {
        var query = request.Range.ByDay() with { CostOnly = true };
        var (counting, reading) = (spend.SessionsAsync(request.Range.ByDay(), cancellationToken), spend.SpendAsync(query, cancellationToken));
        var gaps = spend.GapsAsync(query, reading, calendar.LastWholeDay(request.Range), cancellationToken);
        await Task.WhenAll(counting, reading, gaps);
        var (sessions, rows) = (await counting, await reading);
        var series = calendar.SeriesOf(rows, request.Range, await gaps);
        var study = Forecaster.Study(series, request.Days);
        KnownEvent[] events = [.. request.Events, .. Running(rows, request.Range)];
        return new()
        {
            Line = PrimerLine.Through(SpendCalendar.AmountsOf(rows), request.Days),
            Sessions = sessions.GroupBy(static day => day.Day).ToDictionary(static day => day.Key, static day => day.Sum(static group => group.Sessions)),
            Forecast = study.ToForecast(events: events),
            Month = (request.Days == MonthDays ? study : Forecaster.Study(series, MonthDays)).ToForecast(events: events).Total?.Band.Mean,
            Better = BetterOf(study.Leaderboard),
            Pricing = PricingTotals.Of(rows),
        };
    }

    /// <summary>The day that is running, when the range goes on with it and so the forecast begins with it.</summary>
    private IEnumerable<KnownEvent> Running(IEnumerable<SpendRow> rows, SpendRange range) =>
        calendar.HoldsNow(range) ? [calendar.Running(PricingTotals.Of(rows.Where(row => row.Day == calendar.Today)).Cost)] : [];

    /// <summary>The best method and the line; null unless both were tried.</summary>
    public static BetterMethod? BetterOf(IReadOnlyList<MethodScore> leaderboard) =>
        leaderboard.FirstOrDefault(static score => score.Method == ForecastMethod.StraightLine) is { } line ? new(leaderboard[0], line) : null;
}
