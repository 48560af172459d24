using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sql;

/// <summary>Counts distinct sessions in rows that are grouped by session and agent besides what was asked.</summary>
internal static class SessionCounting
{
    /// <summary>The query whose rows are to be counted.</summary>
    public static SpendQuery Rows(SpendQuery query) => query with
    {
        GroupBy = [.. query.GroupBy.Where(asked => asked != SpendDimension.RateCard), SpendDimension.Session, SpendDimension.Agent],
    };

    /// <summary>Counts.</summary>
    public static IReadOnlyList<SessionCount> Count(SpendQuery query, IReadOnlyList<SpendRow> rows)
    {
        var byAgent = query.Groups(SpendDimension.Agent);
        var sessions = new Dictionary<SessionCount, HashSet<(string Agent, string Key)>>();
        foreach (var row in rows)
        {
            if (row.Session.Length == 0)
            {
                continue;
            }

            var group = LabelsOf(row, byAgent);
            if (!sessions.TryGetValue(group, out var keys))
            {
                sessions.Add(group, keys = []);
            }

            keys.Add((row.Agent, row.Session));
        }

        var counts = sessions.Select(group => group.Key with { Sessions = group.Value.Count }).ToList();
        counts.Sort(GroupOrder.Compare);
        return counts;
    }

    private static SessionCount LabelsOf(SpendRow row, bool byAgent) => new()
    {
        Day = row.Day,
        Team = row.Team,
        User = row.User,
        Agent = byAgent ? row.Agent : string.Empty,
        Provider = row.Provider,
        Model = row.Model,
        BillingMode = row.BillingMode,
        Project = row.Project,
        Branch = row.Branch,
        Plan = row.Plan,
        Role = row.Role,
    };
}
