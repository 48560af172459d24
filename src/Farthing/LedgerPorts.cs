using Farthing.Domain.Billing;
using Farthing.Workflows.Crediting;

namespace Farthing;

/// <summary>The ledger of the settings' store, as commands read it.</summary>
/// <param name="Ledger">Wallets, grants, transactions.</param>
/// <param name="Runs">Runs.</param>
/// <param name="Upkeep">Chains, counters, trial balances.</param>
/// <param name="Store">What requests are posted to.</param>
internal sealed record LedgerPorts(ILedgerQueries Ledger, IRunQueries Runs, ILedgerUpkeep Upkeep, ILedgerStore Store)
{
    /// <summary>The price of one credit in US cents.</summary>
    public int CentsPerCredit { get; init; } = RunPrices.Default.CentsPerCredit;
}
