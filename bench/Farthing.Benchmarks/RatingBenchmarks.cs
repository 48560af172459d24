using BenchmarkDotNet.Attributes;
using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Workflows.Pricing;

namespace Farthing.Benchmarks;

/// <summary>How fast calls are priced: from the names that a log spells to the cost of each class, on one thread.</summary>
public class RatingBenchmarks
{
    private const int Megabytes = 10;
    private static readonly string[] Agents = ["claude", "codex"];
    private UsageEvent[] calls = [];
    private Rater rater = null!;

    /// <summary>Reads calls of many models, days, sizes and tiers from generated logs of two agents.</summary>
    [GlobalSetup]
    public void ReadCalls()
    {
        calls = [.. Agents.SelectMany(agent => new GeneratedLogs(agent, Megabytes).Read()).SelectMany(reading => reading.Events)];
        rater = new(EmbeddedCatalog.Load());
        ThroughputColumn.MillionCallsPerSecond.Set(nameof(ResolveAndRate), calls.Length);
        ThroughputColumn.MillionCallsPerSecond.Set(nameof(ResolveUnremembered), calls.Length);
    }

    /// <summary>Prices all calls, as an import does.</summary>
    /// <returns>What they cost, so that nothing is optimised away.</returns>
    [Benchmark]
    public Usd ResolveAndRate()
    {
        var sum = Usd.Zero;
        foreach (var call in calls)
        {
            sum += rater.Rate(call).Cost.Total;
        }

        return sum;
    }

    /// <summary>Finds the row of every call from its names alone: the first step, without what a rater remembers.</summary>
    /// <returns>How many have a row.</returns>
    [Benchmark]
    public int ResolveUnremembered()
    {
        var found = 0;
        foreach (var call in calls)
        {
            found += ModelResolver.Resolve(rater.Catalog, call.Dimensions.Provider, call.Dimensions.Model).Row is null ? 0 : 1;
        }

        return found;
    }
}
