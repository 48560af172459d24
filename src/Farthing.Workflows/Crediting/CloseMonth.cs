using System.Globalization;

namespace Farthing.Workflows.Crediting;

/// <summary>Closes a month of an organisation: works out its trial balance and has nothing booked in it any more.</summary>
public sealed class CloseMonth(ILedgerUpkeep upkeep, CreditLedger ledger)
{
    private const int TriesMax = 5;

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
        return await AgainAsync(async () =>
        {
            var balance = await upkeep.TrialBalanceAsync(org, end, cancellationToken);
            return await ledger.AskAsync(new ClosePeriod { Org = org, Month = month, Actor = actor, TrialBalance = balance }, cancellationToken);
        });
    }

    /// <summary>Reads the books and closes with them, and once more when something was booked in between.</summary>
    public static async Task<T> AgainAsync<T>(Func<Task<T>> readAndClose)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await readAndClose();
            }
            catch (LedgerRaceException) when (tries < TriesMax)
            {
                // The next try reads what was booked.
            }
        }
    }
}
