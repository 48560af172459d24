using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Storage.Sql;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sqlite;

/// <summary>
/// Groups spend: from the rollup where its days are the query's days, else from the events of the range. Rows come as
/// numbers and are added up here: faster than grouping by texts in the database, measured.
/// </summary>
internal sealed class SpendReader(Connection connection, LocalDays rollupDays)
{
    private readonly RateCardTable cards = new(connection);

    /// <summary>Groups spend.</summary>
    public IReadOnlyList<SpendRow> Read(SpendQuery query)
    {
        var days = new LocalDays(query.Zone);
        var range = EventRange.Of(query, days);
        var scope = ReadScope(connection, query);
        var sums = new SpendSums(query.ByDay, scope.ByCard, scope.BySession);
        var statuses = cards.ReadStatuses();
        var (first, last) = scope.BySession || (query.ByDay && !HasDaysOfRollup(query.Org, days, range)) ? (0, -1) : range.WholeDays(rollupDays);
        if (first > last)
        {
            AddEvents(query, range, days, scope, statuses, sums);
        }
        else
        {
            AddEvents(query, range with { End = rollupDays.StartOf(first) }, days, scope, statuses, sums);
            AddDaily(query, first, last, scope, statuses, sums);
            AddEvents(query, range with { From = rollupDays.StartOf(last + 1) }, days, scope, statuses, sums);
        }

        return sums.ToRows(scope.Labels, number => cards[number]);
    }

    /// <summary>The series that a query means.</summary>
    public static SpendScope ReadScope(Connection connection, SpendQuery query)
    {
        var scope = new SpendScope(query);
        using var rows = connection.Prepare(SpendScope.Select(query));
        while (rows.Step())
        {
            _ = scope.Add(rows.Small(0), rows);
        }

        return scope;
    }

    /// <summary>Whether the days of the query are those of the rollup, as far as the organisation has events.</summary>
    private bool HasDaysOfRollup(string org, LocalDays days, in EventRange range)
    {
        if (rollupDays.HasZoneOf(days))
        {
            return true;
        }

        // Each end by itself: SQLite stops at the first row from that end, but reads all rows for both in one query.
        using var ends = connection.Prepare(
            """
            SELECT (SELECT min(day) FROM daily WHERE series IN (SELECT id FROM series WHERE org = ?1)),
                (SELECT max(day) FROM daily WHERE series IN (SELECT id FROM series WHERE org = ?1))
            """u8);
        ends.Bind(1, org);
        var (first, last) = range.WholeDays(days);
        return !ends.Step() || ends.IsNull(0) || rollupDays.Equal(days, Math.Max(first - 1, ends.Small(0)), Math.Min(last + 1, ends.Small(1)));
    }

    private void AddDaily(SpendQuery query, int first, int last, SpendScope scope, PricingStatus[] statuses, SpendSums sums)
    {
        using var rows = connection.Prepare(new SqlText()
            .Add(
                """
                SELECT day, series, rate_card, calls, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning,
                    modality_tokens, web_searches, cost_high, cost_low
                FROM daily WHERE day BETWEEN
                """,
                (long)first)
            .Add("AND", (long)last).Add("AND").AddSeriesOf("series", query));
        while (rows.Step())
        {
            var group = scope.GroupOf(rows.Small(1));
            if (group < 0)
            {
                continue;
            }

            var card = rows.Small(2);
            ref var sum = ref sums.At(rows.Small(0), group, card, statuses[card]);
            sum.Calls += rows.Integer(3);
            AddTokens(ref sum, rows, 4);
            sum.Reasoning += rows.Integer(9);
            sum.ModalityTokens += rows.Integer(10);
            sum.WebSearches += rows.Integer(11);
            sum.Cost += StoredCost.Join(rows.Integer(12), rows.Integer(13));
        }
    }

    private void AddEvents(SpendQuery query, EventRange range, LocalDays days, SpendScope scope, PricingStatus[] statuses, SpendSums sums)
    {
        if (range.IsEmpty)
        {
            return;
        }

        var sessions = scope.BySession ? new SessionGroups(connection, scope) : null;
        using var rows = connection.Prepare(new SqlText()
            .Add(
                """
                SELECT at, series, session, rate_card, input, cache_read, cache_write_5m, cache_write_1h, output, modality_tokens,
                    web_searches, cost_input + cost_cache_read + cost_cache_write_5m + cost_cache_write_1h + cost_output
                    + cost_modalities + cost_units, reasoning
                FROM events WHERE id >=
                """,
                range.FromId)
            .Add("AND id <", range.EndId).Add("AND at >=", range.From).Add("AND at <", range.End).Add("AND").AddSeriesOf("series", query));
        while (rows.Step())
        {
            var group = scope.GroupOf(rows.Small(1));
            if (group < 0)
            {
                continue;
            }

            var (at, card) = (rows.Integer(0), rows.Small(3));
            group = sessions?.GroupOf(group, rows.Small(2)) ?? group;
            AddEvent(ref sums.At(days.DayOf(at), group, card, statuses[card]), rows, at);
        }
    }

    private static void AddEvent(ref SpendSums.Sum sum, Statement row, long at)
    {
        sum.Calls++;
        AddTokens(ref sum, row, 4);
        sum.ModalityTokens += row.Integer(9);
        sum.WebSearches += row.Integer(10);
        sum.Cost += new Usd(row.Integer(11));
        sum.Reasoning += row.Integer(12);
        sum.FirstAt = Math.Min(sum.FirstAt, at);
        sum.LastAt = Math.Max(sum.LastAt, at);
    }

    private static void AddTokens(ref SpendSums.Sum sum, Statement row, int column)
    {
        sum.Input += row.Integer(column);
        sum.CacheRead += row.Integer(column + 1);
        sum.CacheWrite5m += row.Integer(column + 2);
        sum.CacheWrite1h += row.Integer(column + 3);
        sum.Output += row.Integer(column + 4);
    }

    /// <summary>The groups of series and sessions.</summary>
    private sealed class SessionGroups(Connection connection, SpendScope scope)
    {
        private readonly SessionTable sessions = new(connection);
        private readonly KeyTable pairs = new();
        private readonly List<int> groups = [];

        public int GroupOf(int group, int session)
        {
            var known = pairs.Count;
            var number = pairs.Add(((ulong)(uint)group << 32) | (uint)session);
            if (number == known)
            {
                groups.Add(scope.NumberOf(group, sessions[session]));
            }

            return groups[number];
        }
    }
}
