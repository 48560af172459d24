namespace Farthing.Workflows.Crediting;

/// <summary>
/// Lets time do its work on what is overdue: holds that were never sent go back, those that were sent become unsettled,
/// what is left of grants that are over leaves. Several servers may sweep at once; each thing happens once.
/// </summary>
public sealed class SweepLedger(ILedgerUpkeep upkeep, CreditLedger ledger)
{
    /// <summary>The most things of one sweep; the rest waits for the next one.</summary>
    public const int SweepMax = 1_000;

    /// <summary>Sweeps once.</summary>
    /// <returns>How many things were overdue.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var overdue = await upkeep.OverdueAsync(SweepMax, cancellationToken);
        await Task.WhenAll(overdue.Select(thing => ledger.PostAsync(RequestFor(thing), cancellationToken)));
        return overdue.Count;
    }

    private static LedgerRequest RequestFor(Overdue thing) => thing.IsHold
        ? new ExpireHold { Org = thing.Org, Actor = "sweeper", Hold = thing.Id, Wallet = thing.Wallet }
        : new ExpireGrant { Org = thing.Org, Actor = "sweeper", Grant = thing.Id };
}
