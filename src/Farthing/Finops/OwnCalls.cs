using Farthing.Domain.Usage;
using Farthing.Workflows.Access;
using Farthing.Workflows.Spending;

namespace Farthing.Finops;

/// <summary>
/// Spend of an embedded store, in which calls that name nobody are those of whoever works on this machine: an agent's logs
/// do not say whose they are, and plans fit persons.
/// </summary>
/// <param name="inner">The spend as it is stored.</param>
internal sealed class OwnCalls(ISpendQueries inner) : ISpendQueries
{
    /// <summary>The id of whoever works on this machine.</summary>
    public const string Owner = "local";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SpendRow>> SpendAsync(SpendQuery query, CancellationToken cancellationToken)
    {
        if (query.User == Owner)
        {
            var everybody = query with { User = null, GroupBy = query.Groups(SpendDimension.User) ? query.GroupBy : [.. query.GroupBy, SpendDimension.User] };
            return [.. (await SpendAsync(everybody, cancellationToken)).Where(static row => row.User == Owner)];
        }

        var rows = await inner.SpendAsync(query, cancellationToken);
        return query.Groups(SpendDimension.User) ? [.. rows.Select(static row => row.User.Length == 0 ? row with { User = Owner } : row)] : rows;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<PricedCall> CallsAsync(SpendQuery query, CancellationToken cancellationToken) => inner.CallsAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PricedCall>> FindAsync(string org, string name, int limit, CancellationToken cancellationToken) =>
        inner.FindAsync(org, name, limit, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PricedCall>> RunCallsAsync(string org, string run, int limit, CancellationToken cancellationToken) =>
        inner.RunCallsAsync(org, run, limit, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SessionCount>> SessionsAsync(SpendQuery query, CancellationToken cancellationToken) => inner.SessionsAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SessionSpend>> SessionSpendAsync(SpendQuery query, SessionListPage page, CancellationToken cancellationToken) =>
        inner.SessionSpendAsync(query, page, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PricedCall>> CallPageAsync(SpendQuery query, CallListPage page, CancellationToken cancellationToken) =>
        inner.CallPageAsync(query, page, cancellationToken);

    /// <inheritdoc/>
    public Task<PricedCall?> CallAsync(Scope within, EventId id, CancellationToken cancellationToken) => inner.CallAsync(within, id, cancellationToken);
}
