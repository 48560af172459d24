using System.Globalization;
using Farthing.Domain.Money;
using Farthing.Domain.Usage;

namespace Farthing.Testing;

/// <summary>Calls of a small synthetic tree as <c>bench/ccusage_golden.py</c> wrote them.</summary>
public static class CallsFile
{
    /// <summary>The folder with the trees, from the root of the repository.</summary>
    public const string Folder = "tests/Farthing.Workflows.Tests/Golden/Ccusage";

    private const string Header = "agent,time,session,model,input,cache_read,cache_write_5m,cache_write_1h,output,web_search,fast,request_id,reported";

    /// <summary>The path of a file of a tree.</summary>
    public static string PathOf(string tree, string file) => Path.Combine(Repository.Root, Folder, tree, file);

    /// <summary>Reads the calls of a tree.</summary>
    /// <exception cref="InvalidOperationException">The file has other columns.</exception>
    public static IReadOnlyList<UsageEvent> Read(string tree)
    {
        var lines = File.ReadAllLines(PathOf(tree, "calls.csv"));
        return lines[0] == Header ? [.. lines.Skip(1).Select(ReadCall)] : throw new InvalidOperationException($"The calls of {tree} have other columns.");
    }

    private static UsageEvent ReadCall(string line, int index)
    {
        var fields = line.Split(',');
        var at = DateTimeOffset.Parse(fields[1], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return new()
        {
            Id = EventId.Create(at, Dimensions.LocalOrg, fields[0], index.ToString(CultureInfo.InvariantCulture)),
            OccurredAt = at,
            Dimensions = new() { Agent = fields[0], Model = fields[3] },
            Session = new(fields[2], string.Empty, string.Empty),
            Tokens = new() { Input = Count(4), CacheRead = Count(5), CacheWrite5m = Count(6), CacheWrite1h = Count(7), Output = Count(8) },
            WebSearches = (int)Count(9),
            Terms = new(ServiceTier.Standard, fields[10] == "1", string.Empty),
            RequestAlias = fields[11] == "1" ? index : null,
            ReportedCost = fields[12].Length == 0 ? null : Usd.FromDecimal(decimal.Parse(fields[12], NumberStyles.Float, CultureInfo.InvariantCulture)),
            Line = index + 2,
        };

        long Count(int field) => long.Parse(fields[field], CultureInfo.InvariantCulture);
    }
}
