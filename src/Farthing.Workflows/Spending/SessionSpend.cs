using Farthing.Domain.Money;

namespace Farthing.Workflows.Spending;

/// <summary>In how many sessions there was usage, in one group. What belongs to no session is not counted.</summary>
public sealed record SessionCount : SpendGroup
{
    /// <summary>Distinct sessions: one that lasts over several days counts on each of them, and once where days are not kept apart.</summary>
    public long Sessions { get; init; }
}

/// <summary>
/// What a session used and cost, as far as the query means its calls. A session is an agent and a key; what may change
/// within one is that of its last call.
/// </summary>
public sealed record SessionSpend
{
    /// <summary>The agent.</summary>
    public string Agent { get; init; } = string.Empty;

    /// <summary>The key that the agent gave it.</summary>
    public required string Key { get; init; }

    /// <summary>The version of the agent.</summary>
    public string AgentVersion { get; init; } = string.Empty;

    /// <summary>The team.</summary>
    public string Team { get; init; } = string.Empty;

    /// <summary>The person.</summary>
    public string User { get; init; } = string.Empty;

    /// <summary>The project.</summary>
    public string Project { get; init; } = string.Empty;

    /// <summary>The branch.</summary>
    public string Branch { get; init; } = string.Empty;

    /// <summary>How it is paid for.</summary>
    public string BillingMode { get; init; } = string.Empty;

    /// <summary>The model that cost most, estimates included; of equals the one with more tokens, then by name.</summary>
    public string CostliestModel { get; init; } = string.Empty;

    /// <summary>How many models were called, by the names that reports give them.</summary>
    public int Models { get; init; }

    /// <summary>The time of the first call, to the millisecond.</summary>
    public DateTimeOffset FirstAt { get; init; }

    /// <summary>The time of the last call, to the millisecond.</summary>
    public DateTimeOffset LastAt { get; init; }

    /// <summary>Calls, tokens, cost, and how sure the cost is.</summary>
    public SpendSum Sum { get; init; }

    /// <summary>Where the page after this session begins.</summary>
    public SessionCursor Cursor => new(LastAt, Key, Agent) { Cost = Sum.BestCost };

    /// <summary>The usual order of lists, as <see cref="SessionOrder.LatestFirst"/>.</summary>
    public static int LatestFirst(SessionSpend left, SessionSpend right) => SessionCursor.LatestFirst(left.Cursor, right.Cursor);
}

/// <summary>The order of a list of sessions.</summary>
public enum SessionOrder
{
    /// <summary>The session with the latest call first, then by key and agent.</summary>
    LatestFirst,

    /// <summary>The session that cost most first, estimates included; of equal ones that with the latest call.</summary>
    CostliestFirst,
}

/// <summary>A place in the list of sessions.</summary>
/// <param name="LastAt">The time of the last call of the last session of the page before.</param>
/// <param name="Key">Its key.</param>
/// <param name="Agent">Its agent.</param>
public sealed record SessionCursor(DateTimeOffset LastAt, string Key, string Agent)
{
    /// <summary>What it cost, estimates included; only <see cref="SessionOrder.CostliestFirst"/> looks at it.</summary>
    public Usd Cost { get; init; }

    /// <summary>Compares two places in a list of an order.</summary>
    public static int Compare(SessionOrder by, SessionCursor left, SessionCursor right)
    {
        var order = by == SessionOrder.CostliestFirst ? right.Cost.CompareTo(left.Cost) : 0;
        return order != 0 ? order : LatestFirst(left, right);
    }

    /// <summary>Compares two places in a list of the usual order.</summary>
    public static int LatestFirst(SessionCursor left, SessionCursor right)
    {
        var order = right.LastAt.CompareTo(left.LastAt);
        order = order != 0 ? order : string.CompareOrdinal(left.Key, right.Key);
        return order != 0 ? order : string.CompareOrdinal(left.Agent, right.Agent);
    }
}

/// <summary>Which part of the list of sessions is asked for.</summary>
public sealed record SessionListPage
{
    /// <summary>The most sessions on a page.</summary>
    public const int SizeMax = 500;

    /// <summary>The most sessions that are asked for by key.</summary>
    public const int KeysMax = 2_000;

    /// <summary>
    /// The longest span, in days, whose sessions can be listed by what they cost: all of them are added up for each page, which
    /// takes a tenth of a second for three million calls.
    /// </summary>
    public const int DaysByCostMax = 31;

    /// <summary>How many sessions at most; 1 to <see cref="SizeMax"/>. Those that are asked for by key are all told.</summary>
    public int Limit
    {
        get;
        init => field = value is >= 1 and <= SizeMax
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"A page has 1 to {SizeMax} sessions.");
    } = SizeMax;

    /// <summary>What the list is in order of.</summary>
    public SessionOrder Order { get; init; }

    /// <summary>The place behind which the page begins; null for the first page.</summary>
    public SessionCursor? After { get; init; }

    /// <summary>Only the sessions with these keys, at most <see cref="KeysMax"/>; null for all.</summary>
    public IReadOnlyCollection<string>? Keys
    {
        get;
        init => field = value is null || value.Count <= KeysMax
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value.Count, $"At most {KeysMax} sessions can be asked for by key.");
    }
}

/// <summary>Reads sessions with usage.</summary>
public interface ISessionQueries
{
    /// <summary>Counts distinct sessions, grouped as the query groups, in the order of its rows. Grouping by session or rate card means nothing here.</summary>
    Task<IReadOnlyList<SessionCount>> SessionsAsync(SpendQuery query, CancellationToken cancellationToken);

    /// <summary>What sessions cost, in the order of the page; how the query groups means nothing here.</summary>
    Task<IReadOnlyList<SessionSpend>> SessionSpendAsync(SpendQuery query, SessionListPage page, CancellationToken cancellationToken);
}
