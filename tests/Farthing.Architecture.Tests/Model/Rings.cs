namespace Farthing.Architecture.Tests.Model;

/// <summary>Rings in a set of arrows.</summary>
internal static class Rings
{
    /// <summary>
    /// Finds a shortest ring through each node that lies on one and on no ring found before, written as
    /// <c>A -> B -> A</c>. Arrows from a node to itself are no rings.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<string>> Find(IEnumerable<(string From, string To)> arrows)
    {
        var next = arrows.Where(arrow => arrow.From != arrow.To).Distinct()
            .OrderBy(arrow => arrow.To, StringComparer.Ordinal)
            .ToLookup(arrow => arrow.From, arrow => arrow.To, StringComparer.Ordinal);
        var rings = new List<IReadOnlyList<string>>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in next.Select(group => group.Key).Order(StringComparer.Ordinal))
        {
            if (!known.Contains(start) && Through(start, next) is { } ring)
            {
                known.UnionWith(ring);
                rings.Add(ring);
            }
        }

        return rings;
    }

    private static List<string>? Through(string start, ILookup<string, string> next)
    {
        var cameFrom = new Dictionary<string, string>(StringComparer.Ordinal);
        var waiting = new Queue<string>([start]);
        while (waiting.TryDequeue(out var node))
        {
            foreach (var target in next[node])
            {
                if (target == start)
                {
                    return PathBack(start, node, cameFrom);
                }

                if (cameFrom.TryAdd(target, node))
                {
                    waiting.Enqueue(target);
                }
            }
        }

        return null;
    }

    private static List<string> PathBack(string start, string last, Dictionary<string, string> cameFrom)
    {
        List<string> path = [start, last];
        while (path[^1] != start)
        {
            path.Add(cameFrom[path[^1]]);
        }

        path.Reverse();
        return path;
    }
}
