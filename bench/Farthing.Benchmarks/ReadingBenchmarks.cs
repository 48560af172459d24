using BenchmarkDotNet.Attributes;
using Farthing.Sources.AgentLogs;
using Farthing.Workflows.Metering;

namespace Farthing.Benchmarks;

/// <summary>How fast the bytes of a log become usage events, on one thread and from memory.</summary>
public class ReadingBenchmarks
{
    private const int Megabytes = 20;
    private readonly List<(string Path, byte[] Content)> files = [];
    private IUsageLogReader reader = null!;

    /// <summary>Whose logs.</summary>
    [Params("claude", "codex")]
    public string Agent { get; set; } = string.Empty;

    /// <summary>Generates logs and reads them into memory.</summary>
    [GlobalSetup]
    public void ReadFiles()
    {
        var folder = Directory.CreateTempSubdirectory("farthing-bench-").FullName;
        try
        {
            var home = Repository.GenerateLogs(folder, Megabytes);
            var log = AgentLogs.All.Single(log => log.Agent == Agent);
            reader = log.Reader;
            foreach (var root in log.Roots(new(home, _ => null)).Where(root => Directory.Exists(root.Folder)))
            {
                files.AddRange(Directory.EnumerateFiles(root.Folder, "*", SearchOption.AllDirectories)
                    .Where(path => root.Suffixes.Any(suffix => path.EndsWith(suffix, StringComparison.Ordinal)))
                    .Order(StringComparer.Ordinal)
                    .Select(path => (path, File.ReadAllBytes(path))));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        ThroughputColumn.MegabytesPerSecond.Set(nameof(Read) + Agent, files.Sum(file => (double)file.Content.Length));
    }

    /// <summary>Reads every file from its start.</summary>
    /// <returns>The number of events.</returns>
    [Benchmark]
    public int Read()
    {
        var events = 0;
        foreach (var (path, content) in files)
        {
            events += reader.Read(new MemoryStream(content), new() { Path = path, OpenSession = OpenSession }).Events.Count;
        }

        return events;
    }

    private MemoryStream? OpenSession(string key)
    {
        foreach (var (path, content) in files)
        {
            if (path.Contains(key, StringComparison.Ordinal))
            {
                return new(content);
            }
        }

        return null;
    }
}
