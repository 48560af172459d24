using Farthing.Domain.Money;
using Farthing.Domain.PlanFit;
using Farthing.Domain.Usage;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Planning;

/// <summary>What everybody used in spans of thirty days, the last of which ends with the last day of a range.</summary>
/// <param name="rows">By engineer, billing mode and whether a seat may cover it; each bears the first day of its span, but the day before the latest one, which stands alone.</param>
/// <param name="latest">The first day of the latest span.</param>
/// <param name="count">How many spans were looked at; before the first of them usage may have begun.</param>
internal sealed class UsageByMonth(IReadOnlyList<SpendRow> rows, DateOnly latest, int count)
{
    private readonly ILookup<string, (int Month, bool IsCovered, Usd Cost)> byPerson = rows.ToLookup(
        static row => row.User,
        row => (
            Month: (latest.DayNumber - row.Day.DayNumber + PlanPeriod.MonthDays - 1) / PlanPeriod.MonthDays, IsCovered: row.Provider.Length > 0, PricingTotals.Of(row).Cost),
        StringComparer.Ordinal);

    /// <summary>Whose usage it is; empty for calls that name nobody.</summary>
    public IEnumerable<string> People => byPerson.Select(static person => person.Key);

    /// <summary>Nothing was looked at.</summary>
    public static UsageByMonth None { get; } = new([], default, 0);

    /// <summary>The first days of the spans that end with a range.</summary>
    /// <param name="range">The range; it needs an end.</param>
    /// <param name="count">How many spans.</param>
    public static IReadOnlyList<DateOnly> FirstDays(SpendRange range, int count)
    {
        var end = range.To ?? throw new ArgumentException("The last span needs an end.", nameof(range));
        var latest = CalendarDays.DayOf(end, range.Zone).AddDays(1 - PlanPeriod.MonthDays);
        return [.. Enumerable.Range(1 - count, count).Select(month => latest.AddDays(month * PlanPeriod.MonthDays))];
    }

    /// <summary>Reads them.</summary>
    /// <param name="spend">Where spend is read.</param>
    /// <param name="range">Whose, and the instant that the last span ends with.</param>
    /// <param name="firstDays">The first days of the spans.</param>
    /// <param name="covered">The calls that seats may cover.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<UsageByMonth> ReadAsync(
        ISpendQueries spend, SpendRange range, IReadOnlyList<DateOnly> firstDays, ProviderCalls covered, CancellationToken cancellationToken)
    {
        var latest = firstDays[^1];
        var query = (range with { From = CalendarDays.StartOf(firstDays[0], range.Zone) }).ByDay(SpendDimension.User, SpendDimension.BillingMode) with
        {
            Periods = [.. firstDays.SkipLast(1), LastSeen(latest), latest],
            Apart = covered,
            CostOnly = true,
        };
        return new(await spend.SpendAsync(query, cancellationToken), latest, firstDays.Count);
    }

    /// <summary>What was used from the first day of a span on, by engineer and billing mode.</summary>
    public IEnumerable<SpendRow> Since(DateOnly firstDay) => rows.Where(row => row.Day >= firstDay);

    /// <summary>
    /// What an engineer used in each span, the latest first; the latest alone when there was none. The span in which usage
    /// began is left out where it is not the latest: nobody knows how much of it there was. Before the first of all usage may have begun, so that one stays.
    /// </summary>
    public IReadOnlyList<MonthlyUsage> Of(string engineerId)
    {
        var months = new List<MonthlyUsage> { new(Usd.Zero) };
        foreach (var (month, isCovered, cost) in byPerson[engineerId])
        {
            while (months.Count <= month)
            {
                months.Add(new(Usd.Zero));
            }

            var known = months[month];
            months[month] = isCovered ? known with { Total = known.Total + cost } : known with { Elsewhere = known.Elsewhere + cost };
        }

        var isBegun = months.Count > 1 && months.Count < count;
        return months.GetRange(0, isBegun ? months.Count - 1 : months.Count);
    }

    /// <summary>Engineers with usage that is a seat's, none of it in the last <see cref="Seats.IdleDays"/> days.</summary>
    public IEnumerable<string> Idle(Func<SpendRow, bool> isSeat)
    {
        var awake = rows.Where(row => row.Day >= LastSeen(latest)).Select(static row => row.User).ToHashSet(StringComparer.Ordinal);
        return rows.Where(row => row.User.Length > 0 && isSeat(row))
            .Select(static row => row.User)
            .Distinct(StringComparer.Ordinal)
            .Where(user => !awake.Contains(user));
    }

    /// <summary>The first day from which on somebody was seen lately enough: before today lie so many days.</summary>
    private static DateOnly LastSeen(DateOnly latest) => latest.AddDays(PlanPeriod.MonthDays - 1 - Seats.IdleDays);
}
