using Farthing.Domain.Usage;

namespace Farthing.Storage.Sql;

/// <summary>
/// What a batch changes in all rollups. Calls are counted once, by session; what that means for the coarser sums is
/// added up from the changed rows at the end, which are far fewer.
/// </summary>
internal sealed class RollupChanges(LocalDays days)
{
    private readonly DailyChanges daily = new();
    private readonly DailyChanges personDays = new();
    private readonly DailyChanges personWeeks = new();
    private readonly DailyChanges projectWeeks = new();
    private readonly DailyChanges teamDays = new();

    /// <summary>By session, day, series and rate card.</summary>
    public SessionChanges Sessions { get; } = new();

    /// <summary>
    /// What changes at each level, in the order of writing: the days of teams last, because everybody's batches meet in their rows.
    /// </summary>
    public IReadOnlyList<(RollupLevel Level, DailyChanges Changes)> Levels => field ??=
    [
        (RollupLevel.Daily, daily),
        (RollupLevel.PersonDays, personDays),
        (RollupLevel.PersonWeeks, personWeeks),
        (RollupLevel.ProjectWeeks, projectWeeks),
        (RollupLevel.TeamDays, teamDays),
    ];

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
            daily.Add(change.Day, change.Series, change.RateCard, change.Sums);
        }

        for (var row = 0; row < daily.Count; row++)
        {
            var (day, series, rateCard) = daily.KeyOf(row);
            var left = coarse.Of(series);
            teamDays.Add(day, left.Team, rateCard, daily[row]);
            personDays.Add(day, left.Person, rateCard, daily[row]);
            projectWeeks.Add(RollupLevel.WeekOf(day), left.Project, rateCard, daily[row]);
        }

        for (var row = 0; row < personDays.Count; row++)
        {
            var (day, series, rateCard) = personDays.KeyOf(row);
            personWeeks.Add(RollupLevel.WeekOf(day), series, rateCard, personDays[row]);
        }
    }

    /// <summary>Drops all changes.</summary>
    public void Clear()
    {
        Sessions.Clear();
        foreach (var (_, changes) in Levels)
        {
            changes.Clear();
        }

        HasRemovals = false;
    }

    private void Count(UsageEvent usage, in EventPlace place, in SumChange by)
    {
        var at = usage.OccurredAt.ToUnixTimeMilliseconds();
        Sessions.Add(days.DayOf(at), at, place, by);
    }
}

/// <summary>What is left of a series when less is asked, by number: series again, so that whoever reads them need not know.</summary>
/// <param name="Team">Without person, work and place.</param>
/// <param name="Person">Without work and place.</param>
/// <param name="Project">Without person, work and branch.</param>
/// <param name="Org">With the organisation only.</param>
internal readonly record struct CoarseSeries(int Team, int Person, int Project, int Org)
{
    /// <summary>What is left of dimensions.</summary>
    /// <param name="of">The dimensions.</param>
    /// <param name="numberOf">Gives a series its number.</param>
    public static CoarseSeries Of(Dimensions of, Func<Dimensions, int> numberOf)
    {
        var person = new Dimensions
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
        var team = person with { User = string.Empty };
        return new(numberOf(team), numberOf(person), numberOf(team with { Project = of.Project }), numberOf(new() { Org = of.Org }));
    }
}

/// <summary>What is left of series and sessions when less is asked.</summary>
internal interface ICoarseNumbers
{
    /// <summary>What is left of a series.</summary>
    CoarseSeries Of(int series);

    /// <summary>A session without version and parent: one for each agent and key; 0 for what belongs to no session.</summary>
    int HeadOf(int session);

    /// <summary>What <see cref="HeadOf"/> leaves of a session.</summary>
    static SessionKey Head(SessionKey of) => of with { Session = new(of.Session.Key, string.Empty, string.Empty) };
}
