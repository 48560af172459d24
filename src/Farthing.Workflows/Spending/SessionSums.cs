using Farthing.Domain.Usage;

namespace Farthing.Workflows.Spending;

/// <summary>Adds up calls, or sums of them, by session. The order of what is added does not matter.</summary>
public sealed class SessionSums
{
    private readonly Dictionary<(string Agent, string Key), Builder> sessions = [];

    /// <summary>How many sessions there are.</summary>
    public int Count => sessions.Count;

    /// <summary>Adds one call.</summary>
    public void Add(PricedCall call)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(call.Usage.OccurredAt.ToUnixTimeMilliseconds());
        Add(call.Usage.Dimensions, call.Usage.Session, at, at, SpendSum.Of(call));
    }

    /// <summary>Adds what calls of one series and one session have in common, the times of the first and the last of them, and their sum.</summary>
    public void Add(Dimensions dimensions, Session session, DateTimeOffset firstAt, DateTimeOffset lastAt, in SpendSum sum)
    {
        if (session.Key.Length == 0)
        {
            return;
        }

        var key = (dimensions.Agent, session.Key);
        if (!sessions.TryGetValue(key, out var builder))
        {
            sessions.Add(key, builder = new());
        }

        builder.Add(new(dimensions, session.AgentVersion, lastAt), firstAt, sum);
    }

    /// <summary>The sessions, in some order.</summary>
    public IReadOnlyList<SessionSpend> ToList(SessionOrder order = SessionOrder.LatestFirst)
    {
        var list = new List<SessionSpend>(sessions.Count);
        foreach (var (key, builder) in sessions)
        {
            list.Add(builder.Build(key.Key));
        }

        list.Sort((left, right) => SessionCursor.Compare(order, left.Cursor, right.Cursor));
        return list;
    }

    /// <summary>The sessions of a page of the list.</summary>
    public IReadOnlyList<SessionSpend> ToPage(SessionListPage page)
    {
        var sorted = ToList(page.Order);
        var keys = page.Keys?.ToHashSet(StringComparer.Ordinal);
        return
        [
            .. sorted
                .Where(session => page.After is not { } after || SessionCursor.Compare(page.Order, session.Cursor, after) > 0)
                .Where(session => keys is null || keys.Contains(session.Key))
                .Take(keys is null ? page.Limit : int.MaxValue),
        ];
    }

    private sealed record Latest(Dimensions Of, string Version, DateTimeOffset At)
    {
        /// <summary>Later is before; of the same millisecond the one that sorts first by its texts.</summary>
        public bool IsBefore(Latest other) => At != other.At ? At > other.At : string.CompareOrdinal(Text, other.Text) < 0;

        private string Text => string.Join('\0', Of.Team, Of.User, Of.Project, Of.Branch, Of.BillingMode, Version);
    }

    private sealed class Builder
    {
        private readonly Dictionary<string, SpendSum> models = new(StringComparer.Ordinal);
        private Latest? latest;
        private DateTimeOffset firstAt = DateTimeOffset.MaxValue;

        public void Add(Latest part, DateTimeOffset first, in SpendSum sum)
        {
            latest = latest is null || part.IsBefore(latest) ? part : latest;
            firstAt = first < firstAt ? first : firstAt;
            var model = part.Of.ReportedModelName;
            models[model] = models.GetValueOrDefault(model) + sum;
        }

        public SessionSpend Build(string key)
        {
            var (of, version, lastAt) = latest!;
            var (costliest, sum) = (string.Empty, default(SpendSum));
            foreach (var (model, part) in models)
            {
                sum += part;
                costliest = costliest.Length == 0 || IsCostlier(model, costliest) ? model : costliest;
            }

            return new()
            {
                Agent = of.Agent,
                Key = key,
                AgentVersion = version,
                Team = of.Team,
                User = of.User,
                Project = of.Project,
                Branch = of.Branch,
                BillingMode = of.BillingMode,
                CostliestModel = costliest,
                Models = models.Count,
                FirstAt = firstAt,
                LastAt = lastAt,
                Sum = sum,
            };
        }

        private bool IsCostlier(string model, string than)
        {
            var (left, right) = (models[model], models[than]);
            var order = left.BestCost.CompareTo(right.BestCost);
            order = order != 0 ? order : left.TotalTokens.CompareTo(right.TotalTokens);
            return order != 0 ? order > 0 : string.CompareOrdinal(model, than) < 0;
        }
    }
}
