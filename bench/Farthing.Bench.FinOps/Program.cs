using System.Diagnostics;
using System.Globalization;
using Farthing.Bench.FinOps;
using Farthing.Storage;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Spending;

// Farthing.Bench.FinOps fill DATABASE EVENTS | Farthing.Bench.FinOps ask DATABASE ROUNDS
// DATABASE is the path of a file, or the postgres:// URL of a database; an empty one is filled, a filled one is asked.
if (args is not [var what and ("fill" or "ask"), var where, var numberText])
{
    await Console.Error.WriteLineAsync("Farthing.Bench.FinOps fill DATABASE EVENTS | ask DATABASE ROUNDS");
    return 2;
}

var number = long.Parse(numberText, CultureInfo.InvariantCulture);
if (PostgresUrl.IsMeant(where))
{
    await using var database = await PostgresDatabase.OpenAsync(PostgresUrl.Parse(where), CancellationToken.None);
    using var store = await PostgresStore.OpenAsync(database, TimeZoneInfo.Utc, CancellationToken.None);
    await DoAsync(store, store);
}
else
{
    await using var store = SqliteStore.Open(where, TimeZoneInfo.Utc);
    await DoAsync(store, store);
}

return 0;

Task DoAsync(IUsageStore usage, ISpendQueries spend) => what == "fill" ? FillAsync(usage) : AskAsync(spend);

async Task FillAsync(IUsageStore usage)
{
    const int BatchMax = 50_000;
    var (stored, writing) = (0L, TimeSpan.Zero);
    foreach (var day in new Company(number).CallsByDay())
    {
        foreach (var batch in day.Chunk(BatchMax))
        {
            var started = Stopwatch.GetTimestamp();
            stored += (await usage.AppendAsync(new UsageBatch(batch, []), CancellationToken.None)).Accepted;
            writing += Stopwatch.GetElapsedTime(started);
        }
    }

    await Console.Out.WriteLineAsync(string.Create(
        CultureInfo.InvariantCulture, $"{stored} events stored in {writing.TotalSeconds:F1} s, {stored / writing.TotalSeconds:F0} a second"));
}

async Task AskAsync(ISpendQueries spend) => await new Questions(spend).TimeAsync(
    (int)number,
    (endpoint, half, most, busy, parts) => Console.Out.WriteLineAsync(string.Create(
        CultureInfo.InvariantCulture, $"{endpoint,-28} p50 {half,7:F1} ms  p95 {most,7:F1} ms  processor {busy,7:F1} ms   p50 of each: {parts}")));
