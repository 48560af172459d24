using Farthing.Domain.Money;
using Farthing.Domain.PlanFit;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Planning;

/// <summary>
/// What everybody used in spans of thirty days of UTC, the last of which ends with a range: a query for each, side by side,
/// because sums of a month are read from rollups by week, and days of a half year are too many.
/// </summary>
/// <param name="months">By engineer and billing mode, the latest span first.</param>
/// <param name="dayBefore">The day before the latest span, up to which a seat is not idle.</param>
internal sealed class UsageByMonth(IReadOnlyList<IReadOnlyList<SpendRow>> months, IReadOnlyList<SpendRow> dayBefore)
{
    private readonly ILookup<string, (int Month, Usd Cost)> byPerson = months
        .SelectMany(static (rows, month) => rows.Select(row => (row.User, Month: month, PricingTotals.Of(row).Cost)))
        .ToLookup(static use => use.User, static use => (use.Month, use.Cost), StringComparer.Ordinal);

    /// <summary>Nothing was looked at.</summary>
    public static UsageByMonth None { get; } = new([], []);

    /// <summary>Reads them.</summary>
    /// <param name="spend">Where spend is read.</param>
    /// <param name="range">Whose, and the instant that the last span ends with.</param>
    /// <param name="count">How many spans.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<UsageByMonth> ReadAsync(ISpendQueries spend, SpendRange range, int count, CancellationToken cancellationToken)
    {
        var end = range.To ?? throw new ArgumentException("The last span needs an end.", nameof(range));
        var latest = new DateTimeOffset(end.UtcDateTime.Date.AddDays(1 - PlanPeriod.MonthDays), TimeSpan.Zero);
        var dayBefore = RowsAsync(latest.AddDays(PlanPeriod.MonthDays - Seats.IdleDays - 1), latest.AddMilliseconds(-1));
        var months = await Task.WhenAll(Enumerable.Range(0, count).Select(MonthAsync));
        return new(months, await dayBefore);

        Task<IReadOnlyList<SpendRow>> MonthAsync(int month)
        {
            var from = latest.AddDays(-month * PlanPeriod.MonthDays);
            return RowsAsync(from, month == 0 ? end : from.AddDays(PlanPeriod.MonthDays).AddMilliseconds(-1));
        }

        Task<IReadOnlyList<SpendRow>> RowsAsync(DateTimeOffset from, DateTimeOffset to) =>
            spend.SpendAsync((range with { From = from, To = to }).Sums(SpendDimension.User, SpendDimension.BillingMode) with { CostOnly = true }, cancellationToken);
    }

    /// <summary>What an engineer used in each span from the first one with usage on, the latest first; the latest alone when there was none.</summary>
    public IReadOnlyList<MonthlyUsage> Of(string engineerId)
    {
        var sums = new List<Usd> { Usd.Zero };
        foreach (var (month, cost) in byPerson[engineerId])
        {
            while (sums.Count <= month)
            {
                sums.Add(Usd.Zero);
            }

            sums[month] += cost;
        }

        return sums.ConvertAll(static sum => new MonthlyUsage(sum));
    }

    /// <summary>Engineers with usage that is a seat's, none of it in the last <see cref="Seats.IdleDays"/> days.</summary>
    public IEnumerable<string> Idle(Func<SpendRow, bool> isSeat)
    {
        var awake = months.Take(1).SelectMany(static rows => rows).Concat(dayBefore).Select(static row => row.User).ToHashSet(StringComparer.Ordinal);
        return months.SelectMany(static rows => rows)
            .Where(row => row.User.Length > 0 && isSeat(row))
            .Select(static row => row.User)
            .Distinct(StringComparer.Ordinal)
            .Where(user => !awake.Contains(user));
    }
}
