namespace Farthing.Workflows.Crediting;

/// <summary>
/// Lets time do its work on what is overdue: holds that were never sent go back, those that were sent become unsettled,
/// what is left of grants that are over leaves. Several servers may sweep at once; each thing happens once.
/// </summary>
public sealed class SweepLedger(ILedgerUpkeep upkeep, CreditLedger ledger)
{
    /// <summary>The most things that are looked for at once.</summary>
    public const int PageMax = 1_000;

    /// <summary>The most pages of one sweep; the rest waits for the next one.</summary>
    public const int PagesMax = 100;

    /// <summary>Sweeps until nothing is overdue, or until it is enough for once.</summary>
    /// <returns>How many things were overdue.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var swept = 0;
        Overdue? first = null;
        for (var page = 0; page < PagesMax; page++)
        {
            var overdue = await upkeep.OverdueAsync(PageMax, cancellationToken);
            await Task.WhenAll(overdue.Select(thing => ledger.PostAsync(RequestFor(thing), cancellationToken)));
            swept += overdue.Count;
            if (overdue.Count < PageMax || overdue[0] == first)
            {
                // What stays overdue although it was swept is not asked for again and again.
                break;
            }

            first = overdue[0];
        }

        return swept;
    }

    private static LedgerRequest RequestFor(Overdue thing) => thing.IsHold
        ? new ExpireHold { Org = thing.Org, Actor = "sweeper", Hold = thing.Id, Wallet = thing.Wallet }
        : new ExpireGrant { Org = thing.Org, Actor = "sweeper", Grant = thing.Id };
}
