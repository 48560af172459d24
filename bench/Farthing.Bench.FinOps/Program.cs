using System.Diagnostics;
using System.Globalization;
using Farthing.Bench.FinOps;
using Farthing.Storage;
using Farthing.Storage.Postgres.Access;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Spending;

// Farthing.Bench.FinOps fill DATABASE EVENTS | ask DATABASE ROUNDS | visit URL ROUNDS
// DATABASE is the path of a file, or the postgres:// URL of a database; an empty one is filled, a filled one is asked.
// URL is that of a server over a filled one, whose operator's secret is in FARTHING_ADMIN_KEY.
if (args is not [var what and ("fill" or "ask" or "visit"), var where, var numberText])
{
    await Console.Error.WriteLineAsync("Farthing.Bench.FinOps fill DATABASE EVENTS | ask DATABASE ROUNDS | visit URL ROUNDS");
    return 2;
}

var number = long.Parse(numberText, CultureInfo.InvariantCulture);
if (what == "visit")
{
    using var visits = new Visits(new(where), Environment.GetEnvironmentVariable("FARTHING_ADMIN_KEY") ?? string.Empty);
    await visits.TimeAsync((int)number, TellAsync);
}
else if (PostgresUrl.IsMeant(where))
{
    await using var database = await PostgresDatabase.OpenAsync(PostgresUrl.Parse(where), CancellationToken.None);
    using var store = await PostgresStore.OpenAsync(database, TimeZoneInfo.Utc, CancellationToken.None);
    var access = new PostgresAccess(database);
    await DoAsync(store, store, new(access.Teams, access.Engineers, store.Sessions));
}
else
{
    await using var store = SqliteStore.Open(where, TimeZoneInfo.Utc);
    await DoAsync(store, store, new(store.Access.Teams, store.Access.Engineers, store.Sessions));
}

return 0;

Task DoAsync(IUsageStore usage, ISpendQueries spend, Staff staff) => what == "fill" ? FillAsync(usage, staff) : new Questions(spend).TimeAsync((int)number, TellAsync);

async Task FillAsync(IUsageStore usage, Staff staff)
{
    const int BatchMax = 50_000;
    await staff.HireAsync();
    var (stored, writing) = (0L, TimeSpan.Zero);
    foreach (var day in new Company(number).CallsByDay())
    {
        foreach (var batch in day.Chunk(BatchMax))
        {
            var started = Stopwatch.GetTimestamp();
            stored += (await usage.AppendAsync(new UsageBatch(batch, []), CancellationToken.None)).Accepted;
            writing += Stopwatch.GetElapsedTime(started);
        }

        await staff.ReportAsync(day);
    }

    await Console.Out.WriteLineAsync(string.Create(
        CultureInfo.InvariantCulture, $"{stored} events stored in {writing.TotalSeconds:F1} s, {stored / writing.TotalSeconds:F0} a second; {staff.Reported} sessions reported"));
}

static Task TellAsync(string endpoint, Percentiles taken, double busy, string parts) => Console.Out.WriteLineAsync(string.Create(
    CultureInfo.InvariantCulture, $"{endpoint,-36} p50 {taken.Half,7:F1} ms  p95 {taken.Most,7:F1} ms  processor {busy,7:F1} ms   {parts}"));
