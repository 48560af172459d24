using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Workflows.Access;

namespace Farthing.Workflows.Spending;

/// <summary>
/// Which part of the list of calls is asked for. The order is that of the ids, which begin with the second of the call: the
/// newest second first, and within a second always the same.
/// </summary>
public sealed record CallListPage
{
    /// <summary>The most calls that are read at once.</summary>
    public const int SizeMax = 10_000;

    /// <summary>How many calls at most; 1 to <see cref="SizeMax"/>.</summary>
    public int Limit
    {
        get;
        init => field = value is >= 1 and <= SizeMax
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"A page has 1 to {SizeMax} calls.");
    } = SizeMax;

    /// <summary>Only calls with a smaller id: what comes behind this call where the newest are first; null for no bound.</summary>
    public EventId? Before { get; init; }

    /// <summary>Only calls with a larger id: what is newer than this call; null for no bound.</summary>
    public EventId? After { get; init; }

    /// <summary>Only calls of sessions with this key; null for all.</summary>
    public string? Session { get; init; }

    /// <summary>Only calls whose prices are as sure as one of these; null for all.</summary>
    public IReadOnlyList<PricingStatus>? Pricing { get; init; }

    /// <summary>Whether the oldest come first.</summary>
    public bool OldestFirst { get; init; }
}

/// <summary>Reads single calls within a scope.</summary>
public interface ICallQueries
{
    /// <summary>
    /// A page of the calls of a query, without their source file. Where few calls are meant they are looked for where their
    /// sessions had them, not by reading all calls.
    /// </summary>
    Task<IReadOnlyList<PricedCall>> CallPageAsync(SpendQuery query, CallListPage page, CancellationToken cancellationToken);

    /// <summary>The call of an id, also of one that it has left; null when there is none within the scope.</summary>
    Task<PricedCall?> CallAsync(Scope within, EventId id, CancellationToken cancellationToken);
}
