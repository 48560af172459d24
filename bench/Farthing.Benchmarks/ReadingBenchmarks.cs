using BenchmarkDotNet.Attributes;

namespace Farthing.Benchmarks;

/// <summary>How fast the bytes of a log become usage events, on one thread and from memory.</summary>
public class ReadingBenchmarks
{
    private const int Megabytes = 20;
    private GeneratedLogs logs = null!;

    /// <summary>Whose logs.</summary>
    [Params("claude", "codex")]
    public string Agent { get; set; } = string.Empty;

    /// <summary>Generates the logs.</summary>
    [GlobalSetup]
    public void Generate()
    {
        logs = new(Agent, Megabytes);
        ThroughputColumn.MegabytesPerSecond.Set(nameof(Read) + Agent, logs.Bytes);
    }

    /// <summary>Reads all of them.</summary>
    /// <returns>The number of events.</returns>
    [Benchmark]
    public int Read()
    {
        var events = 0;
        foreach (var reading in logs.Read())
        {
            events += reading.Events.Count;
        }

        return events;
    }
}
