using Farthing.Domain.Money;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Exploring;

/// <summary>Spend by one dimension in the other, and the lines that are shown of it.</summary>
internal sealed class SpendTree
{
    private readonly ExploreRequest request;
    private readonly Node root;

    /// <summary>Gathers rows that are grouped by the dimensions of a request.</summary>
    public SpendTree(ExploreRequest request, IReadOnlyList<SpendRow> rows, DimensionNames names)
    {
        this.request = request;
        root = new(string.Empty, string.Empty, []);
        foreach (var row in rows)
        {
            var (node, part) = (root, SpendSum.Of(row));
            node.Sum += part;
            foreach (var by in request.By)
            {
                node = node.Child(row[by], value => names[by, value]);
                node.Sum += part;
            }
        }
    }

    /// <summary>All of it.</summary>
    public SpendSum Total => root.Sum;

    /// <summary>The groups of the first dimension, the largest first.</summary>
    public IReadOnlyList<(string Value, string Name)> Largest => [.. Ranked(root).Select(static node => (node.Value, node.Name))];

    /// <summary>The lines.</summary>
    public IReadOnlyList<ExploredLine> ToLines()
    {
        var lines = new List<ExploredLine>();
        if (root.Children.Count > 0)
        {
            AddUnder(root, 0, lines);
        }

        return lines;
    }

    private void AddUnder(Node parent, int level, List<ExploredLine> lines)
    {
        var (kept, rest) = Choose(parent, level);
        var sums = kept.ConvertAll(static node => node.Sum);
        if (rest.Count > 0)
        {
            sums.Add(rest.Aggregate(default(SpendSum), static (sum, node) => sum + node.Sum));
        }

        for (var index = 0; index < sums.Count; index++)
        {
            var node = index < kept.Count ? kept[index] : null;
            lines.Add(new()
            {
                Path = node?.Path ?? parent.Path,
                Name = node?.Name ?? string.Empty,
                Level = level,
                Others = node is null ? rest.Count : 0,
                Sum = sums[index],
                Permille = PermilleOf(sums[index]),
            });
            if (node is not null && level + 1 < request.By.Count)
            {
                AddUnder(node, level + 1, lines);
            }
        }
    }

    private int PermilleOf(in SpendSum sum)
    {
        var whole = request.Show.Of(root.Sum);
        return whole > 0 ? (int)Rounding.DivideHalfEven(Int128.Max(request.Show.Of(sum), 0) * ExploredLine.PermilleOfAll, whole) : 0;
    }

    /// <summary>The largest groups by the figure that is shown, in the order that was asked for, and all others.</summary>
    private (List<Node> Kept, List<Node> Others) Choose(Node parent, int level)
    {
        var ranked = Ranked(parent);
        var top = request.TopOf(level);
        // What would be the only other one has a line of its own.
        var kept = ranked.Count <= top + 1 ? ranked : ranked.GetRange(0, top);
        var rest = ranked.GetRange(kept.Count, ranked.Count - kept.Count);
        var ordered = request.Sort is { } sort
            ? kept.OrderByDescending(node => sort.Of(node.Sum)).ThenBy(static node => node.Name, StringComparer.OrdinalIgnoreCase)
            : kept.OrderBy(static node => node.Name, StringComparer.OrdinalIgnoreCase).ThenBy(static node => node.Value, StringComparer.Ordinal);
        return (request.IsReversed ? [.. ordered.Reverse()] : [.. ordered], rest);
    }

    private List<Node> Ranked(Node parent) =>
    [
        .. parent.Children.Values.OrderByDescending(node => request.Show.Of(node.Sum)).ThenByDescending(static node => node.Sum.Calls)
            .ThenBy(static node => node.Value, StringComparer.Ordinal),
    ];

    private sealed class Node(string value, string name, IReadOnlyList<string> path)
    {
        public string Value => value;

        public string Name => name;

        public IReadOnlyList<string> Path => path;

        public SpendSum Sum { get; set; }

        public Dictionary<string, Node> Children { get; } = new(StringComparer.Ordinal);

        public Node Child(string of, Func<string, string> called)
        {
            if (!Children.TryGetValue(of, out var child))
            {
                Children[of] = child = new(of, called(of), [.. path, of]);
            }

            return child;
        }
    }
}
