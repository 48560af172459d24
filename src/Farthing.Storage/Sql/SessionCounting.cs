using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sql;

/// <summary>Counts distinct sessions by group and day.</summary>
internal sealed class SessionCounting(SpendQuery query, SpendScope scope)
{
    private const int GroupBits = 28;

    private readonly KeyTable groups = new();
    private readonly List<long> counts = [];
    private readonly HashSet<(int Group, int Head)> seen = [];

    /// <summary>Notes that a session had usage.</summary>
    /// <param name="day">The day, in the query's zone.</param>
    /// <param name="series">The series that was used.</param>
    /// <param name="head">The number that the session has whatever its version.</param>
    public void Note(int day, int series, int head)
    {
        var group = head == 0 ? -1 : scope.GroupOf(series);
        if (group >= 0)
        {
            var index = IndexOf(day, group);
            counts[index] += seen.Add((index, head)) ? 1 : 0;
        }
    }

    /// <summary>Adds sessions that are known to be distinct.</summary>
    public void Add(int day, int series, int sessions)
    {
        if (scope.GroupOf(series) is >= 0 and var group && sessions > 0)
        {
            counts[IndexOf(day, group)] += sessions;
        }
    }

    private int IndexOf(int day, int group)
    {
        var known = groups.Count;
        var index = groups.Add(((query.ByDay ? (ulong)(day + 1) : 0) << GroupBits) | (uint)group);
        if (index == known)
        {
            counts.Add(0);
        }

        return index;
    }

    /// <summary>The counts.</summary>
    public IReadOnlyList<SessionCount> ToCounts()
    {
        var all = new List<SessionCount>();
        for (var index = 0; index < groups.Count; index++)
        {
            var key = groups.Keys[index];
            all.Add(ToCount(
                scope.Labels[(int)(key & ((1UL << GroupBits) - 1))],
                query.ByDay ? LocalDays.DateOf((int)(key >> GroupBits) - 1) : default, counts[index]));
        }

        all.Sort(GroupOrder.Compare);
        return all;
    }

    /// <summary>A query that groups by the same without what means nothing here.</summary>
    public static SpendQuery Without(SpendQuery query) => query with
    {
        GroupBy = [.. query.GroupBy.Where(asked => asked is not (SpendDimension.Session or SpendDimension.RateCard))],
    };

    private static SessionCount ToCount(GroupLabels labels, DateOnly day, long sessions) => new()
    {
        Day = day,
        Team = labels.Team,
        User = labels.User,
        Agent = labels.Agent,
        Provider = labels.Provider,
        Model = labels.Model,
        BillingMode = labels.BillingMode,
        Project = labels.Project,
        Branch = labels.Branch,
        Plan = labels.Plan,
        Role = labels.Role,
        ApiKey = labels.ApiKey,
        Sessions = sessions,
    };
}
