using Farthing.Workflows.Access;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sql;

/// <summary>One of the rollups by day, series and rate card, and how its rows are written.</summary>
/// <param name="Table">The table.</param>
/// <param name="SeriesAre">What its series have in common, as a condition that their index knows; empty for nothing.</param>
internal sealed record RollupLevel(string Table, string SeriesAre)
{
    /// <summary>The finest one, and the only one that knows by which key calls were told.</summary>
    public static readonly RollupLevel Daily = new("daily", string.Empty);

    /// <summary>Without person, work and place.</summary>
    public static readonly RollupLevel TeamDays = new("team_days", $"""AND {NoDetail} AND series."user" = ''""");

    /// <summary>Without work and place.</summary>
    public static readonly RollupLevel PersonDays = new("person_days", $"AND {NoDetail}");

    /// <summary>By week, without work and place. A week's row bears its first day.</summary>
    public static readonly RollupLevel PersonWeeks = new("person_weeks", $"AND {NoDetail}") { Days = PersonDays };

    /// <summary>By week, without person, work and branch: projects. A week's row bears its first day.</summary>
    public static readonly RollupLevel ProjectWeeks = new("project_weeks", $"""AND {NoBranch} AND series."user" = ''""") { Days = Daily };

    /// <summary>What series without work, branch and key have in common.</summary>
    public const string NoBranch = "branch = '' AND plan = '' AND model_pack = '' AND role = '' AND environment = '' AND api_key = ''";

    /// <summary>What series without work, place and key have in common.</summary>
    public const string NoDetail = $"project = '' AND {NoBranch}";

    private const int WeekDays = 7;

    /// <summary>1970-01-01 was a Thursday; weeks begin on Mondays.</summary>
    private const int DaysBeforeFirst = 3;

    /// <summary>The level that has the days of its weeks; null where rows are days.</summary>
    public RollupLevel? Days { get; init; }

    /// <summary>Adds changes to rows.</summary>
    /// <param name="source">Where the values come from.</param>
    public string Upsert(string source) =>
        $"INSERT INTO {Table} (day, series, rate_card, {string.Join(", ", SumChange.Columns)}) {source} " +
        $"ON CONFLICT (day, series, rate_card) DO UPDATE SET {string.Join(", ", SumChange.Columns.Select(column => $"{column} = {Table}.{column} + excluded.{column}"))}";

    /// <summary>The first day of the week that a day lies in. The first week of all may be short, for days are counted from −1 on.</summary>
    public static int WeekOf(int day) => Math.Max(day - ((day + DaysBeforeFirst) % WeekDays), -1);

    /// <summary>The first day of the week behind the one that a day lies in.</summary>
    public static int WeekBehind(int day) => day - ((day + DaysBeforeFirst) % WeekDays) + WeekDays;

    /// <summary>The coarsest level that knows all that a query asks of it.</summary>
    public static RollupLevel Of(SpendQuery query)
    {
        if (query.Plan is not null || query.Asks(SpendDimension.Branch) || query.Asks(SpendDimension.Plan) || query.Asks(SpendDimension.Role)
            || query.Asks(SpendDimension.ApiKey))
        {
            return Daily;
        }

        var isPersonal = query.User is not null || query.Asks(SpendDimension.User) || query.Within?.Reach == ScopeReach.Engineer;
        var isPlaced = query.Project is not null || query.Asks(SpendDimension.Project);
        var isByDay = query.ByDay && query.Periods.Count == 0;
        return (isPersonal, isPlaced) switch
        {
            (false, false) => TeamDays,
            (true, true) => Daily,
            (true, false) when isByDay => PersonDays,
            (false, true) when isByDay => Daily,
            (true, false) => PersonWeeks,
            (false, true) => ProjectWeeks,
        };
    }

    /// <summary>Whether no week lies in two rows of an answer.</summary>
    public static bool HoldsWeeks(SpendQuery query)
    {
        for (var index = 1; query.ByDay && index < query.Periods.Count; index++)
        {
            if (query.Periods[index].DayOfWeek != DayOfWeek.Monday)
            {
                return false;
            }
        }

        return true;
    }
}
