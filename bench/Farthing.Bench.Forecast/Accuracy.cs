using Farthing.Domain.Forecasting;

namespace Farthing.Bench.Forecast;

/// <summary>The error of each method over the last 56 days, forecast from the 365 days before them.</summary>
internal static class Accuracy
{
    private static readonly DateOnly FirstDay = new(1996, 3, 18);

    /// <summary>One row a method, in the order they are printed.</summary>
    public static IEnumerable<(string Name, double Mase, double Smape)> Measure(double[][] all)
    {
        foreach (var (name, forecast) in Methods())
        {
            var (mase, smape) = (0d, 0d);
            foreach (var values in all)
            {
                var history = values.AsSpan(0, values.Length - Nn5.TestDays);
                var came = values.AsSpan(history.Length);
                var means = forecast(DailySeries.Of(FirstDay, history));
                mase += Scores.Mase(came, means, Scores.Scale(history)) / all.Length;
                smape += Scores.Smape(came, means) / all.Length;
            }

            yield return (name, mase, smape);
        }
    }

    private static IEnumerable<(string Name, Func<DailySeries, double[]> Forecast)> Methods()
    {
        yield return ("OLS line", static series => Baselines.StraightLine(series, Nn5.TestDays));
        yield return ("seasonal naive", static series => Baselines.SeasonalNaive(series, Nn5.TestDays));
        yield return ("SES, deseasonalised", static series => Baselines.SimpleSmoothing(series, Nn5.TestDays));
        yield return ("Theta", static series => Baselines.Theta(series, Nn5.TestDays));
        yield return ("member: weekday mean", Member(ForecastMethod.WeekdayMean));
        yield return ("member: SES of cleaned days", Member(ForecastMethod.SimpleSmoothing));
        yield return ("member: damped Theta", Member(ForecastMethod.DampedTheta));
        yield return ("member: damped Holt-Winters", Member(ForecastMethod.DampedHoltWinters));
        yield return ("**RobustComb**", Member(ForecastMethod.RobustComb));
        yield return ("**chosen by backtest**", static series =>
            Forecaster.Study(series, Nn5.TestDays) is var study ? study.Means(study.Method) : []);
    }

    private static Func<DailySeries, double[]> Member(ForecastMethod method) =>
        series => Forecaster.Study(series, Nn5.TestDays).Means(method);
}
