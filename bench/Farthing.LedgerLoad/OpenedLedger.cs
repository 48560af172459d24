using Farthing.Storage;
using Farthing.Workflows.Crediting;

namespace Farthing.LedgerLoad;

/// <summary>A ledger on either engine.</summary>
internal sealed record OpenedLedger(ILedgerStore Store, ILedgerQueries Queries, ILedgerUpkeep Upkeep, IAsyncDisposable Below) : IAsyncDisposable
{
    /// <summary>Opens a database by its URL, or creates a file.</summary>
    public static async Task<OpenedLedger> OpenAsync(string where)
    {
        if (PostgresUrl.IsMeant(where))
        {
            var database = await PostgresDatabase.OpenAsync(PostgresUrl.Parse(where), CancellationToken.None);
            var postgres = new PostgresLedger(database);
            return new(postgres, postgres, postgres, database);
        }

        var store = SqliteStore.Open(where, TimeZoneInfo.Utc);
        var sqlite = new SqliteLedger(store, TimeProvider.System);
        return new(sqlite, sqlite, sqlite, store);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Below.DisposeAsync();
}
