namespace Farthing.Workflows.Crediting;

/// <summary>
/// Lets time do its work on what is due: holds that were never sent go back, those that were sent become unsettled, grants
/// that begin pay what is owed, what is left of grants that are over leaves. Of several servers one sweeps at a time, to
/// save work and not for safety: whoever sweeps, each thing happens once.
/// </summary>
public sealed class SweepLedger(ILedgerUpkeep upkeep, ISweepTurn turn, CreditLedger ledger)
{
    /// <summary>The most things that are looked for at once.</summary>
    public const int PageMax = 1_000;

    /// <summary>The most pages of one sweep; the rest waits for the next one.</summary>
    public const int PagesMax = 100;

    /// <summary>Sweeps until nothing is due, or until it is enough for once; not at all while another server does.</summary>
    /// <returns>How many things were due.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        await using var taken = await turn.TryTakeAsync(cancellationToken);
        return taken is null ? 0 : await SweepInTurnAsync(cancellationToken);
    }

    private async Task<int> SweepInTurnAsync(CancellationToken cancellationToken)
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
