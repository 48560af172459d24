using Farthing.Domain.Billing;
using Farthing.Storage;
using Farthing.Workflows.Crediting;

namespace Farthing;

/// <summary>The ledger of the settings' store, as commands read it.</summary>
/// <param name="Ledger">Wallets, grants, transactions.</param>
/// <param name="Runs">Runs.</param>
/// <param name="Periods">What became of months.</param>
/// <param name="Upkeep">Chains, counters, trial balances.</param>
/// <param name="Answers">Answers under idempotency keys.</param>
/// <param name="Store">What requests are posted to.</param>
/// <param name="Turn">Which server sweeps.</param>
internal sealed record LedgerPorts(
    ILedgerQueries Ledger, IRunQueries Runs, IPeriodQueries Periods, ILedgerUpkeep Upkeep, IKeptAnswers Answers, ILedgerStore Store, ISweepTurn Turn)
{
    /// <summary>The price of one credit in US cents.</summary>
    public int CentsPerCredit { get; init; } = RunPrices.Default.CentsPerCredit;

    /// <summary>The ledger in an open store.</summary>
    /// <param name="stores">The store.</param>
    /// <param name="time">The clock of the embedded store; a server has its own.</param>
    public static LedgerPorts Of(UsageStores stores, TimeProvider time) =>
        stores.Owner is SqliteStore sqlite ? Of(new SqliteLedger(sqlite, time), new SoleTurn()) : OfPostgres(stores.Owner);

    // Apart, so that a command over the embedded store loads nothing that talks to a server.
    private static LedgerPorts OfPostgres(IAsyncDisposable owner)
    {
        var ledger = new PostgresLedger((PostgresDatabase)owner);
        return Of(ledger, ledger.Turn);
    }

    private static LedgerPorts Of<TLedger>(TLedger ledger, ISweepTurn turn)
        where TLedger : class, ILedgerStore, ILedgerQueries, IRunQueries, IPeriodQueries, ILedgerUpkeep, IKeptAnswers => new(ledger, ledger, ledger, ledger, ledger, ledger, turn);
}
