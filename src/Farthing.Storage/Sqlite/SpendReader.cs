using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
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
    /// <summary>Groups spend.</summary>
    public IReadOnlyList<SpendRow> Read(SpendQuery query)
    {
        var days = new LocalDays(query.Zone);
        var range = EventRange.Of(query, days);
        var scope = ReadScope(connection, query);
        var sums = new SpendSums(query.ByDay, scope.BySession);
        var statuses = new RateCardTable(connection).ReadStatuses();
        if (!scope.BySession && HasDaysOfRollup(query.Org, days, range))
        {
            AddDaily(query.Org, range, scope, statuses, sums);
        }
        else
        {
            AddEvents(query.Org, range, days, scope, statuses, sums);
        }

        return sums.ToRows(scope.Labels);
    }

    /// <summary>The series that a query means.</summary>
    public static SpendScope ReadScope(Connection connection, SpendQuery query)
    {
        var scope = new SpendScope(query);
        using var rows = connection.Prepare(
            "SELECT id, agent, project, branch, model, speed, plan, role FROM series WHERE org = ?1 AND (?2 IS NULL OR agent = ?2)"u8);
        rows.Bind(1, query.Org);
        rows.Bind(2, query.Agent);
        while (rows.Step())
        {
            scope.Add(
                rows.Small(0),
                new(rows.Text(1), rows.Text(2), rows.Text(3), Dimensions.ReportedModel(rows.Text(4), rows.Text(5)), rows.Text(6), rows.Text(7)));
        }

        return scope;
    }

    /// <summary>What reading caches saved, see <see cref="ISpendQueries.CacheSavingsAsync"/>; from the rollup where its days are the query's.</summary>
    public Usd ReadCacheSavings(SpendQuery query)
    {
        var days = new LocalDays(query.Zone);
        var range = EventRange.Of(query, days);
        var scope = ReadScope(connection, query);
        var cards = new RateCardTable(connection);
        var savings = new CacheSavings();
        var isDaily = HasDaysOfRollup(query.Org, days, range);
        using var rows = isDaily
            ? connection.Prepare(
                """
                SELECT series, rate_card, cache_read FROM daily
                WHERE day BETWEEN ?1 AND ?2 AND cache_read <> 0 AND series IN (SELECT id FROM series WHERE org = ?3)
                """u8)
            : connection.Prepare(
                """
                SELECT series, rate_card, cache_read FROM events
                WHERE id >= ?1 AND id < ?2 AND cache_read <> 0 AND series IN (SELECT id FROM series WHERE org = ?3)
                """u8);
        if (isDaily)
        {
            rows.Bind(1, range.FirstDay);
            rows.Bind(2, range.LastDay);
        }
        else
        {
            rows.BindIds(1, range.From, range.To);
        }

        rows.Bind(3, query.Org);
        while (rows.Step())
        {
            if (scope.GroupOf(rows.Small(0)) >= 0)
            {
                savings.Add(cards[rows.Small(1)], rows.Integer(2));
            }
        }

        return savings.Total;
    }

    /// <summary>Whether the days of the query are those of the rollup, as far as the organisation has events.</summary>
    private bool HasDaysOfRollup(string org, LocalDays days, in EventRange range)
    {
        // Each end by itself: SQLite stops at the first row from that end, but reads all rows for both in one query.
        using var ends = connection.Prepare(
            """
            SELECT (SELECT min(day) FROM daily WHERE series IN (SELECT id FROM series WHERE org = ?1)),
                (SELECT max(day) FROM daily WHERE series IN (SELECT id FROM series WHERE org = ?1))
            """u8);
        ends.Bind(1, org);
        return !ends.Step() || ends.IsNull(0)
            || rollupDays.Equal(days, Math.Max(range.FirstDay, ends.Small(0)), Math.Min(range.LastDay, ends.Small(1)));
    }

    private void AddDaily(string org, in EventRange range, SpendScope scope, PricingStatus[] statuses, SpendSums sums)
    {
        using var rows = connection.Prepare(
            """
            SELECT day, series, rate_card, calls, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning,
                modality_tokens, web_searches, cost_high, cost_low
            FROM daily WHERE day BETWEEN ?1 AND ?2 AND series IN (SELECT id FROM series WHERE org = ?3)
            """u8);
        rows.Bind(1, range.FirstDay);
        rows.Bind(2, range.LastDay);
        rows.Bind(3, org);
        while (rows.Step())
        {
            var group = scope.GroupOf(rows.Small(1));
            if (group < 0)
            {
                continue;
            }

            ref var sum = ref sums.At(rows.Small(0), group, statuses[rows.Small(2)]);
            sum.Calls += rows.Integer(3);
            AddTokens(ref sum, rows, 4);
            sum.Reasoning += rows.Integer(9);
            sum.ModalityTokens += rows.Integer(10);
            sum.WebSearches += rows.Integer(11);
            sum.Cost += StoredCost.Join(rows.Integer(12), rows.Integer(13));
        }
    }

    private void AddEvents(
        string org, in EventRange range, LocalDays days, SpendScope scope, PricingStatus[] statuses, SpendSums sums)
    {
        var sessions = scope.BySession ? new SessionTable(connection) : null;
        var sessionGroups = new KeyTable();
        var groups = new List<int>();
        using var rows = connection.Prepare(
            """
            SELECT at, series, session, rate_card, input, cache_read, cache_write_5m, cache_write_1h, output, modality_tokens,
                web_searches, cost_input + cost_cache_read + cost_cache_write_5m + cost_cache_write_1h + cost_output
                + cost_modalities + cost_units, reasoning
            FROM events WHERE id >= ?1 AND id < ?2 AND series IN (SELECT id FROM series WHERE org = ?3)
            """u8);
        rows.BindIds(1, range.From, range.To);
        rows.Bind(3, org);
        while (rows.Step())
        {
            var group = scope.GroupOf(rows.Small(1));
            if (group < 0)
            {
                continue;
            }

            if (sessions is not null)
            {
                var session = rows.Small(2);
                var known = sessionGroups.Count;
                var number = sessionGroups.Add(((ulong)(uint)group << 32) | (uint)session);
                if (number == known)
                {
                    groups.Add(scope.NumberOf(group, sessions[session]));
                }

                group = groups[number];
            }

            var at = rows.Integer(0);
            AddEvent(ref sums.At(days.DayOf(at), group, statuses[rows.Small(3)]), rows, at);
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
}
