using Farthing.Sources;
using Farthing.Workflows.Metering;

namespace Farthing.Benchmarks;

/// <summary>The invented logs of one agent, in memory.</summary>
internal sealed class GeneratedLogs
{
    private readonly IUsageLogReader reader;
    private readonly List<(string Path, byte[] Content)> files = [];

    /// <summary>Generates logs of both agents and keeps one agent's.</summary>
    public GeneratedLogs(string agent, int megabytes)
    {
        var log = AgentLogRegistry.All.Single(log => log.Agent == agent);
        reader = log.Reader;
        var folder = Directory.CreateTempSubdirectory("farthing-bench-").FullName;
        try
        {
            foreach (var root in log.Roots(new(Repository.GenerateLogs(folder, megabytes), _ => null)).Where(root => Directory.Exists(root.Folder)))
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
    }

    /// <summary>The size of all files.</summary>
    public long Bytes => files.Sum(file => (long)file.Content.Length);

    /// <summary>Reads every file from its start.</summary>
    public IEnumerable<LogReading> Read()
    {
        foreach (var (path, content) in files)
        {
            yield return reader.Read(new MemoryStream(content), new() { Path = path, OpenSession = OpenSession });
        }
    }

    private MemoryStream? OpenSession(string key)
    {
        var (_, content) = files.Find(file => file.Path.Contains(key, StringComparison.Ordinal));
        return content is null ? null : new(content);
    }
}
