using Farthing.Domain.PlanFit;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Workflows.Access;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Planning;

/// <summary>Models the costs of an organisation: plans per engineer, and models per kind of work.</summary>
public sealed class ModelCosts(ISpendQueries spend, ReportedJudgements judged, IEngineers engineers, PlanCatalog plans, Rater rater, TimeProvider time)
{
    private const int MonthsMax = 6;

    private readonly ProviderCalls usualSeats = new(rater, PlanCatalog.UsualProvider);

    private static readonly IReadOnlyDictionary<string, string> NoModes = new Dictionary<string, string>(StringComparer.Ordinal);
    private static readonly TimeSpan UsualLength = TimeSpan.FromDays(PlanPeriod.MonthDays);

    /// <summary>Models a range; the last thirty days where an end of it is not told.</summary>
    /// <param name="asked">The range. When it is about a provider, tiers of that provider must be known.</param>
    /// <param name="mode">How tiers are recommended.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<CostModel> ModelAsync(SpendRange asked, PlanMode mode, CancellationToken cancellationToken) =>
        (await ReadAsync(asked, withPast: mode == PlanMode.Cheapest, cancellationToken)).Model(mode);

    /// <summary>Models a range in both modes, from one reading.</summary>
    public async Task<(CostModel Band, CostModel Cheapest)> ModelBothAsync(SpendRange asked, CancellationToken cancellationToken)
    {
        var basis = await ReadAsync(asked, withPast: true, cancellationToken);
        return (basis.Model(PlanMode.Band), basis.Model(PlanMode.Cheapest));
    }

    private async Task<CostBasis> ReadAsync(SpendRange asked, bool withPast, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var end = asked.To ?? now;
        var range = asked with { From = asked.From ?? end - UsualLength, To = end };
        var (today, provider) = (DateOnly.FromDateTime(now.UtcDateTime), range.WentTo?.Provider);

        // Side by side: none of them needs what another one finds. A session says how it is paid for and not whom; of one
        // provider's calls only the calls themselves tell. Of the range only what lies before its first month is read apart.
        IReadOnlyList<DateOnly> months = withPast ? UsageByMonth.FirstDays(range, MonthsMax) : [];
        var shared = months.Cast<DateOnly?>().FirstOrDefault(month => CalendarDays.StartOf(month!.Value, range.Zone) >= range.From);
        var apart = shared is { } month ? range with { To = CalendarDays.EndOf(month.AddDays(-1), range.Zone) } : range;
        var rows = spend.SpendAsync(apart.Sums(SpendDimension.User, SpendDimension.BillingMode) with { CostOnly = true }, cancellationToken);
        var past = withPast ? UsageByMonth.ReadAsync(spend, range, months, range.WentTo ?? usualSeats, cancellationToken) : Task.FromResult(UsageByMonth.None);
        var names = PeopleNames.ReadAsync(engineers, range.Within, cancellationToken);
        var modes = provider is null ? judged.BillingModesAsync(range, cancellationToken) : Task.FromResult(NoModes);
        var sessions = JudgedCosts.ReadAsync(judged, spend, range, cancellationToken);
        await Task.WhenAll(rows, past, names, modes, sessions);
        var spenders = (await rows).Select(static row => row.User).Concat((await past).People);
        return new()
        {
            Period = PlanPeriod.Between(range.From.Value, end, range.Zone),
            Rows = shared is { } first ? [.. await rows, .. (await past).Since(first)] : await rows,
            Past = await past,
            Names = await (await names).WithAsync(engineers, range.Within, spenders, cancellationToken),
            BillingModes = await modes,
            Sessions = await sessions,
            TiersOf = mode => TiersOf(provider ?? PlanCatalog.UsualProvider, mode),
            Provider = provider,
        };

        (PlanTiers, bool) TiersOf(string of, PlanMode mode) => (plans.Of(of, mode, today), plans.AreDefined(of, mode));
    }
}
