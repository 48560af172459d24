using System.Diagnostics;
using Farthing.Domain.Forecasting;

namespace Farthing.Bench.Forecast;

/// <summary>What one forecast costs: the mean over the series of the best of some rounds, because others use the machine too.</summary>
internal static class Timing
{
    private const int Rounds = 30;

    /// <summary>Times a forecast.</summary>
    public static (double Milliseconds, long Kilobytes) Measure(DailySeries[] series, Func<DailySeries, object> forecast)
    {
        var best = new double[series.Length];
        Array.Fill(best, double.MaxValue);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++)
        {
            for (var one = 0; one < series.Length; one++)
            {
                var start = Stopwatch.GetTimestamp();
                forecast(series[one]);
                best[one] = Math.Min(best[one], Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / (Rounds * series.Length);
        return (best.Average(), allocated / 1024);
    }
}
