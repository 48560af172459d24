using System.Runtime.InteropServices;

namespace Farthing.Workflows.Spending.Ccusage;

/// <summary>
/// Finds the few calls whose tokens add up exactly to a difference of counts. Four large numbers per call hardly ever
/// meet by accident, so a match names the calls in question.
/// </summary>
/// <remarks>One instance searches for all differences of a report, and gives up when it has tried enough.</remarks>
internal sealed class SubsetMatch
{
    /// <summary>Differences of more calls than these are not searched.</summary>
    public const int CallsMax = 6;

    private const int CombinationsMax = 400_000;
    private const long AllCombinationsMax = 20_000_000;
    private long tried;

    /// <summary>Finds the smallest set of calls that adds up to a total.</summary>
    /// <param name="total">What they must add up to; no class is negative.</param>
    /// <param name="calls">The calls to choose from.</param>
    /// <param name="isOutputExact">Whether the output must match too; otherwise it may be less than that of the calls.</param>
    /// <returns>The indexes of the calls; null when there is no such set, or too many sets to try.</returns>
    public IReadOnlyList<int>? Find(CcusageTokens total, IReadOnlyList<CcusageTokens> calls, bool isOutputExact)
    {
        var goal = Key(total, isOutputExact);
        int[] usable = [.. Enumerable.Range(0, calls.Count).Where(index => Fits(Key(calls[index], isOutputExact), goal))];
        for (var count = 1; count <= CallsMax && tried <= AllCombinationsMax; count++)
        {
            var search = new Search(goal, [.. usable.Select(index => Key(calls[index], isOutputExact))]);
            var match = search.Find(count);
            tried += search.Tried;
            if (match is { } found)
            {
                int[] chosen = [.. found.Select(index => usable[index])];
                if (isOutputExact || total.Output <= chosen.Sum(index => calls[index].Output))
                {
                    return chosen;
                }
            }
        }

        return null;
    }

    private static CcusageTokens Key(CcusageTokens tokens, bool isOutputExact) => isOutputExact ? tokens : tokens with { Output = 0 };

    private static bool Fits(CcusageTokens part, CcusageTokens whole) =>
        part.Input <= whole.Input && part.CacheWrite <= whole.CacheWrite && part.CacheRead <= whole.CacheRead && part.Output <= whole.Output;

    // Meets in the middle: all halves of one size are tabulated, all of the other looked up.
    private sealed class Search(CcusageTokens goal, CcusageTokens[] calls)
    {
        private readonly Dictionary<CcusageTokens, int[]> halves = [];

        public int Tried { get; private set; }

        public int[]? Find(int count)
        {
            var left = count / 2;
            if (left > 0)
            {
                _ = Visit(left, 0, default, [], Tabulate);
            }

            return Tried <= CombinationsMax ? Visit(count - left, 0, default, [], left > 0 ? Meet : Compare) : null;
        }

        private int[]? Visit(int count, int from, CcusageTokens sum, List<int> chosen, Func<CcusageTokens, List<int>, int[]?> complete)
        {
            if (count == 0)
            {
                Tried++;
                return complete(sum, chosen);
            }

            for (var index = from; index <= calls.Length - count && Tried <= CombinationsMax; index++)
            {
                var next = sum + calls[index];
                if (!Fits(next, goal))
                {
                    continue;
                }

                chosen.Add(index);
                if (Visit(count - 1, index + 1, next, chosen, complete) is { } found)
                {
                    return found;
                }

                chosen.RemoveAt(chosen.Count - 1);
            }

            return null;
        }

        private int[]? Tabulate(CcusageTokens sum, List<int> chosen)
        {
            halves.TryAdd(sum, [.. chosen]);
            return null;
        }

        private int[]? Compare(CcusageTokens sum, List<int> chosen) => sum == goal ? [.. chosen] : null;

        private int[]? Meet(CcusageTokens sum, List<int> chosen) =>
            halves.TryGetValue(goal - sum, out var other) && !CollectionsMarshal.AsSpan(chosen).ContainsAny(other) ? [.. other, .. chosen] : null;
    }
}
