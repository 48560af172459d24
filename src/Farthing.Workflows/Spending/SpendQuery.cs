using Farthing.Domain.Usage;
using Farthing.Workflows.Access;

namespace Farthing.Workflows.Spending;

/// <summary>A dimension that spend can be grouped by.</summary>
public enum SpendDimension
{
    /// <summary>The coding agent.</summary>
    Agent,

    /// <summary>The model as reports name it, see <see cref="Dimensions.ReportedModel"/>.</summary>
    Model,

    /// <summary>The project.</summary>
    Project,

    /// <summary>The branch.</summary>
    Branch,

    /// <summary>The session; read from raw events, not from a rollup.</summary>
    Session,

    /// <summary>The plan: a unit of agent work.</summary>
    Plan,

    /// <summary>The role of the call within the agent: planner, coder, builder …</summary>
    Role,

    /// <summary>The team.</summary>
    Team,

    /// <summary>The person.</summary>
    User,

    /// <summary>The provider that was called.</summary>
    Provider,

    /// <summary>How the calls are paid for.</summary>
    BillingMode,

    /// <summary>The rate card that priced the calls, so that what depends on rates can be computed from sums.</summary>
    RateCard,

    /// <summary>The API key that told the calls, by its id.</summary>
    ApiKey,
}

/// <summary>Which spend is meant: all conditions hold together. Every sum over parts of a range is the sum of the range, in any zone.</summary>
public sealed record SpendQuery
{
    /// <summary>Whose spend; that of <see cref="Within"/> when there is one.</summary>
    public string Org
    {
        get => Within?.Org ?? field;
        init;
    } = Dimensions.LocalOrg;

    /// <summary>What may be touched, as <see cref="ScopeRules"/> decided it; null for the whole organisation.</summary>
    public Scope? Within { get; init; }

    /// <summary>The first day, included; null for all history.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>The last day, included; null for no end.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The first instant, included to the millisecond; null for all history.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The last instant, included to the millisecond; null for no end.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Whose days are meant.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Only this team; null for all.</summary>
    public string? Team { get; init; }

    /// <summary>Only this person; null for all.</summary>
    public string? User { get; init; }

    /// <summary>Only this agent; null for all.</summary>
    public string? Agent { get; init; }

    /// <summary>Only this model, by the name that reports give it; null for all.</summary>
    public string? Model { get; init; }

    /// <summary>Only calls that went to this provider, under whatever name; null for all.</summary>
    public ProviderCalls? WentTo { get; init; }

    /// <summary>The provider whose calls are kept apart from all others, under its name; null to keep none apart. Providers are then told in no other way.</summary>
    public ProviderCalls? Apart { get; init; }

    /// <summary>Whether series must be told apart by where their calls went.</summary>
    public bool TellsDestinations => WentTo is not null || Apart is not null;

    /// <summary>Only projects that contain this text (ordinal, case ignored); null for all.</summary>
    public string? Project { get; init; }

    /// <summary>Only this plan; null for all.</summary>
    public string? Plan { get; init; }

    /// <summary>Only what has one of some values of each of these dimensions; empty for no more conditions.</summary>
    public IReadOnlyList<SpendFilter> Only { get; init; } = [];

    /// <summary>What to group by besides the day. Empty: one row a day and pricing status.</summary>
    public IReadOnlyList<SpendDimension> GroupBy { get; init; } = [];

    /// <summary>Whether rows are kept apart by day.</summary>
    public bool ByDay { get; init; } = true;

    /// <summary>
    /// The first days of the periods by which rows are kept apart instead of by day, in their order; the day of a row is
    /// the first of its period, and days before the first period belong to it. Empty for days; sessions are never told by period.
    /// </summary>
    public IReadOnlyList<DateOnly> Periods { get; init; } = [];

    /// <summary>Whether only calls and their cost are asked: other figures of the rows are zero then, and a store has a quarter to add up.</summary>
    public bool CostOnly { get; init; }

    /// <summary>Whether everything of the organisation in its span is meant.</summary>
    public bool IsOfWholeOrg => Within is null or { Reach: ScopeReach.Org } && Only.Count == 0
        && this is { Team: null, User: null, Agent: null, Model: null, WentTo: null, Project: null, Plan: null };

    /// <summary>What the whole organisation spent in the same span, by day.</summary>
    public SpendQuery ToWholeOrg() => new() { Org = Org, Zone = Zone, Since = Since, Until = Until, From = From, To = To, CostOnly = true };

    /// <summary>The day that a row of <see cref="ByDay"/> bears which holds a day.</summary>
    public DateOnly RowOf(DateOnly day)
    {
        for (var index = Periods.Count - 1; index > 0; index--)
        {
            if (Periods[index] <= day)
            {
                return Periods[index];
            }
        }

        return Periods.Count == 0 ? day : Periods[0];
    }

    /// <summary>Whether the query groups by a dimension.</summary>
    public bool Groups(SpendDimension dimension)
    {
        // A loop of our own: the library's search over enumerations is compiled at run time.
        for (var index = 0; index < GroupBy.Count; index++)
        {
            if (GroupBy[index] == dimension)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the query has a filter of a dimension.</summary>
    public bool Filters(SpendDimension dimension)
    {
        for (var index = 0; index < Only.Count; index++)
        {
            if (Only[index].By == dimension)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the answer depends on a dimension.</summary>
    public bool Asks(SpendDimension dimension) => Groups(dimension) || Filters(dimension);
}
