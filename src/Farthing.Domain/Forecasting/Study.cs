using Farthing.Domain.Forecasting.Intervals;

namespace Farthing.Domain.Forecasting;

/// <summary>
/// A series that was looked at once: what every method makes of it, how they did inside its history, and the errors they made.
/// Study all siblings first, pool their errors, then turn each study into its forecast.
/// </summary>
public sealed class Study
{
    /// <summary>The least known days from which there is a forecast.</summary>
    internal const int ForecastDaysMin = 7;

    private const int EarlyDaysMin = 14;
    private const int StandardDaysMin = 56;
    private const decimal ClearlyBetter = 0.95m;

    private readonly DailySeries series;
    private readonly Backtest? backtest;
    private readonly double[] forecasts;
    private readonly double[] means;
    private readonly TrendDirection trend;
    private readonly double unit;

    private Study(DailySeries series, double[] forecasts, Backtest? backtest, TrendDirection trend, double unit)
    {
        this.series = series;
        this.backtest = backtest;
        this.trend = trend;
        this.unit = unit;
        Leaderboard = backtest?.Leaderboard() ?? [];
        Method = Choose(Leaderboard);
        this.forecasts = forecasts;
        means = Means(Method);
        Residuals = backtest?.ErrorsOf(Method, 0, backtest.Origins) ?? Residuals.None;
    }

    /// <summary>How much a forecast of it may be trusted.</summary>
    public ForecastLabel Label => series.Known switch
    {
        < ForecastDaysMin => ForecastLabel.NoForecast,
        < EarlyDaysMin => ForecastLabel.Indicative,
        < StandardDaysMin => ForecastLabel.Early,
        _ => ForecastLabel.Standard,
    };

    /// <summary>The method that was chosen.</summary>
    public ForecastMethod Method { get; }

    /// <summary>All methods that could be tried inside the history, the best first.</summary>
    public IReadOnlyList<MethodScore> Leaderboard { get; }

    /// <summary>The errors of the chosen method, to pool with those of siblings.</summary>
    public Residuals Residuals { get; }

    /// <summary>What a method expects of each day, chosen or not; NaN where it has too little history, nothing without a forecast.</summary>
    public double[] Means(ForecastMethod method) => RobustComb.Of(method, forecasts, forecasts.Length / ForecastMethods.Count).ToArray();

    /// <summary>Looks at a series.</summary>
    /// <param name="series">The series.</param>
    /// <param name="days">How many days to forecast; positive.</param>
    internal static Study Of(DailySeries series, int days)
    {
        if (series.Known < ForecastDaysMin)
        {
            return new(series, [], null, TrendDirection.Stable, unit: 0);
        }

        var comb = new RobustComb(series.Filled);
        var tried = series.Known >= EarlyDaysMin ? Backtest.Run(series, comb, days) : null;
        var ahead = new double[ForecastMethods.Count * days];
        comb.Forecast(series.Filled.Length, days, ahead, isTrial: false);
        var errorUnit = ErrorUnit.Of(Backtest.ScaleOf(series.Filled), comb.Cleaned);
        return new(series, ahead, tried is { Origins: > 0 } ? tried : null, WeeklyTrend.Of(comb.Cleaned), errorUnit);
    }

    /// <summary>Puts intervals around the forecast.</summary>
    /// <param name="pool">The errors of siblings; those of typical series when there are none.</param>
    /// <param name="events">Known events, in the order they work.</param>
    public Forecast ToForecast(ResidualPool? pool = null, IReadOnlyList<KnownEvent>? events = null)
    {
        var siblings = pool ?? ResidualPool.Empty;
        var conformal = new Conformal(Residuals, siblings, Typical, means.Length);
        var (points, factor, least) = PointsOf(conformal, events ?? []);
        return new()
        {
            Label = Label,
            Method = Method,
            Trend = trend,
            Points = points,
            Total = points.Length == 0 ? null : TotalOf(points, conformal, factor, least),
            Leaderboard = Leaderboard,
            Backtest = backtest is null ? null : ScoreOf(backtest, siblings),
        };
    }

