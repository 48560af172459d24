using Farthing.Domain.Usage;
using Farthing.Workflows.Access;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sql;

/// <summary>
/// The series of an answer, each with the group it falls into: the texts that the query groups by are compared once per
/// series, never per row. SQL has chosen the rows; what it cannot compare alike everywhere is compared here.
/// </summary>
/// <param name="query">The query.</param>
/// <param name="seriesOf">The dimensions of a series.</param>
internal sealed class SpendScope(SpendQuery query, Func<int, Dimensions> seriesOf)
{
    private const int Outside = -1;

    private readonly Dictionary<GroupLabels, int> numbers = [];
    private readonly List<GroupLabels> labels = [];

    /// <summary>The number of a series' group plus two; one is outside, zero is not known yet.</summary>
    private int[] groups = [];

    /// <summary>Whether the query groups by session.</summary>
    public bool BySession { get; } = query.Groups(SpendDimension.Session);

    /// <summary>Whether the query groups by rate card.</summary>
    public bool ByCard { get; } = query.Groups(SpendDimension.RateCard);

    /// <summary>The labels of the groups, by number.</summary>
    public IReadOnlyList<GroupLabels> Labels => labels;

    /// <summary>The group of a series; negative when the query does not mean it.</summary>
    public int GroupOf(int series)
    {
        if (series >= groups.Length)
        {
            Array.Resize(ref groups, Math.Max(series + 1, groups.Length * 2));
        }

        if (groups[series] == 0)
        {
            var dimensions = seriesOf(series);
            groups[series] = 2 + (IsMeant(dimensions) ? NumberOf(LabelsOf(dimensions)) : Outside);
        }

        return groups[series] - 2;
    }

    /// <summary>The group of a series' group and a session.</summary>
    public int NumberOf(int group, Session session) => NumberOf(labels[group] with { Session = session.Key });

    private static bool IsSame(string? asked, string text) => asked is null || string.Equals(asked, text, StringComparison.Ordinal);

    private static bool HasAllOf(IReadOnlyList<SpendFilter> filters, Dimensions of)
    {
        for (var index = 0; index < filters.Count; index++)
        {
            if (!filters[index].Holds(of))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsMeant(Dimensions of) =>
        string.Equals(of.Org, query.Org, StringComparison.Ordinal)
        && (query.Project is null || of.Project.Contains(query.Project, StringComparison.OrdinalIgnoreCase))
        && (query.Model is null || IsSame(query.Model, of.ReportedModelName))
        && (query.WentTo is null || query.WentTo.Includes(of))
        && IsSame(query.Agent, of.Agent) && IsSame(query.Team, of.Team) && IsSame(query.User, of.User) && IsSame(query.Plan, of.Plan)
        && HasAllOf(query.Only, of)
        && query.Within?.Reach switch
        {
            null or ScopeReach.Org => true,
            ScopeReach.Team => IsSame(query.Within.Id, of.Team),
            ScopeReach.Engineer => IsSame(query.Within.Id, of.User),
            _ => false,
        };

    private GroupLabels LabelsOf(Dimensions of)
    {
        return new()
        {
            Team = Asked(SpendDimension.Team, of.Team),
            User = Asked(SpendDimension.User, of.User),
            Agent = Asked(SpendDimension.Agent, of.Agent),
            Provider = query.Apart is { } apart ? apart.Includes(of) ? apart.Provider : string.Empty : Asked(SpendDimension.Provider, of.Provider),
            Model = query.Groups(SpendDimension.Model) ? of.ReportedModelName : string.Empty,
            BillingMode = Asked(SpendDimension.BillingMode, of.BillingMode),
            Project = Asked(SpendDimension.Project, of.Project),
            Branch = Asked(SpendDimension.Branch, of.Branch),
            Plan = Asked(SpendDimension.Plan, of.Plan),
            Role = Asked(SpendDimension.Role, of.Role),
            ApiKey = Asked(SpendDimension.ApiKey, of.ApiKey),
        };

        string Asked(SpendDimension dimension, string value) => query.Groups(dimension) ? value : string.Empty;
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
