using System.Diagnostics;
using System.Globalization;
using System.Net;
using Farthing.Bench.Intake;

// Sends usage to a running server for some seconds and prints one row: see bench/intake.sh.
if (args is not [var host, var adminKey, var name, var connections, var events, var seconds, var server])
{
    await Console.Error.WriteLineAsync("usage: HOST:PORT ADMIN_KEY NAME CONNECTIONS EVENTS_PER_REQUEST SECONDS SERVER_PID");
    return 2;
}

const int WarmUpSeconds = 2;
var start = Stopwatch.GetTimestamp() + (WarmUpSeconds * Stopwatch.Frequency);
var load = new Load
{
    Host = IPEndPoint.Parse(host),
    AdminKey = adminKey,
    EventsPerRequest = int.Parse(events, CultureInfo.InvariantCulture),
    Duplicates = name.Contains("duplicates", StringComparison.Ordinal),
    Start = start,
    End = start + (int.Parse(seconds, CultureInfo.InvariantCulture) * Stopwatch.Frequency),
};
var senders = Enumerable.Range(0, int.Parse(connections, CultureInfo.InvariantCulture)).Select(number => new Sender(load, number)).ToList();
using var watched = Process.GetProcessById(int.Parse(server, CultureInfo.InvariantCulture));
var running = senders.Select(sender => sender.RunAsync(CancellationToken.None)).ToList();
await Task.Delay(TimeSpan.FromSeconds(WarmUpSeconds), TimeProvider.System);
var serverBefore = CpuOf(watched);
var clientBefore = Environment.CpuUsage.TotalTime;
await Task.WhenAll(running);
var (serverCpu, clientCpu) = (CpuOf(watched) - serverBefore, Environment.CpuUsage.TotalTime - clientBefore);

var latencies = senders.SelectMany(static sender => sender.Latencies).Order().ToList();
var elapsed = Stopwatch.GetElapsedTime(load.Start).TotalSeconds;
var row = string.Join(
    " | ",
    name,
    connections,
    events,
    Whole(senders.Sum(static sender => sender.Told) / elapsed),
    Whole(latencies.Count / elapsed),
    Milliseconds(0.50m),
    Milliseconds(0.99m),
    (serverCpu.TotalSeconds / elapsed).ToString("F2", CultureInfo.InvariantCulture),
    (clientCpu.TotalSeconds / elapsed).ToString("F2", CultureInfo.InvariantCulture),
    Whole(watched.WorkingSet64 / 1024d / 1024d));
await Console.Out.WriteLineAsync($"| {row} |");
return 0;

static TimeSpan CpuOf(Process process)
{
    process.Refresh();
    return process.TotalProcessorTime;
}

static string Whole(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

string Milliseconds(decimal share) => Stopwatch.GetElapsedTime(0, latencies[(int)((latencies.Count - 1) * share)]).TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture);