    /// <summary>
    /// The best by the backtest, but the combination unless another is clearly better where the members had their say.
    /// </summary>
    private static ForecastMethod Choose(IReadOnlyList<MethodScore> leaderboard)
    {
        var comb = leaderboard.FirstOrDefault(static score => score.Method == ForecastMethod.RobustComb);
        var best = leaderboard.FirstOrDefault(static score => score.Method != ForecastMethod.StraightLine);
        var isTried = best?.Origins >= Backtest.ChoiceOriginsMin
            && leaderboard.Any(static score => score.Method == ForecastMethod.SimpleSmoothing);
        return isTried && best!.Mase < ClearlyBetter * comb!.Mase ? best.Method : ForecastMethod.RobustComb;
    }

    private (ForecastPoint[] Points, double Factor, double Least) PointsOf(Conformal conformal, IReadOnlyList<KnownEvent> events)
    {
        var (eighty, ninetyFive) = (conformal.Daily(Conformal.MiscoverageOf80), conformal.Daily(Conformal.MiscoverageOf95));
        var points = new ForecastPoint[means.Length];
        var (plain, multiplied, least) = (0d, 0d, 0d);
        for (var ahead = 1; ahead <= means.Length; ahead++)
        {
            var day = series.NextDay.AddDays(ahead - 1);
            var overlay = Overlay.On(day, events);
            var mean = Math.Max(0, (means[ahead - 1] * overlay.Factor) + overlay.Added);
            var dollars = unit * overlay.Factor;
            var certain = Math.Max(0, overlay.Added);
            points[ahead - 1] = new(day, ForecastBand.Of(mean, eighty.Of(ahead).Times(dollars), ninetyFive.Of(ahead).Times(dollars), certain));
            least += certain;
            plain += means[ahead - 1];
            multiplied += means[ahead - 1] * overlay.Factor;
        }

        return (points, plain > 0 ? multiplied / plain : 1, least);
    }

    private PeriodTotal TotalOf(ForecastPoint[] points, Conformal conformal, double factor, double least)
    {
        var mean = points.Sum(static point => point.Band.Mean);
        var dollars = unit * factor * points.Length;
        var (eighty, ninetyFive) = (conformal.Total(Conformal.MiscoverageOf80), conformal.Total(Conformal.MiscoverageOf95));
        var band = ForecastBand.Of((double)mean, eighty.Times(dollars), ninetyFive.Times(dollars), least);
        return new(band with { Mean = mean }, conformal, dollars);
    }

    private Residuals Typical => Label == ForecastLabel.Standard ? TypicalErrors.Grown : TypicalErrors.Young;

    private BacktestScore? ScoreOf(Backtest tried, ResidualPool siblings)
    {
        if (Leaderboard.FirstOrDefault(score => score.Method == Method) is not { } mine)
        {
            return null;
        }

        var half = tried.Origins / 2;
        if (half < Backtest.ChoiceOriginsMin / 2)
        {
            return new(mine.Mase, null, null, mine.Origins);
        }

        var earlier = new Conformal(tried.ErrorsOf(Method, 0, half), siblings, Typical, tried.Days);
        return new(
            mine.Mase,
            CoverageOf(tried, half, earlier.Daily(Conformal.MiscoverageOf80)),
            CoverageOf(tried, half, earlier.Daily(Conformal.MiscoverageOf95)),
            mine.Origins);
    }

    private decimal? CoverageOf(Backtest tried, int first, DailyReach reaches)
    {
        var (inside, count) = (0, 0);
        for (var origin = first; origin < tried.Origins; origin++)
        {
            var forecast = tried.Forecast(Method, origin);
            var came = tried.Actual(origin);
            for (var day = 0; day < tried.Days; day++)
            {
                var error = came[day] - forecast[day];
                var reach = reaches.Of(day + 1).Times(tried.UnitAt(origin));
                count += double.IsNaN(error) ? 0 : 1;
                inside += error >= reach.Below && error <= reach.Above ? 1 : 0;
            }
        }

        return count == 0 ? null : Estimate.Round((double)inside / count, Estimate.Decimals);
    }
}
