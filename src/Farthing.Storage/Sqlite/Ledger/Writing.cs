using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Crediting;

namespace Farthing.Storage.Sqlite.Ledger;

/// <summary>Does units of work inside the transactions of the store's gate.</summary>
internal sealed class Writing
{
    private readonly AccountTable accounts;
    private readonly LedgerLoader loader;
    private readonly LedgerWriter writer;
    private long rollBacks;

    /// <summary>Works through the connection that writes.</summary>
    public Writing(Connection connection)
    {
        accounts = new(connection);
        loader = new(connection, accounts);
        writer = new(connection, accounts);
    }

    /// <summary>Loads, lets decide, writes.</summary>
    /// <param name="requests">What is to be done.</param>
    /// <param name="now">The time.</param>
    /// <param name="rollBacks">How many transactions were given up so far: numbers of accounts may be gone with one.</param>
    public void Apply(IReadOnlyList<LedgerRequest> requests, DateTimeOffset now, long rollBacks)
    {
        if (rollBacks != this.rollBacks)
        {
            accounts.Forget();
            this.rollBacks = rollBacks;
        }

        var unit = new LedgerUnit(now);
        loader.Load(unit, LedgerKeys.Of(requests));
        unit.Decide(requests);
        writer.Write(unit, now);
    }
}
