using Farthing.Domain.Usage;
using Farthing.Workflows.Sessions;

namespace Farthing.Demo;

/// <summary>
/// What the people of the demo did in ninety days that end now: weekdays, few weekends, a week off for each, slowly more
/// sessions. The same instant always gives the same.
/// </summary>
internal sealed class DemoWork
{
    /// <summary>How many days it goes back, today included.</summary>
    public const int Days = 90;

    private const int WeekDays = 7;
    private const int WorkdayPercent = 92;
    private const int WeekendPercent = 7;

    /// <summary>How many of a hundred sessions were there at the beginning already.</summary>
    private const int SharePercentAtFirst = 70;

    /// <summary>The versions of Claude Code, each with the first day, counted back from today, on which it is not used any more.</summary>
    private static readonly (DemoVersion Version, int UntilDaysAgo)[] Versions =
        [(new("2.1.198", BreaksCache: false), 48), (new("2.1.214", BreaksCache: false), 19), (new("2.1.221", BreaksCache: true), 11), (new("2.1.230", BreaksCache: false), -1)];

    private readonly List<UsageEvent> calls = [];
    private readonly List<SessionReport> reports = [];
    private readonly DateTimeOffset now;

    private DemoWork(DateTimeOffset now) => this.now = now;

    /// <summary>The calls, in order of time.</summary>
    public IReadOnlyList<UsageEvent> Calls => calls;

    /// <summary>What clients say of the sessions.</summary>
    public IReadOnlyList<SessionReport> Reports => reports;

    /// <summary>All that is done until an instant.</summary>
    public static DemoWork Until(DateTimeOffset now)
    {
        var work = new DemoWork(now);
        for (var daysAgo = Days - 1; daysAgo >= 0; daysAgo--)
        {
            for (var number = 0; number < DemoPerson.All.Count; number++)
            {
                work.AddDay(number, daysAgo);
            }
        }

        work.calls.Sort(static (left, right) => left.OccurredAt.CompareTo(right.OccurredAt));
        return work;
    }

    private void AddDay(int number, int daysAgo)
    {
        var (person, midnight) = (DemoPerson.All[number], new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(-daysAgo));
        var day = (int)(midnight.Ticks / TimeSpan.TicksPerDay);
        var dice = new Dice(((ulong)number << 32) + (ulong)day);
        if (daysAgo < person.LastDaysAgo || IsOff(number, day) || !dice.Happens(midnight.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? WeekendPercent : WorkdayPercent))
        {
            return;
        }

        var (version, _) = Versions.First(version => daysAgo > version.UntilDaysAgo);
        for (var session = dice.Between((person.SessionsMax + 1) / 2, person.SessionsMax + 1); session > 0; session--)
        {
            var start = midnight.AddMinutes((8 * 60) + dice.Roll(9 * 60));
            var rolls = new Dice(((ulong)number << 48) + ((ulong)day << 8) + (ulong)session);
            if (rolls.Happens(SharePercentAtFirst + ((100 - SharePercentAtFirst) * (Days - daysAgo) / Days)))
            {
                Add(new(person, start, now, version, rolls));
            }
        }
    }

    /// <summary>Whether somebody has their week off, which each has every thirteen weeks.</summary>
    private static bool IsOff(int number, int day) => ((day / WeekDays) + (number * 5)) % 13 == 0;

    private void Add(DemoSession session)
    {
        calls.AddRange(session.Calls);
        if (session.Report is { } report)
        {
            reports.Add(report);
        }
    }
}
