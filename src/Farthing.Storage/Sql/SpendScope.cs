using Farthing.Domain.Usage;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sql;

/// <summary>
/// The series that a query means, each with the group it falls into: the texts that the query groups by are compared
/// once per series, never per event.
/// </summary>
internal sealed class SpendScope(SpendQuery query)
{
    private const int Outside = -1;

    private readonly Dictionary<GroupLabels, int> numbers = [];
    private readonly List<GroupLabels> labels = [];

    /// <summary>The number of a series' group plus one; zero is outside.</summary>
    private int[] groups = [];

    /// <summary>Whether the query groups by session.</summary>
    public bool BySession { get; } = IsAsked(query, SpendDimension.Session);

    /// <summary>The labels of the groups, by number.</summary>
    public IReadOnlyList<GroupLabels> Labels => labels;

    /// <summary>Adds a series of the query's organisation and agent.</summary>
    public void Add(int series, SeriesLabels of)
    {
        if (series >= groups.Length)
        {
            Array.Resize(ref groups, Math.Max(series + 1, groups.Length * 2));
        }

        var isMeant = (query.Project is null || of.Project.Contains(query.Project, StringComparison.OrdinalIgnoreCase))
            && (query.Plan is null || string.Equals(of.Plan, query.Plan, StringComparison.Ordinal));
        groups[series] = isMeant
            ? 1 + NumberOf(new(
                Asked(SpendDimension.Agent, of.Agent), Asked(SpendDimension.Model, of.Model), Asked(SpendDimension.Project, of.Project),
                Asked(SpendDimension.Branch, of.Branch), string.Empty, Asked(SpendDimension.Plan, of.Plan), Asked(SpendDimension.Role, of.Role)))
            : 0;
    }

    /// <summary>The group of a series; negative when the query does not mean it.</summary>
    public int GroupOf(int series) => series < groups.Length ? groups[series] - 1 : Outside;

    /// <summary>The group of a series' group and a session.</summary>
    public int NumberOf(int group, Session session) => NumberOf(labels[group] with { Session = session.Key });

    private string Asked(SpendDimension dimension, string value) => IsAsked(query, dimension) ? value : string.Empty;

    private static bool IsAsked(SpendQuery query, SpendDimension dimension)
    {
        // A loop of our own: the library's search over enumerations is compiled at run time.
        for (var index = 0; index < query.GroupBy.Count; index++)
        {
            if (query.GroupBy[index] == dimension)
            {
                return true;
            }
        }

        return false;
    }

    private int NumberOf(GroupLabels group)
    {
        if (!numbers.TryGetValue(group, out var number))
        {
            numbers[group] = number = labels.Count;
            labels.Add(group);
        }

        return number;
    }
}

/// <summary>What spend of a series can be grouped and filtered by; the model as reports name it.</summary>
internal readonly record struct SeriesLabels(string Agent, string Project, string Branch, string Model, string Plan, string Role);

/// <summary>What the rows of a group have in common; empty where the query does not ask.</summary>
internal sealed record GroupLabels(string Agent, string Model, string Project, string Branch, string Session, string Plan, string Role);
