using System.Text.Json;
using Farthing.Testing;
using Farthing.Workflows.Metering;

namespace Farthing.Sources.Tests.AgentLogs;

/// <summary>Generated trees of logs come with the exact tokens of every model; reading them must give these.</summary>
public sealed class TruthTests
{
    [Theory]
    [InlineData(1, "clean", "off")]
    [InlineData(2, "clean", "off")]
    [InlineData(3, "traps", "on")]
    [InlineData(4, "traps", "on")]
    public void Tokens_per_model_and_class_equal_the_truth(int seed, string profile, string hazards)
    {
        var tree = Directory.CreateTempSubdirectory("farthing-logs-").FullName;
        try
        {
            Generate(tree, seed, profile, hazards);
            using var truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(tree, "truth.json")));

            foreach (var agent in new[] { "claude", "codex" })
            {
                Counted(tree, agent).ShouldBe(Expected(truth.RootElement.GetProperty(agent)));
            }
        }
        finally
        {
            Directory.Delete(tree, recursive: true);
        }
    }

    private static void Generate(string tree, int seed, string profile, string hazards) =>
        Assert.SkipUnless(GeneratedLogs.TryWrite(tree, seed, profile, hazards), GeneratedLogs.PythonIsMissing);

    private static SortedDictionary<string, long> Counted(string tree, string agent)
    {
        var log = AgentLogRegistry.All.Single(known => known.Agent == agent);
        var files = log.Roots(new AgentEnvironment(Path.Combine(tree, "home"), _ => null))
            .Where(root => Directory.Exists(root.Folder))
            .SelectMany(root => Directory.EnumerateFiles(root.Folder, "*.jsonl", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .ToList();
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var call in LogText.Merge([.. files.Select(file => Read(log.Reader, file, files))]))
        {
            var model = call.Dimensions.Model + (call.Terms.Fast ? "-fast" : string.Empty);
            Add(counts, $"{model} requests", 1);
            Add(counts, $"{model} input", call.Tokens.Input);
            Add(counts, $"{model} cache_read", call.Tokens.CacheRead);
            Add(counts, $"{model} output", call.Tokens.Output);
            Add(counts, agent == "claude" ? $"{model} cache_write_5m" : $"{model} cache_write", call.Tokens.CacheWrite5m);
            Add(counts, agent == "claude" ? $"{model} cache_write_1h" : $"{model} reasoning", agent == "claude" ? call.Tokens.CacheWrite1h : call.Tokens.Reasoning);
            Add(counts, $"{model} web_search", call.WebSearches);
        }

        return counts;
    }

    private static LogReading Read(IUsageLogReader reader, string file, List<string> files)
    {
        using var content = File.OpenRead(file);
        return reader.Read(content, new LogContext
        {
            Path = file,
            OpenSession = thread => files.Find(other => Path.GetFileName(other).Contains(thread, StringComparison.Ordinal)) is { } found
                ? File.OpenRead(found)
                : null,
        });
    }

    private static SortedDictionary<string, long> Expected(JsonElement models)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var model in models.EnumerateObject())
        {
            foreach (var count in model.Value.EnumerateObject())
            {
                Add(counts, $"{model.Name} {count.Name}", count.Value.GetInt64());
            }
        }

        return counts;
    }

    private static void Add(SortedDictionary<string, long> counts, string name, long count)
    {
        if (count > 0)
        {
            counts[name] = counts.GetValueOrDefault(name) + count;
        }
    }
}
