using System.Globalization;

namespace Farthing.Workflows.Crediting;

/// <summary>Closes a month of an organisation: works out its trial balance and has nothing booked in it any more.</summary>
public sealed class CloseMonth(ILedgerUpkeep upkeep, CreditLedger ledger)
{
    /// <summary>Closes a month, or says why not. Nothing is booked in a month that is over, so its balance stands still.</summary>
    /// <param name="org">Whose month.</param>
    /// <param name="month">Which: <c>2026-10</c>, in UTC.</param>
    /// <param name="actor">Who closes it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<PeriodClose>> CloseAsync(string org, string month, string actor, CancellationToken cancellationToken)
    {
        if (!DateTime.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var begin) || begin.Year >= DateTime.MaxValue.Year)
        {
            return Problem.Invalid("month", "A month is written as 2026-10.");
        }

        var end = new DateTimeOffset(begin, TimeSpan.Zero).AddMonths(1);
        var balance = await upkeep.TrialBalanceAsync(org, end, cancellationToken);
        return await ledger.AskAsync(new ClosePeriod { Org = org, Month = month, Actor = actor, TrialBalance = balance }, cancellationToken);
    }
}
