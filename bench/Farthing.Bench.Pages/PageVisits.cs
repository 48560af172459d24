using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Farthing.Bench.FinOps;

namespace Farthing.Bench.Pages;

/// <summary>Visits pages again and again and tells of each how long it took, what it weighs and what it asked.</summary>
/// <param name="client">Signed in.</param>
/// <param name="drawing">A browser; null where there is none.</param>
/// <param name="queries">How many queries the newest page asked.</param>
internal sealed partial class PageVisits(HttpClient client, Drawing? drawing, Func<int> queries)
{
    private const int WarmUps = 3;
    private const int DrawnTimes = 3;

    private readonly Dictionary<string, int> weights = new(StringComparer.Ordinal);

    /// <summary>The row of a page.</summary>
    public async Task<string> MeasureAsync(string path, int rounds)
    {
        var times = new double[rounds];
        var html = string.Empty;
        for (var turn = -WarmUps; turn < rounds; turn++)
        {
            var started = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            var passed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            answer.EnsureSuccessStatusCode();
            html = await answer.Content.ReadAsStringAsync();
            if (turn >= 0)
            {
                times[turn] = passed;
            }
        }

        var (asked, size, taken) = (queries(), Encoding.UTF8.GetByteCount(html), Percentiles.Of(times));
        var (drawn, files) = (await DrawAsync(path), await WeighFilesAsync(html));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| `{path}` | {taken.Half:F1} | {taken.Most:F1} | {drawn:F0} | {size / 1024} | {(size + files) / 1024} | {asked} |");
    }

    [GeneratedRegex("/assets/[^\"]+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Files();

    private async Task<double?> DrawAsync(string path)
    {
        var drawn = new List<double>();
        for (var turn = 0; turn < DrawnTimes && drawing is not null; turn++)
        {
            drawn.Add(await drawing.VisitAsync(path));
        }

        return drawn.Count == 0 ? null : Percentiles.Of(drawn).Half;
    }

    /// <summary>The bytes of the files that a page loads, without the chart library.</summary>
    private async Task<int> WeighFilesAsync(string html)
    {
        var sum = 0;
        foreach (var file in Files().Matches(html).Select(static file => file.Value).Distinct().Where(static file => !file.Contains("echarts", StringComparison.Ordinal)))
        {
            if (!weights.TryGetValue(file, out var weight))
            {
                weights[file] = weight = (await client.GetByteArrayAsync(new Uri(file, UriKind.Relative))).Length;
            }

            sum += weight;
        }

        return sum;
    }
}
