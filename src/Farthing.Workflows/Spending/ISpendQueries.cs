using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Spending;

/// <summary>A dimension that spend can be grouped by.</summary>
public enum SpendDimension
{
    /// <summary>The coding agent.</summary>
    Agent,

    /// <summary>The model as the source spells it.</summary>
    Model,

    /// <summary>The project.</summary>
    Project,

    /// <summary>The branch.</summary>
    Branch,

    /// <summary>The session; read from raw events, not from the rollup.</summary>
    Session,

    /// <summary>The plan: a unit of agent work.</summary>
    Plan,

    /// <summary>The role of the call within the agent: planner, coder, builder …</summary>
    Role,
}

/// <summary>Which spend is meant.</summary>
public sealed record SpendQuery
{
    /// <summary>Whose spend.</summary>
    public string Org { get; init; } = Dimensions.LocalOrg;

    /// <summary>The first day, included; null for all history.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>The last day, included; null for no end.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Whose days are meant.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Only this agent; null for all.</summary>
    public string? Agent { get; init; }

    /// <summary>Only projects that contain this text (ordinal, case ignored); null for all.</summary>
    public string? Project { get; init; }

    /// <summary>Only this plan; null for all.</summary>
    public string? Plan { get; init; }

    /// <summary>What to group by besides the day. Empty: one row a day and pricing status.</summary>
    public IReadOnlyList<SpendDimension> GroupBy { get; init; } = [];

    /// <summary>Whether rows are kept apart by day; otherwise <see cref="SpendRow.Day"/> is the first day of the group.</summary>
    public bool ByDay { get; init; } = true;
}

/// <summary>What was spent, in one group. Dimensions that were not asked for are empty.</summary>
public sealed record SpendRow
{
    /// <summary>The day in the query's time zone.</summary>
    public DateOnly Day { get; init; }

    /// <summary>The agent.</summary>
    public string Agent { get; init; } = string.Empty;

    /// <summary>The model as reports name it, see <see cref="Dimensions.ReportedModel"/>.</summary>
    public string Model { get; init; } = string.Empty;

    /// <summary>The project.</summary>
    public string Project { get; init; } = string.Empty;

    /// <summary>The branch.</summary>
    public string Branch { get; init; } = string.Empty;

    /// <summary>The session's key.</summary>
    public string Session { get; init; } = string.Empty;

    /// <summary>The plan.</summary>
    public string Plan { get; init; } = string.Empty;

    /// <summary>The role.</summary>
    public string Role { get; init; } = string.Empty;

    /// <summary>How sure the price is. Cost of <see cref="PricingStatus.Fallback"/> rows is an estimate and is never added to the rest silently.</summary>
    public PricingStatus Status { get; init; }

    /// <summary>Calls.</summary>
    public long Calls { get; init; }

    /// <summary>Tokens by class, without modalities.</summary>
    public TokenCounts Tokens { get; init; }

    /// <summary>Audio, image, video and citation tokens together.</summary>
    public long ModalityTokens { get; init; }

    /// <summary>Billed web searches.</summary>
    public long WebSearches { get; init; }

    /// <summary>The exact sum of the costs.</summary>
    public Usd Cost { get; init; }

    /// <summary>The time of the first call; set when the rows are read from raw events (grouped by session).</summary>
    public DateTimeOffset? FirstAt { get; init; }

    /// <summary>The time of the last call; set as <see cref="FirstAt"/>.</summary>
    public DateTimeOffset? LastAt { get; init; }
}

/// <summary>One stored call with everything that explains its cost.</summary>
/// <param name="Usage">The call.</param>
/// <param name="Rating">Its cost and the rate card that priced it.</param>
/// <param name="File">The log it was read from; empty when it came by another door.</param>
public sealed record PricedCall(UsageEvent Usage, Rating Rating, string File);

/// <summary>Reads what was spent.</summary>
public interface ISpendQueries
{
    /// <summary>Groups spend: whole days from the rollup, everything else from raw events through the time index.</summary>
    Task<IReadOnlyList<SpendRow>> SpendAsync(SpendQuery query, CancellationToken cancellationToken);

    /// <summary>The calls of a query in order of time, without their source file.</summary>
    IAsyncEnumerable<PricedCall> CallsAsync(SpendQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// The calls that a text names: an event id, a session key, or the beginning of either (at least six characters);
    /// in order of time, at most <paramref name="limit"/>.
    /// </summary>
    Task<IReadOnlyList<PricedCall>> FindAsync(string org, string name, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// What the calls of a query saved because cached tokens are cheaper than uncached input: Σ cache reads × (input rate −
    /// cache read rate), each call at its own rate card, exact and rounded once. Negative where reading a cache is dearer.
    /// A store that keeps sums answers from them; by default every call is read.
    /// </summary>
    async Task<Usd> CacheSavingsAsync(SpendQuery query, CancellationToken cancellationToken)
    {
        var savings = new CacheSavings();
        await foreach (var call in CallsAsync(query, cancellationToken))
        {
            savings.Add(call.Rating.Card, call.Usage.Tokens.CacheRead);
        }

        return savings.Total;
    }

    /// <summary>The calls of a run in order of time, the first <paramref name="limit"/> of them.</summary>
    Task<IReadOnlyList<PricedCall>> RunCallsAsync(string org, string run, int limit, CancellationToken cancellationToken);
}
