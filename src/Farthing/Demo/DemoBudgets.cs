using Farthing.Domain.Money;
using Farthing.Domain.Usage;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;
using Farthing.Workflows.Metering;

namespace Farthing.Demo;

/// <summary>
/// The budgets of the demo. Their amounts follow from what was spent, so that one is far away, one nearly used up, one
/// overspent and one likely to be, on whatever day the demo is made up. Only on the last day of a quarter nothing is to come.
/// </summary>
internal sealed class DemoBudgets(IReadOnlyList<RatedEvent> calls, DateTimeOffset now)
{
    private const int MonthDays = 30;
    private static readonly Caller Operator = new() { Org = Dimensions.LocalOrg, Role = Role.Operator };

    private DateTimeOffset MonthAgo => now.AddDays(-MonthDays);

    /// <summary>Makes them.</summary>
    /// <param name="ports">Where they are kept.</param>
    /// <param name="time">Now.</param>
    /// <param name="zone">Whose days they count: those that pages show.</param>
    /// <param name="calls">What was spent.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task WriteAsync(FinopsPorts ports, TimeProvider time, TimeZoneInfo zone, IReadOnlyList<RatedEvent> calls, CancellationToken cancellationToken)
    {
        var budgets = new ManageBudgets(ports.Budgets, ports.Teams, ports.Engineers, ports.Keys, new(ports.Spend), time);
        foreach (var draft in new DemoBudgets(calls, TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone)).Drafts())
        {
            DemoPeople.Made((await budgets.CreateAsync(Operator, draft with { Zone = zone.Id }, cancellationToken)).Problem);
        }
    }

    private IEnumerable<BudgetDraft> Drafts()
    {
        var (platform, product, research) = (DemoPerson.Teams[0], DemoPerson.Teams[1], DemoPerson.Teams[2]);
        yield return new() { Name = "Everybody", Amount = PercentOf(Spent(MonthAgo, static _ => true), 160) };
        yield return new() { Name = platform.Name, TeamId = platform.Id, Period = "quarterly", Owner = "Ada Lovelace", Amount = Likely(call => call.Team == platform.Id) };
        yield return new() { Name = research.Name, TeamId = research.Id, Period = "rolling30", Owner = "Emmy Noether", Amount = PercentOf(Spent(MonthAgo, call => call.Team == research.Id), 82) };
        yield return new()
        {
            Name = "Storefront", Scope = "project", ScopeId = product.Projects[0], Period = "rolling30", Amount = PercentOf(Spent(MonthAgo, call => call.Project == product.Projects[0]), 112),
        };
    }

    /// <summary>What a quarter will cost if it goes on like the last month, less a part of what is to come.</summary>
    private Usd Likely(Func<Dimensions, bool> isMeant)
    {
        var first = new DateTimeOffset(now.Year, ((now.Month - 1) / 3 * 3) + 1, 1, 0, 0, 0, now.Offset);
        var daysLeft = (int)(first.AddMonths(3) - now).TotalDays;
        return PercentOf(Spent(first, isMeant) + PercentOf(Spent(MonthAgo, isMeant), 60 * daysLeft / MonthDays), 100);
    }

    private Usd Spent(DateTimeOffset from, Func<Dimensions, bool> isMeant) =>
        calls.Where(call => call.Usage.OccurredAt >= from && isMeant(call.Usage.Dimensions)).Aggregate(Usd.Zero, static (sum, call) => sum + call.Rating.Cost.Total);

    /// <summary>So many percent of an amount, in whole dollars, at least one.</summary>
    private static Usd PercentOf(Usd amount, int percent) =>
        Usd.FromDecimal((long)Int128.Max(amount.Picodollars * percent / (100 * (Int128)Usd.PicodollarsPerUsd), 1));
}
