using System.Diagnostics;
using System.Text.Json;
using Farthing.Testing;

namespace Farthing.Tests.Importing;

/// <summary>From generated logs through the store to the report: tokens per model and class are those that were generated.</summary>
public sealed class TruthTests : IDisposable
{
    private readonly Machine machine = new();

    public void Dispose() => machine.Dispose();

    [Theory]
    [InlineData(21, "clean", "off")]
    [InlineData(22, "clean", "off")]
    [InlineData(23, "traps", "on")]
    [InlineData(24, "traps", "on")]
    public async Task Reported_tokens_equal_the_truth(int seed, string profile, string hazards)
    {
        var tree = Path.GetDirectoryName(machine.Home)!;
        Generate(tree, seed, profile, hazards);
        using var truth = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(tree, "truth.json"), TestContext.Current.CancellationToken));

        foreach (var agent in new[] { "claude", "codex" })
        {
            var answer = await machine.RunAsync("monthly", "--json", "--breakdown", "--agent", agent);
            Reported(answer.Out).ShouldBe(Expected(truth.RootElement.GetProperty(agent)));
        }
    }

    [Fact]
    public async Task An_import_that_is_killed_again_and_again_ends_as_one_that_was_not()
    {
        Generate(Path.GetDirectoryName(machine.Home)!, 25, "traps", "on");
        var whole = await machine.RunAsync("session", "--json");
        Directory.Delete(machine.Data, recursive: true);

        // Later and later into start, reading, writing and reporting; the last rounds may come to their end.
        for (var milliseconds = 40; milliseconds <= 600; milliseconds += 40)
        {
            await KillAfterAsync(milliseconds);
        }

        (await machine.RunAsync("session", "--json")).Out.ShouldBe(whole.Out);
    }

    private static void Generate(string tree, int seed, string profile, string hazards) =>
        Assert.SkipUnless(GeneratedLogs.TryWrite(tree, seed, profile, hazards), GeneratedLogs.PythonIsMissing);

    private async Task KillAfterAsync(int milliseconds)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Host).Assembly.Location, "daily", "--json"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["HOME"] = machine.Home;
        start.Environment[Settings.DataName] = machine.Data;
        start.Environment[Settings.TimeZoneName] = "UTC";
        using var process = Process.Start(start)!;
        var drained = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(milliseconds))
        {
            process.Kill();
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await drained;
    }

    private static SortedDictionary<string, long> Reported(string json)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        using var report = JsonDocument.Parse(json);
        foreach (var breakdown in report.RootElement.GetProperty("monthly").EnumerateArray().SelectMany(row => row.GetProperty("modelBreakdowns").EnumerateArray()))
        {
            var model = breakdown.GetProperty("modelName").GetString()!;
            Add(counts, $"{model} input", breakdown.GetProperty("inputTokens").GetInt64());
            Add(counts, $"{model} output", breakdown.GetProperty("outputTokens").GetInt64());
            Add(counts, $"{model} cache_read", breakdown.GetProperty("cacheReadTokens").GetInt64());
            Add(counts, $"{model} cache_write", breakdown.GetProperty("cacheCreationTokens").GetInt64());
        }

        return counts;
    }

    private static SortedDictionary<string, long> Expected(JsonElement models)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var model in models.EnumerateObject())
        {
            foreach (var count in model.Value.EnumerateObject().Where(count => count.Name is not ("requests" or "web_search" or "reasoning")))
            {
                Add(counts, $"{model.Name} {(count.Name.StartsWith("cache_write", StringComparison.Ordinal) ? "cache_write" : count.Name)}", count.Value.GetInt64());
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
