using System.Globalization;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Storage.Sql;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sqlite;

/// <summary>
/// Groups spend: whole days from the coarsest rollup that knows what is asked, where its days are the query's days, the
/// rest from the events. Rows come as numbers and are added up here: faster than grouping by texts in the database, measured.
/// </summary>
internal sealed class SpendReader(Connection connection, SeriesCatalog catalog, LocalDays rollupDays)
{
    /// <summary>A query of more days reads them all instead of looking for each.</summary>
    private const int DaysLookedForMax = 400;

    /// <summary>Of keys with more series than these all rows of a day are read: to look for each would take longer.</summary>
    private const int SeriesLookedForMax = 300;

    private readonly RateCardTable cards = new(connection);
    private PricingStatus[] statuses = [];
    private bool isOnlyOrg;

    /// <summary>Groups spend.</summary>
    public IReadOnlyList<SpendRow> Read(SpendQuery query)
    {
        var days = new LocalDays(query.Zone);
        var range = EventRange.Of(query, days);
        var scope = ScopeOf(connection, catalog, query);
        var sums = new SpendSums(query);
        statuses = cards.ReadStatuses();
        isOnlyOrg = IsOnlyOrg(connection, query.Org);
        var newest = NewestSecond(connection);
        var cover = scope.BySession || (query.ByDay && !HasDaysOfRollup(connection, query.Org, range, rollupDays, days))
            ? RangeCover.Raw(range)
            : RangeCover.Of(range, rollupDays, newest);
        foreach (var part in RollupPart.Of(query, cover.First, cover.Last, rollupDays.DayOf(newest * EventRange.Second)))
        {
            AddPart(query, part, scope, sums);
        }

        foreach (var (edge, sign) in cover.Edges)
        {
            AddEvents(query, edge, sign, days, scope, sums);
        }

        return sums.ToRows(scope.Labels, number => cards[number]);
    }

    /// <summary>The series that a query means.</summary>
    public static SpendScope ScopeOf(Connection connection, SeriesCatalog catalog, SpendQuery query)
    {
        var series = new SeriesTable(connection);
        return new(query, DimensionsOf);

        Dimensions DimensionsOf(int number)
        {
            if (catalog.Find(number) is { } known)
            {
                return known;
            }

            var dimensions = series[number];
            catalog.Remember(number, dimensions);
            return dimensions;
        }
    }

    /// <summary>Whether the store holds no other organisation.</summary>
    public static bool IsOnlyOrg(Connection connection, string org)
    {
        using var other = connection.Prepare(SeriesText.SelectOther(org));
        return !other.Step();
    }

    /// <summary>The second of the newest event of the store.</summary>
    public static long NewestSecond(Connection connection)
    {
        using var newest = connection.Prepare("SELECT id FROM events ORDER BY id DESC LIMIT 1"u8);
        return newest.Step() ? newest.Id(0).UnixSeconds : 0;
    }

    /// <summary>Whether the days of a zone are those of the rollups, as far as the organisation has events.</summary>
    public static bool HasDaysOfRollup(Connection connection, string org, EventRange range, LocalDays rollupDays, LocalDays days)
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
        return !ends.Step() || ends.IsNull(0) || range.HasEqualDays(rollupDays, days, ends.Small(0), ends.Small(1));
    }

    private void AddPart(SpendQuery query, RollupPart part, SpendScope scope, SpendSums sums)
    {
        var level = part.Level;
        var sql = new SqlText().Add($"SELECT day, series, rate_card, {string.Join(", ", SumChange.ColumnsOf(query.CostOnly))} FROM {level.Table} WHERE");
        AddDays(connection, sql, query, level.Table, part.First, part.Last).Add("AND").AddSeriesOf("series", query, isOnlyOrg, level.SeriesAre);
        using var rows = connection.Prepare(sql);
        while (rows.Step())
        {
            var group = scope.GroupOf(rows.Small(1));
            if (group >= 0)
            {
                var (card, sum) = (rows.Small(2), SumChange.Read(rows, 3, query.CostOnly));
                sums.At(part.Period ?? rows.Small(0), group, card, statuses[card]).Sums += sum.Times(part.Sign);
                if (part.OutOf is { } other)
                {
                    sums.At(other, group, card, statuses[card]).Sums += sum.Times(-1);
                }
            }
        }
    }

    /// <summary>The days as a range, or one by one where few rows of each are wanted: then the table is looked into instead of read.</summary>
    public static SqlText AddDays(Connection connection, SqlText sql, SpendQuery query, string table, int first, int last)
    {
        if (SeriesText.IsNarrow(query) || HasFewSeries(connection, query))
        {
            first = (int)Math.Max(first, Scalar($"SELECT min(day) FROM {table}") ?? first);
            last = (int)Math.Min(last, Scalar($"SELECT max(day) FROM {table}") ?? last);
            if (last - first < DaysLookedForMax)
            {
                var list = Enumerable.Range(first, Math.Max(last - first + 1, 0)).Select(day => day.ToString(CultureInfo.InvariantCulture));
                return sql.Add($"day IN ({string.Join(", ", list)})");
            }
        }

        return sql.Add("day BETWEEN", (long)first).Add("AND", (long)last);

        long? Scalar(string text) => connection.Scalar(System.Text.Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Whether a query is about keys that tell little: a program's key may tell the calls of everybody.</summary>
    private static bool HasFewSeries(Connection connection, SpendQuery query)
    {
        if (!query.Filters(SpendDimension.ApiKey))
        {
            return false;
        }

        using var many = connection.Prepare(
            new SqlText().Add("SELECT 1 FROM series WHERE").AddConditions(query).Add("LIMIT 1 OFFSET", (long)SeriesLookedForMax));
        return !many.Step();
    }

    private void AddEvents(SpendQuery query, EventRange range, int sign, LocalDays days, SpendScope scope, SpendSums sums)
    {
        var sessions = scope.BySession ? new SessionGroups(connection, scope) : null;
        using var rows = connection.Prepare(new SqlText()
            .Add($"SELECT at, series, session, rate_card, {EventSums.ColumnsOf(query.CostOnly)} FROM events WHERE").AddRange(range)
            .Add("AND").AddSeriesOf("series", query, isOnlyOrg));
        while (rows.Step())
        {
            var group = scope.GroupOf(rows.Small(1));
            if (group < 0)
            {
                continue;
            }

            var (at, card) = (rows.Integer(0), rows.Small(3));
            ref var sum = ref sums.At(days.DayOf(at), sessions?.GroupOf(group, rows.Small(2)) ?? group, card, statuses[card]);
            sum.Sums += EventSums.Read(rows, 4, sign, query.CostOnly);
            sum.FirstAt = Math.Min(sum.FirstAt, at);
            sum.LastAt = Math.Max(sum.LastAt, at);
        }
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
