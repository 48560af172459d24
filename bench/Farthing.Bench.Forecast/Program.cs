using System.Globalization;
using Farthing.Bench.Forecast;
using Farthing.Domain.Forecasting;

// Forecasts the series of a file and prints four tables: see bench/forecast.sh.
if (args is not [var path])
{
    await Console.Error.WriteLineAsync("usage: NN5_CSV");
    return 2;
}

var all = Nn5.Read(path);
await PrintAsync("| method | MASE | sMAPE |", "|---|---|---|");
foreach (var (name, mase, smape) in Accuracy.Measure(all))
{
    await PrintAsync(string.Create(CultureInfo.InvariantCulture, $"| {name} | {mase:F3} | {smape:F2} |"));
}

await PrintAsync(
    string.Empty,
    "| history, days | siblings | daily 95 % | daily 80 % | 30 days' total 95 % | 80 % | 56 days' total 95 % | 80 % |",
    "|---|---|---|---|---|---|---|---|");
foreach (var (days, isPooled) in ((int, bool)[])[(120, false), (120, true), (365, false), (365, true)])
{
    var month = Calibration.OfLastDays(all, days, Calibration.MonthDays, isPooled);
    var of = Calibration.OfLastDays(all, days, Nn5.TestDays, isPooled);
    await PrintAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"| {days} | {(isPooled ? "yes" : "no")} | {of.Daily95:F3} | {of.Daily80:F3} | {month.Total95:F3} | {month.Total80:F3} | {of.Total95:F3} | {of.Total80:F3} |"));
}

await PrintAsync(
    string.Empty,
    "| history, days | months | siblings | MASE | OLS | total's APE % | OLS | daily 95 % | daily 80 % | total 95 % | total 80 % |",
    "|---|---|---|---|---|---|---|---|---|---|---|");
foreach (var months in (int[])[Calibration.UnseenMonths, Calibration.AllMonths])
{
    foreach (var (days, isPooled) in ((int, bool)[])[(14, false), (28, false), (56, false), (56, true), (120, false), (120, true), (365, false), (365, true)])
    {
        var of = Calibration.OfMonths(all, days, months, isPooled);
        await PrintAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"| {days} | {months} | {(isPooled ? "yes" : "no")} | {of.Mase:F3} | {of.LineMase:F3} | {of.Ape:F1} | {of.LineApe:F1} | {of.Daily95:F3} | {of.Daily80:F3} | {of.Total95:F3} | {of.Total80:F3} |"));
    }
}

await PrintAsync(string.Empty, "| 365 days of history | ms a series | KB allocated |", "|---|---|---|");
var series = all.Select(static values => DailySeries.Of(new(1996, 3, 18), values)).ToArray();
await TimeAsync("30 days, the combination alone", static one => Forecaster.Means(one, 30));
await TimeAsync("30 days with leaderboard and intervals", static one => Forecaster.Forecast(one, 30));
return 0;

async Task TimeAsync(string name, Func<DailySeries, object> forecast)
{
    var (milliseconds, kilobytes) = Timing.Measure(series, forecast);
    await PrintAsync(string.Create(CultureInfo.InvariantCulture, $"| {name} | {milliseconds:F3} | {kilobytes} |"));
}

static async Task PrintAsync(params string[] lines)
{
    foreach (var line in lines)
    {
        await Console.Out.WriteLineAsync(line);
    }
}
