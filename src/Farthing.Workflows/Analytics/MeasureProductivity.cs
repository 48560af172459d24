using Farthing.Domain.Money;
using Farthing.Domain.Usage;
using Farthing.Workflows.Access;
using Farthing.Workflows.Planning;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Analytics;

/// <summary>What working with agents is worth by Primer's rule of thumb: work takes three times as long without them, and an hour is worth 75 dollars.</summary>
public sealed record Productivity
{
    private const int HourlyRate = 75;
    private const int TimesLonger = 3;
    private const long MillisecondsPerHour = 3_600_000;

    /// <summary>What sessions' clients reported.</summary>
    public required ReportedSessions Reported { get; init; }

    /// <summary>In how many sessions there was usage.</summary>
    public required long SessionsWithUsage { get; init; }

    /// <summary>Active engineers in scope.</summary>
    public required int Engineers { get; init; }

    /// <summary>Those of them with sessions.</summary>
    public required int Adopters { get; init; }

    /// <summary>Whole days of the range, at least 1.</summary>
    public required int Days { get; init; }

    /// <summary>How sure the prices are.</summary>
    public required PricingTotals Pricing { get; init; }

    /// <summary>What has a price.</summary>
    public Usd Cost => Pricing.Cost;

    /// <summary>All sessions: those that were reported, or those with usage where they are more.</summary>
    public long Sessions => Math.Max(Reported.Sessions, SessionsWithUsage);

    /// <summary>Sessions an engineer and day.</summary>
    public Ratio SessionsPerEngineerAndDay => Ratio.Of(Sessions, (Int128)Math.Max(Engineers, 1) * Days);

    /// <summary>Dollars a session with usage; null without any.</summary>
    public Ratio? CostPerSession => SessionsWithUsage == 0 ? null : Ratio.Dollars(Cost) / Ratio.Of(SessionsWithUsage);

    /// <summary>Dollars a success; null without any.</summary>
    public Ratio? CostPerSuccess => Reported.Successes == 0 ? null : Ratio.Dollars(Cost) / Ratio.Of(Reported.Successes);

    /// <summary>Hours saved: the hours of the sessions × (3 − 1); null without any.</summary>
    public Ratio? HoursSaved => Reported.DurationMilliseconds == 0
        ? null
        : Ratio.Of((Int128)Reported.DurationMilliseconds * (TimesLonger - 1), MillisecondsPerHour);

    /// <summary>What they are worth in dollars.</summary>
    public Ratio? Value => HoursSaved is { } hours ? hours * Ratio.Of(HourlyRate) : null;

    /// <summary>The value of the hours saved ÷ what agents cost; null when one is not known or they cost nothing.</summary>
    public Ratio? ReturnRatio => Value is { } value && Cost > Usd.Zero ? value / Ratio.Dollars(Cost) : null;

    /// <summary>Percent of the active engineers who had sessions.</summary>
    public Ratio AdoptionPercent => Engineers == 0 ? Ratio.Zero : Ratio.Min(Ratio.Of((Int128)Adopters * 100, Engineers), Ratio.Of(100));

    /// <summary>Engineers with more than twice as many sessions as the average of those who have any.</summary>
    public int PowerUsers
    {
        get
        {
            var counts = Reported.ByEngineer.Values.Where(static count => count > 0).ToList();
            return counts.Count(count => count * counts.Count > counts.Sum() * 2);
        }
    }
}

/// <summary>The sessions of a range as they were counted.</summary>
/// <param name="Reported">What their clients reported.</param>
/// <param name="Counts">In how many there was usage.</param>
public sealed record CountedSessions(ReportedSessions Reported, IReadOnlyList<SessionCount> Counts);

/// <summary>Measures what working with agents is worth.</summary>
public sealed class MeasureProductivity(ISpendQueries spend, ReportedJudgements judged, IEngineers engineers)
{
    /// <summary>Measures a range. Days are read only where it does not tell how many there are.</summary>
    public async Task<Productivity> MeasureAsync(SpendRange range, CancellationToken cancellationToken)
    {
        var rows = spend.SpendAsync(range.Sums(SpendDimension.User) with { CostOnly = true }, cancellationToken);
        var days = range is { From: not null, To: not null } ? Task.FromResult<IReadOnlyList<SpendRow>>([]) : spend.SpendAsync(range.ByDay() with { CostOnly = true }, cancellationToken);
        var names = PeopleNames.ReadAsync(engineers, range.Within, cancellationToken);
        var counted = await CountAsync(range, cancellationToken);
        return Conclude(range, new(await rows, await days, await names), counted);
    }

    /// <summary>Counts the sessions of a range whose spend is read already, or meanwhile.</summary>
    public async Task<CountedSessions> CountAsync(SpendRange range, CancellationToken cancellationToken)
    {
        // Sessions are counted by person only where nobody reports them: to count all together is a look at sums.
        var reported = await judged.ReportedAsync(range, cancellationToken);
        return new(reported, await spend.SessionsAsync(reported.Sessions > 0 ? range.Sums() : range.Sums(SpendDimension.User), cancellationToken));
    }

    /// <summary>Concludes what working with agents was worth.</summary>
    /// <param name="range">The range.</param>
    /// <param name="spend">Its spend.</param>
    /// <param name="sessions">Its sessions.</param>
    public static Productivity Conclude(SpendRange range, SpendReading spend, CountedSessions sessions)
    {
        var ((rows, days, names), (reported, counts)) = (spend, sessions);
        var byEngineer = reported.Sessions > 0 ? reported.ByEngineer : ByEngineer(counts);
        var working = rows.Select(static row => row.User).ToHashSet(StringComparer.Ordinal);
        var active = names.Engineers.Where(static engineer => engineer.IsActive).ToList();
        return new()
        {
            Reported = reported with { ByEngineer = byEngineer },
            SessionsWithUsage = counts.Sum(static count => count.Sessions),
            Engineers = active.Count,
            Adopters = active.Count(engineer => working.Contains(engineer.Id) || byEngineer.GetValueOrDefault(engineer.Id) > 0),
            Days = DaysOf(range, days),
            Pricing = PricingTotals.Of(rows),
        };
    }

    private static Dictionary<string, long> ByEngineer(IEnumerable<SessionCount> counts) =>
        counts.Where(static count => count.User.Length > 0)
            .GroupBy(static count => count.User, StringComparer.Ordinal)
            .ToDictionary(static count => count.Key, static count => count.Sum(static group => group.Sessions), StringComparer.Ordinal);

    private static int DaysOf(SpendRange range, IReadOnlyList<SpendRow> days) => range switch
    {
        { From: { } from, To: { } to } => CalendarDays.WholeDays(from, to, range.Zone),
        _ => days.Count == 0 ? 1 : Math.Max(days.Max(static row => row.Day.DayNumber) - days.Min(static row => row.Day.DayNumber), 1),
    };
}
