using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sql;

/// <summary>What one session used on one day in one series at one rate card, or what raw events add up to alike.</summary>
internal readonly record struct SessionRow
{
    public int Session { get; init; }

    public int Series { get; init; }

    public PricingStatus Status { get; init; }

    public SumChange Sums { get; init; }

    public long FirstAt { get; init; }

    public long LastAt { get; init; }

    /// <summary>The sums as reports count them.</summary>
    public SpendSum ToSum() => SpendSum.Of(new SpendRow
    {
        Status = Status,
        Calls = Sums.Calls,
        Tokens = SpendSums.TokensOf(Sums),
        ModalityTokens = Sums.ModalityTokens,
        WebSearches = Sums.WebSearches,
        Cost = StoredCost.Join(Sums.CostHigh, Sums.CostLow),
    });
}

/// <summary>Where rows by session come from. Rows are those of the query's series only.</summary>
internal interface ISessionSource
{
    /// <summary>Whether there are no rows in the store but those of the query's series.</summary>
    bool IsEverything { get; }

    /// <summary>The first and the last day of any row; the last before the first when there are none.</summary>
    ValueTask<(int First, int Last)> EndsAsync();

    /// <summary>The rows of whole days, which tell of which session and series they are and when calls were made, and no sums.</summary>
    ValueTask<List<SessionRow>> DaysAsync(int first, int last);

    /// <summary>The days between two with calls whose prices are as sure as is asked, in their order.</summary>
    ValueTask<List<int>> DaysOfPricingAsync(int first, int last);

    /// <summary>The rows of some sessions on whole days.</summary>
    ValueTask<List<SessionRow>> OfAsync(IReadOnlyCollection<int> sessions, int first, int last);

    /// <summary>Adds up what each session cost on whole days.</summary>
    ValueTask AddCostsAsync(int first, int last, SessionCosts costs);

    /// <summary>The numbers that sessions have whatever their version, by their own; of calls without a session 0 or none.</summary>
    ValueTask<Dictionary<int, int>> HeadsAsync(IReadOnlyCollection<int> sessions);

    /// <summary>Raw events, one row each.</summary>
    ValueTask<List<SessionRow>> RawAsync(EventRange range);

    /// <summary>What the numbers of sessions mean.</summary>
    ValueTask<Dictionary<int, Session>> SessionsAsync(IReadOnlyCollection<int> numbers);

    /// <summary>The sessions of the organisation that have some keys, by number.</summary>
    ValueTask<Dictionary<int, Session>> OfKeysAsync(IReadOnlyCollection<string> keys);

    /// <summary>The dimensions of a series that a row has named.</summary>
    Dimensions SeriesOf(int number);
}
