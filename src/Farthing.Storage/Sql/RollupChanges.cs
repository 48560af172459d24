using Farthing.Domain.Usage;

namespace Farthing.Storage.Sql;

/// <summary>
/// What a batch changes in all rollups. Calls are counted once, by session; what that means for the coarser sums is
/// added up from the changed rows at the end, which are far fewer.
/// </summary>
internal sealed class RollupChanges(LocalDays days)
{
    /// <summary>By session, day, series and rate card.</summary>
    public SessionChanges Sessions { get; } = new();

    /// <summary>By day, series and rate card.</summary>
    public DailyChanges Daily { get; } = new();

    /// <summary>By day, what is left of a series without person, work and place, and rate card.</summary>
    public DailyChanges TeamDays { get; } = new();

    /// <summary>By day, what is left of a series without work and place, and rate card.</summary>
    public DailyChanges PersonDays { get; } = new();

    /// <summary>By week, what is left of a series without work and place, and rate card.</summary>
    public DailyChanges PersonWeeks { get; } = new();

    /// <summary>By week, what is left of a series without person, work and branch, and rate card.</summary>
    public DailyChanges ProjectWeeks { get; } = new();

    /// <summary>Whether a counted call was taken back, so that a row may have become empty.</summary>
    public bool HasRemovals { get; private set; }

    /// <summary>Counts a call.</summary>
    public void Add(UsageEvent usage, in StoredCost cost, in EventPlace place) => Count(usage, place, SumChange.Of(usage, cost, 1));

    /// <summary>Takes a counted call back.</summary>
    public void Remove(UsageEvent usage, in StoredCost cost, in EventPlace place)
    {
        Count(usage, place, SumChange.Of(usage, cost, -1));
        HasRemovals = true;
    }

    /// <summary>Adds the coarser sums up.</summary>
    public void SumUp(ICoarseNumbers coarse)
    {
        for (var row = 0; row < Sessions.Count; row++)
        {
            ref readonly var change = ref Sessions[row];
            Daily.Add(change.Day, change.Series, change.RateCard, change.Sums);
        }

        for (var row = 0; row < Daily.Count; row++)
        {
            var (day, series, rateCard) = Daily.KeyOf(row);
            TeamDays.Add(day, coarse.TeamOf(series), rateCard, Daily[row]);
            PersonDays.Add(day, coarse.PersonOf(series), rateCard, Daily[row]);
            ProjectWeeks.Add(RollupLevel.WeekOf(day), coarse.ProjectOf(series), rateCard, Daily[row]);
        }

        for (var row = 0; row < PersonDays.Count; row++)
        {
            var (day, series, rateCard) = PersonDays.KeyOf(row);
            PersonWeeks.Add(RollupLevel.WeekOf(day), series, rateCard, PersonDays[row]);
        }
    }

    /// <summary>Drops all changes.</summary>
    public void Clear()
    {
        Sessions.Clear();
        Daily.Clear();
        TeamDays.Clear();
        PersonDays.Clear();
        PersonWeeks.Clear();
        ProjectWeeks.Clear();
        HasRemovals = false;
    }

    private void Count(UsageEvent usage, in EventPlace place, in SumChange by)
    {
        var at = usage.OccurredAt.ToUnixTimeMilliseconds();
        Sessions.Add(days.DayOf(at), at, place, by);
    }
}

/// <summary>What is left of a series when less is asked: a series again, so that whoever reads it need not know. The same for sessions.</summary>
internal interface ICoarseNumbers
{
    /// <summary>A series without person, work and place.</summary>
    int TeamOf(int series);

    /// <summary>A series without work and place.</summary>
    int PersonOf(int series);

    /// <summary>A series without person, work and branch.</summary>
    int ProjectOf(int series);

    /// <summary>A series with its organisation only.</summary>
    int OrgOf(int series);

    /// <summary>A session without version and parent: one for each agent and key; 0 for what belongs to no session.</summary>
    int HeadOf(int session);

    /// <summary>What <see cref="HeadOf"/> leaves of a session.</summary>
    static SessionKey Head(SessionKey of) => of with { Session = new(of.Session.Key, string.Empty, string.Empty) };

    /// <summary>What <see cref="PersonOf"/> leaves of dimensions.</summary>
    static Dimensions Person(Dimensions of) => new()
    {
        Org = of.Org,
        Team = of.Team,
        User = of.User,
        Agent = of.Agent,
        Provider = of.Provider,
        Model = of.Model,
        Speed = of.Speed,
        BillingMode = of.BillingMode,
    };

    /// <summary>What <see cref="ProjectOf"/> leaves of dimensions.</summary>
    static Dimensions Project(Dimensions of) => Team(of) with { Project = of.Project };

    /// <summary>What <see cref="OrgOf"/> leaves of dimensions.</summary>
    static Dimensions Whole(Dimensions of) => new() { Org = of.Org };

    /// <summary>What <see cref="TeamOf"/> leaves of dimensions.</summary>
    static Dimensions Team(Dimensions of) => Person(of) with { User = string.Empty };
}
