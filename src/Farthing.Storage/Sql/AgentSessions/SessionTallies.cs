using Farthing.Domain.PlanFit;
using Farthing.Workflows.Access;
using Farthing.Workflows.Sessions;

namespace Farthing.Storage.Sql.AgentSessions;

/// <summary>
/// How many sessions began on a day and in a week of UTC and what came of them, by engineer and team: kept in the transaction
/// that keeps the sessions, so that what is asked of all engineers need not read every session.
/// </summary>
internal static class SessionTallies
{
    /// <summary>So many rows are written by one statement; an engine takes only so many parameters.</summary>
    private const int RowsMax = 500;

    private const int DaySpan = 1;
    private const int WeekSpan = 7;
    private const long DayMilliseconds = 86_400_000;

    /// <summary>The day of what has no beginning, which no session can begin on.</summary>
    private const int Undated = -1;

    /// <summary>The statements that count sessions in the place of what was counted of them before.</summary>
    public static IEnumerable<SqlText> Changes(IEnumerable<KeptSession> sessions)
    {
        var sums = new Dictionary<Key, SessionTally>();
        foreach (var kept in sessions)
        {
            Count(kept.Before, -1);
            Count(kept.After, 1);
        }

        return sums.Where(static sum => sum.Value is not { Sessions: 0, Successes: 0, DurationMilliseconds: 0 }).Chunk(RowsMax).Select(static rows => Upsert(rows));

        void Count(AgentSession? session, int sign)
        {
            if (session is not null)
            {
                var day = session.StartedAt is { } at && at.ToUnixTimeMilliseconds() is not 0 and var began ? (int)(began / DayMilliseconds) : Undated;
                Add(new(session.Org, DaySpan, day, session.EngineerId, session.TeamId));
                Add(new(session.Org, WeekSpan, RollupLevel.WeekOf(day), session.EngineerId, session.TeamId));
            }

            void Add(Key key)
            {
                var sum = sums.GetValueOrDefault(key) ?? new(key.Engineer, 0, 0, 0);
                sums[key] = sum with
                {
                    Sessions = sum.Sessions + sign,
                    Successes = sum.Successes + (session.Facets.Outcome == SessionOutcome.Success ? sign : 0),
                    DurationMilliseconds = sum.DurationMilliseconds + (sign * Math.Max(session.DurationMilliseconds ?? 0, 0)),
                };
            }
        }
    }

    /// <summary>Sessions counted by engineer; for <see cref="AgentSessionText.ReadTally"/>. From these sums where they know all that is asked and are better than a look at each.</summary>
    /// <param name="query">The query.</param>
    /// <param name="sum">The database's function that adds up numbers of 64 bits.</param>
    public static SqlText Tally(SessionQuery query, string sum) =>
        query is { Project: null, WithArchetype: false, Outcomes: null, EngineerId: null, Within.Reach: ScopeReach.Org or ScopeReach.Team }
        ? TallyOfSums(query, sum)
        : AgentSessionText.Tally(query);

    /// <summary>Whole weeks, days at their ends, and sessions of the days that are only partly meant, added or taken away.</summary>
    private static SqlText TallyOfSums(SessionQuery query, string sum)
    {
        var cover = CoverOf(query);
        var sql = new SqlText().Add(
            $"SELECT engineer, {sum}(sessions), {sum}(successes), {sum}(duration) FROM (SELECT '' AS engineer, 0 AS sessions, 0 AS successes, 0 AS duration");
        foreach (var (areWeeks, first, last, into, _) in WeekPart.Of([cover.First], cover.Last, LocalDays.DayMax))
        {
            var by = into is null ? "-" : string.Empty;
            sql.Add($"UNION ALL SELECT engineer, {by}sessions, {by}successes, {by}duration FROM session_tallies WHERE org =", query.Within.Org)
                .Add($"AND span = {(areWeeks ? WeekSpan : DaySpan)} AND day BETWEEN", (long)first).Add("AND", (long)last)
                .AddScope(query.Within).AddIf("AND team =", query.TeamId);
        }

        foreach (var (range, sign) in cover.Edges)
        {
            sql.Add(
                $"""
                UNION ALL SELECT engineer, {sign}, CASE WHEN outcome = {(int)SessionOutcome.Success} THEN {sign} ELSE 0 END,
                    CASE WHEN duration > 0 THEN {sign} * duration ELSE 0 END
                FROM agent_sessions WHERE org =
                """,
                query.Within.Org)
                .AddScope(query.Within).AddIf("AND team =", query.TeamId)
                .Add("AND started >=", Math.Max(range.From, 1)).Add("AND started <", range.End);
        }

        return sql.Add($") AS counted GROUP BY engineer HAVING {sum}(sessions) > 0 ORDER BY engineer");
    }

    /// <summary>What has no beginning belongs to no range; only who asks for no bound means it too.</summary>
    private static RangeCover CoverOf(SessionQuery query)
    {
        if (query is { From: null, To: null })
        {
            return new(Undated, LocalDays.DayMax, []);
        }

        var days = new LocalDays(TimeZoneInfo.Utc);
        var end = days.StartOf(LocalDays.DayMax + 1);
        var range = new EventRange(
            Math.Max(query.From?.ToUnixTimeMilliseconds() ?? 0, 0), query.To is { } last ? Math.Min(last.ToUnixTimeMilliseconds() + 1, end) : end);
        return RangeCover.Of(range, days, end / EventRange.Second);
    }

    private static SqlText Upsert(IReadOnlyList<KeyValuePair<Key, SessionTally>> rows)
    {
        var sql = new SqlText().Add("INSERT INTO session_tallies (org, span, day, engineer, team, sessions, successes, duration) VALUES");
        var separator = "(";
        foreach (var (key, sum) in rows)
        {
            sql.Add(separator, key.Org).Add(",", (long)key.Span).Add(",", (long)key.Day).Add(",", key.Engineer).Add(",", key.Team)
                .Add(",", sum.Sessions).Add(",", sum.Successes).Add(",", sum.DurationMilliseconds);
            separator = "), (";
        }

        return sql.Add(
            """
            ) ON CONFLICT (org, span, day, engineer, team) DO UPDATE SET sessions = session_tallies.sessions + excluded.sessions,
                successes = session_tallies.successes + excluded.successes, duration = session_tallies.duration + excluded.duration
            """);
    }

    /// <summary>What a row counts: the sessions that began on a day, or in the week that begins with it.</summary>
    private readonly record struct Key(string Org, int Span, int Day, string Engineer, string Team);
}
