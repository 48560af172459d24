using Farthing.Domain.Usage;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sql;

/// <summary>
/// The series that a query means, each with the group it falls into: the texts that the query groups by are compared
/// once per series, never per event.
/// </summary>
internal sealed class SpendScope(SpendQuery query)
{
    /// <summary>The columns that <see cref="Add"/> wants of a series, behind its id.</summary>
    public const string Columns = """id, agent, project, branch, model, speed, plan, role, team, series."user", provider, billing_mode""";

    private const int Outside = -1;

    private readonly Dictionary<GroupLabels, int> numbers = [];
    private readonly List<GroupLabels> labels = [];

    /// <summary>The number of a series' group plus one; zero is outside.</summary>
    private int[] groups = [];

    /// <summary>Whether the query groups by session.</summary>
    public bool BySession { get; } = query.Groups(SpendDimension.Session);

    /// <summary>Whether the query groups by rate card.</summary>
    public bool ByCard { get; } = query.Groups(SpendDimension.RateCard);

    /// <summary>The labels of the groups, by number.</summary>
    public IReadOnlyList<GroupLabels> Labels => labels;

    /// <summary>The query's series.</summary>
    public static SqlText Select(SpendQuery query) => new SqlText().Add($"SELECT {Columns} FROM series WHERE").AddConditions(query);

    /// <summary>Adds a series that <see cref="Select"/> yields; false when the query does not mean it after all.</summary>
    public bool Add(int series, ISqlRow row)
    {
        if (series >= groups.Length)
        {
            Array.Resize(ref groups, Math.Max(series + 1, groups.Length * 2));
        }

        var (project, model) = (row.Text(2), Dimensions.ReportedModel(row.Text(4), row.Text(5)));
        var isMeant = (query.Project is null || project.Contains(query.Project, StringComparison.OrdinalIgnoreCase))
            && (query.Model is null || string.Equals(model, query.Model, StringComparison.Ordinal));
        groups[series] = isMeant ? 1 + NumberOf(LabelsOf(row, project, model)) : 0;
        return isMeant;
    }

    /// <summary>The group of a series; negative when the query does not mean it.</summary>
    public int GroupOf(int series) => series < groups.Length ? groups[series] - 1 : Outside;

    /// <summary>The group of a series' group and a session.</summary>
    public int NumberOf(int group, Session session) => NumberOf(labels[group] with { Session = session.Key });

    private GroupLabels LabelsOf(ISqlRow row, string project, string model)
    {
        return new()
        {
            Agent = Asked(SpendDimension.Agent, 1),
            Project = query.Groups(SpendDimension.Project) ? project : string.Empty,
            Branch = Asked(SpendDimension.Branch, 3),
            Model = query.Groups(SpendDimension.Model) ? model : string.Empty,
            Plan = Asked(SpendDimension.Plan, 6),
            Role = Asked(SpendDimension.Role, 7),
            Team = Asked(SpendDimension.Team, 8),
            User = Asked(SpendDimension.User, 9),
            Provider = Asked(SpendDimension.Provider, 10),
            BillingMode = Asked(SpendDimension.BillingMode, 11),
        };

        string Asked(SpendDimension dimension, int column) => query.Groups(dimension) ? row.Text(column) : string.Empty;
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

/// <summary>What the rows of a group have in common, without the day; empty where the query does not ask.</summary>
internal sealed record GroupLabels : SpendGroup;
