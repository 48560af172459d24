using Farthing.Domain.Ledger;

namespace Farthing.Workflows.Crediting;

/// <summary>How long a month takes late usage after its end before it may be closed.</summary>
/// <param name="Time">Not negative.</param>
public sealed record CloseGrace(TimeSpan Time)
{
    /// <summary>Three days: providers report within two.</summary>
    public static CloseGrace Usual => new(TimeSpan.FromHours(72));
}

/// <summary>Closes a month of an organisation: works out its trial balance and has nothing booked in it any more.</summary>
public sealed class CloseMonth(ILedgerUpkeep upkeep, CreditLedger ledger, CloseGrace grace)
{
    private const int TriesMax = 5;

    /// <summary>Closes a month, or says why not.</summary>
    /// <param name="org">Whose month.</param>
    /// <param name="month">Which.</param>
    /// <param name="actor">Who closes it.</param>
    /// <param name="isForced">Whether it is closed although late usage is still taken.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Result<PeriodClose>> CloseAsync(string org, AccountingMonth month, string actor, bool isForced, CancellationToken cancellationToken) =>
        CloseAsync(org, month, actor, isForced, request => ledger.AskAsync(request, cancellationToken), cancellationToken);

    /// <summary>
    /// Closes a month by somebody's own way to the ledger. When something was booked between reading and closing it is read
    /// again; the month is then closed softly first, so that its books stand still while usage goes on.
    /// </summary>
    public async Task<T> CloseAsync<T>(
        string org, AccountingMonth month, string actor, bool isForced, Func<ClosePeriod, Task<T>> post, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var books = await upkeep.TrialBalanceAsync(org, month, cancellationToken);
            try
            {
                return await post(new() { Org = org, Month = month, Actor = actor, TrialBalance = books, Grace = grace.Time, IsForced = isForced });
            }
            catch (LedgerRaceException) when (tries < TriesMax)
            {
                _ = await ledger.AskAsync(new SoftClosePeriod { Org = org, Month = month, Actor = actor }, cancellationToken);
            }
        }
    }
}
