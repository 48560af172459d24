namespace Farthing.Workflows.Spending.Ccusage;

/// <summary>Why our figures and those of ccusage differ.</summary>
public enum DifferenceRule
{
    /// <summary>The log's own cost was taken there.</summary>
    ReportedCost,

    /// <summary>Web searches.</summary>
    WebSearch,

    /// <summary>A region's surcharge.</summary>
    Geo,

    /// <summary>Batch, flex or priority.</summary>
    ServiceTier,

    /// <summary>A fast mode.</summary>
    Fast,

    /// <summary>Today's Codex speed setting applied to all history there.</summary>
    CodexFastConfig,

    /// <summary>Marginal instead of whole-request long context.</summary>
    LongContextMarginal,

    /// <summary>Another long-context rule.</summary>
    LongContext,

    /// <summary>Today's price for calls of every time.</summary>
    DatedPrice,

    /// <summary>One-hour cache writes.</summary>
    OneHourWrite,

    /// <summary>Five-minute cache writes.</summary>
    CacheWritePrice,

    /// <summary>Cache reads.</summary>
    CacheReadPrice,

    /// <summary>Input, output or modalities.</summary>
    PriceDifference,

    /// <summary>No price there.</summary>
    UnpricedModel,

    /// <summary>No price here; a flagged estimate stands in.</summary>
    Fallback,

    /// <summary>No price here.</summary>
    UnpricedHere,

    /// <summary>Priced here when the catalog was another one.</summary>
    CatalogMoved,

    /// <summary>Blocks of calls without a request id.</summary>
    MissingRequestId,

    /// <summary>Replays of a side question.</summary>
    SidechainReplay,

    /// <summary>Copies of a call.</summary>
    Duplicate,

    /// <summary>Lines that are dropped there.</summary>
    NestedNull,

    /// <summary>Codex totals that drop.</summary>
    CodexTotalDrop,

    /// <summary>The day of another line of the call.</summary>
    DateOfSurvivor,

    /// <summary>The session of a copy of the call.</summary>
    SessionOfCopy,

    /// <summary>A period that the report lacks.</summary>
    NotInReport,

    /// <summary>Other counts for a reason that our data cannot tell.</summary>
    CountedDifferently,

    /// <summary>Dust of doubles.</summary>
    Rounding,

    /// <summary>No rule found.</summary>
    Unexplained,
}

/// <summary>What a difference of cost is about.</summary>
public enum CostClass
{
    /// <summary>Uncached input.</summary>
    Input,

    /// <summary>Cache reads.</summary>
    CacheRead,

    /// <summary>Five-minute cache writes.</summary>
    CacheWrite5m,

    /// <summary>One-hour cache writes.</summary>
    CacheWrite1h,

    /// <summary>Output.</summary>
    Output,

    /// <summary>Audio, image, video and citation tokens.</summary>
    Modalities,

    /// <summary>Web searches.</summary>
    Units,

    /// <summary>The call as a whole: the difference has no parts.</summary>
    Call,
}

/// <summary>The names of the rules and what they say to people.</summary>
public static class DifferenceRules
{
    /// <summary>Everything about one rule.</summary>
    /// <param name="Name">The name in output, for example <c>long-context-marginal</c>.</param>
    /// <param name="Sentence">What ccusage does and we do not.</param>
    public readonly record struct Description(string Name, string Sentence);

    /// <summary>Names and explains a rule.</summary>
    public static Description Describe(DifferenceRule rule) => rule switch
    {
        DifferenceRule.ReportedCost => new("reported-cost", "ccusage shows the cost that the log claims instead of one computed from the tokens"),
        DifferenceRule.WebSearch => new("web-search", "ccusage does not charge for web searches"),
        DifferenceRule.Geo => new("geo", "ccusage ignores the surcharge of an inference region"),
        DifferenceRule.ServiceTier => new("service-tier", "ccusage ignores batch, flex and priority"),
        DifferenceRule.Fast => new("fast", "ccusage multiplies fast calls by a factor of its own"),
        DifferenceRule.CodexFastConfig => new("codex-fast-config", "ccusage applies today's Codex speed setting to all history"),
        DifferenceRule.LongContextMarginal => new("long-context-marginal", "ccusage re-rates only the tokens of a class beyond the threshold; the provider re-rates the whole request"),
        DifferenceRule.LongContext => new("long-context", "ccusage has another long-context price or threshold"),
        DifferenceRule.DatedPrice => new("dated-price", "ccusage has one price for all time; these calls were made when another one held"),
        DifferenceRule.OneHourWrite => new("one-hour-write", "ccusage charges one-hour cache writes at twice its input price"),
        DifferenceRule.CacheWritePrice => new("cache-write-price", "ccusage has another price for cache writes, 1.25 times the input when it knows none"),
        DifferenceRule.CacheReadPrice => new("cache-read-price", "ccusage has another price for cache reads, a tenth of the input when it knows none"),
        DifferenceRule.PriceDifference => new("price-difference", "ccusage has another price for input or output"),
        DifferenceRule.UnpricedModel => new("unpriced-model", "ccusage has no price for the model and counts nothing"),
        DifferenceRule.Fallback => new("fallback", "the model has no price here either; our cost is a flagged estimate"),
        DifferenceRule.UnpricedHere => new("unpriced-here", "the model has no price here; our cost is unknown, not zero"),
        DifferenceRule.CatalogMoved => new("catalog-moved", "the calls were priced here when the catalog had another price"),
        DifferenceRule.MissingRequestId => new("missing-request-id", "ccusage counts every content block of calls without a request id (B1)"),
        DifferenceRule.SidechainReplay => new("sidechain-replay", "ccusage counts calls again that a side question replayed (B2)"),
        DifferenceRule.Duplicate => new("duplicate", "ccusage counts copies of these calls again (B6)"),
        DifferenceRule.NestedNull => new("nested-null", "ccusage drops these calls: their lines hold a null in a place that it watches (B4)"),
        DifferenceRule.CodexTotalDrop => new("codex-total-drop", "ccusage loses tokens when the totals of a Codex thread drop (B8)"),
        DifferenceRule.DateOfSurvivor => new("date-of-survivor", "ccusage takes the time of the last line of these calls, we take that of the first"),
        DifferenceRule.SessionOfCopy => new("session-of-copy", "ccusage counts these calls in the session of a copy, we count them where they were made"),
        DifferenceRule.NotInReport => new("not-in-report", "the report has no such period: it was made for other days or agents, or ccusage could not read the logs"),
        DifferenceRule.CountedDifferently => new("counted-differently", "ccusage counts other tokens; our data cannot tell why"),
        DifferenceRule.Rounding => new("rounding", "ccusage adds up doubles"),
        DifferenceRule.Unexplained => new("unexplained", "no rule explains this"),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "The rule has no description."),
    };
}
