using System.Globalization;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Storage.Sql;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sqlite;

/// <summary>Counts and lists sessions from their sums by day.</summary>
internal sealed class SessionReader : ISessionSource
{
    /// <summary>How many rows are read through for each that is wanted, instead of looking that one up.</summary>
    private const int ScannedForEachMax = 6;

    private readonly Connection connection;
    private readonly LocalDays rollupDays;
    private readonly SpendQuery query;
    private readonly SpendScope scope;
    private readonly SessionTable sessions;
    private readonly SeriesTable series;
    private readonly SeriesCatalog catalog;
    private readonly PricingStatus[] statuses;
    private readonly bool isOnlyOrg;

    public SessionReader(Connection connection, SeriesCatalog catalog, LocalDays rollupDays, SpendQuery query)
    {
        (this.connection, this.catalog, this.rollupDays) = (connection, catalog, rollupDays);
        this.query = SessionCounting.Without(query);
        scope = SpendReader.ScopeOf(connection, catalog, this.query);
        sessions = new(connection);
        series = new(connection);
        statuses = new RateCardTable(connection).ReadStatuses();
        isOnlyOrg = SpendReader.IsOnlyOrg(connection, query.Org);
    }

    /// <summary>Only rows whose prices are as sure as one of these; null for all.</summary>
    public IReadOnlyList<PricingStatus>? Pricing { get; init; }

    /// <inheritdoc/>
    public bool IsEverything => isOnlyOrg && WholeSessions.AreMeant(query);

    /// <summary>Lists sessions.</summary>
    public ValueTask<IReadOnlyList<SessionSpend>> ListAsync(SessionListPage page)
    {
        var range = EventRange.Of(query, new LocalDays(query.Zone));
        var cover = RangeCover.Of(range, rollupDays, SpendReader.NewestSecond(connection), mayTakeAway: false);
        return SessionListing.ReadAsync(this, rollupDays, cover, page);
    }

    /// <summary>Counts sessions.</summary>
    public IReadOnlyList<SessionCount> Count()
    {
        var days = new LocalDays(query.Zone);
        var range = EventRange.Of(query, days);
        var counting = new SessionCounting(query, scope);
        var cover = query.ByDay && !SpendReader.HasDaysOfRollup(connection, query.Org, range, rollupDays, days)
            ? RangeCover.Raw(range)
            : RangeCover.Of(range, rollupDays, SpendReader.NewestSecond(connection), mayTakeAway: false);
        if (WholeSessions.AreMeant(query) && cover.First <= cover.Last)
        {
            CountWhole(cover, counting);
            return counting.ToCounts();
        }

        CountDays(cover, counting);
        foreach (var (edge, _) in cover.Edges)
        {
            CountEvents(edge, days, counting);
        }

        return counting.ToCounts();
    }

    /// <inheritdoc/>
    public ValueTask<(int First, int Last)> EndsAsync() => new((
        (int)(connection.Scalar("SELECT min(day) FROM session_days"u8) ?? 0), (int)(connection.Scalar("SELECT max(day) FROM session_days"u8) ?? -1)));

    /// <inheritdoc/>
    public ValueTask<List<SessionRow>> DaysAsync(int first, int last) => new(first > last
        ? []
        : ReadTimes(SpendReader.AddDays(connection, new SqlText().Add("SELECT session, series, first_at, last_at FROM session_days WHERE"), query, "session_days", first, last)
            .Add("AND").AddSeriesOf("series", query, isOnlyOrg).AddPricing(Pricing)));

    /// <inheritdoc/>
    public ValueTask<List<int>> DaysOfPricingAsync(int first, int last)
    {
        var (days, level) = (new List<int>(), PricingText.LevelOf(query));
        using var rows = connection.Prepare(SpendReader
            .AddDays(connection, new SqlText().Add($"SELECT DISTINCT day FROM {level.Table} WHERE"), query, level.Table, first, last)
            .Add("AND").AddSeriesOf("series", query, isOnlyOrg, level.SeriesAre).AddPricing(Pricing).Add("ORDER BY day"));
        while (rows.Step())
        {
            days.Add(rows.Small(0));
        }

        return new(days);
    }

    /// <inheritdoc/>
    public ValueTask<List<SessionRow>> OfAsync(IReadOnlyCollection<int> sessions, int first, int last) => new(first > last || sessions.Count == 0
        ? []
        : Read(Select().Add($"session IN ({string.Join(", ", sessions.Select(number => number.ToString(CultureInfo.InvariantCulture)))})")
            .Add("AND day BETWEEN", (long)first).Add("AND", (long)last).Add("AND").AddSeriesOf("+series", query, isOnlyOrg).AddPricing(Pricing)));

    /// <inheritdoc/>
    public ValueTask AddCostsAsync(int first, int last, SessionCosts costs)
    {
        if (first <= last)
        {
            using var rows = connection.Prepare(SelectCosts(first, last, costs));
            while (rows.Step())
            {
                if (scope.GroupOf(rows.Small(1)) >= 0)
                {
                    costs.Add(rows.Small(0), rows.Integer(2), rows.Integer(3), rows.Integer(4));
                }
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<Dictionary<int, int>> HeadsAsync(IReadOnlyCollection<int> sessions)
    {
        var heads = new Dictionary<int, int>(sessions.Count);
        using var head = connection.Prepare(SelectHead);
        foreach (var session in sessions)
        {
            head.Bind(1, session);
            heads[session] = head.TakeId() ?? 0;
        }

        return new(heads);
    }

    /// <inheritdoc/>
    public ValueTask<List<SessionRow>> RawAsync(EventRange range)
    {
        var found = new List<SessionRow>();
        using var rows = connection.Prepare(new SqlText()
            .Add($"SELECT at, series, session, rate_card, {EventSums.Columns} FROM events WHERE").AddRange(range)
            .Add("AND").AddSeriesOf("series", query, isOnlyOrg));
        while (rows.Step())
        {
            if (scope.GroupOf(rows.Small(1)) >= 0)
            {
                var at = rows.Integer(0);
                found.Add(new()
                {
                    Session = rows.Small(2), Series = rows.Small(1), Status = statuses[rows.Small(3)], Sums = EventSums.Read(rows, 4, 1), FirstAt = at, LastAt = at,
                });
            }
        }

        return new(found);
    }

    /// <inheritdoc/>
    public ValueTask<Dictionary<int, Session>> SessionsAsync(IReadOnlyCollection<int> numbers)
    {
        var found = new Dictionary<int, Session>(numbers.Count);
        foreach (var number in numbers)
        {
            found[number] = sessions[number];
        }

        return new(found);
    }

    /// <inheritdoc/>
    public ValueTask<Dictionary<int, Session>> OfKeysAsync(IReadOnlyCollection<string> keys)
    {
        var found = new Dictionary<int, Session>(keys.Count);
        using var rows = connection.Prepare("SELECT id, key, version, parent FROM sessions WHERE org = ?1 AND key = ?2"u8);
        rows.Bind(1, query.Org);
        foreach (var key in keys)
        {
            rows.Bind(2, key);
            while (rows.Step())
            {
                found[rows.Small(0)] = new(rows.Text(1), rows.Text(2), rows.Text(3));
            }
        }

        return new(found);
    }

    /// <inheritdoc/>
    public Dimensions SeriesOf(int number) => catalog.Find(number) ?? series[number];

    /// <summary>
    /// The rows of whole days, found by the index of days, which takes 650 ns a row, or among all rows from the first of their sessions to
    /// the last, which takes 100 ns for each of those: rows lie in order of their sessions, and these are numbered as they come.
    /// </summary>
    private SqlText SelectCosts(int first, int last, SessionCosts costs)
    {
        var sql = new SqlText().Add("SELECT head, series, cost_high, cost_low, last_at FROM session_days WHERE");
        using (var ends = connection.Prepare(SpendReader
            .AddDays(connection, new SqlText().Add("SELECT count(*), min(session), max(session) FROM session_days WHERE"), query, "session_days", first, last)
            .Add("AND").AddSeriesOf("series", query, isOnlyOrg)))
        {
            if (ends.Step() && ends.Integer(0) is > 0 and var count && ends.Integer(1) is var from && ends.Integer(2) is var to && to - from <= count * ScannedForEachMax)
            {
                costs.Expect((int)Math.Min(count, to - from + 1));
                return sql.Add("session BETWEEN", from).Add("AND", to).Add("AND +day BETWEEN", (long)first).Add("AND", (long)last)
                    .Add("AND").AddSeriesOf("+series", query, isOnlyOrg);
            }
        }

        return SpendReader.AddDays(connection, sql, query, "session_days", first, last).Add("AND").AddSeriesOf("series", query, isOnlyOrg);
    }

    private static ReadOnlySpan<byte> SelectHead => "SELECT head FROM session_days WHERE session = ?1 LIMIT 1"u8;

    private static SqlText Select() => new SqlText().Add(
        $"SELECT session, series, rate_card, first_at, last_at, {string.Join(", ", SumChange.Columns)} FROM session_days WHERE");

    private List<SessionRow> ReadTimes(SqlText sql)
    {
        var found = new List<SessionRow>();
        using var rows = connection.Prepare(sql);
        while (rows.Step())
        {
            if (scope.GroupOf(rows.Small(1)) >= 0)
            {
                found.Add(new() { Session = rows.Small(0), Series = rows.Small(1), FirstAt = rows.Integer(2), LastAt = rows.Integer(3) });
            }
        }

        return found;
    }

    private List<SessionRow> Read(SqlText sql)
    {
        var found = new List<SessionRow>();
        using var rows = connection.Prepare(sql);
        while (rows.Step())
        {
            if (scope.GroupOf(rows.Small(1)) >= 0)
            {
                found.Add(new()
                {
                    Session = rows.Small(0),
                    Series = rows.Small(1),
                    Status = statuses[rows.Small(2)],
                    FirstAt = rows.Integer(3),
                    LastAt = rows.Integer(4),
                    Sums = SumChange.Read(rows, 5),
                });
            }
        }

        return found;
    }

    private void CountDays(RangeCover cover, SessionCounting counting)
    {
        if (cover.First > cover.Last)
        {
            return;
        }

        using var rows = connection.Prepare(SpendReader
            .AddDays(connection, new SqlText().Add("SELECT day, series, head FROM session_days WHERE"), query, "session_days", cover.First, cover.Last)
            .Add("AND").AddSeriesOf("series", query, isOnlyOrg)
            .Add("AND head <> 0"));
        while (rows.Step())
        {
            counting.Note(rows.Small(0), rows.Small(1), rows.Small(2));
        }
    }

    private void CountWhole(RangeCover cover, SessionCounting counting)
    {
        using var rows = connection.Prepare(
            query.ByDay ? WholeSessions.CountByDay(query, cover, rollupDays, isOnlyOrg) : WholeSessions.Count(query, cover, rollupDays, isOnlyOrg));
        while (rows.Step())
        {
            counting.Add(rows.Small(0), rows.Small(1), rows.Small(2));
        }
    }

    /// <summary>Counts what lies in a part of a day; the number that a session has whatever its version is that of its sums.</summary>
    private void CountEvents(EventRange range, LocalDays days, SessionCounting counting)
    {
        var known = new Dictionary<int, int>();
        using var head = connection.Prepare(SelectHead);
        using var rows = connection.Prepare(new SqlText()
            .Add("SELECT at, series, session FROM events WHERE").AddRange(range).Add("AND").AddSeriesOf("series", query, isOnlyOrg));
        while (rows.Step())
        {
            var session = rows.Small(2);
            if (!known.TryGetValue(session, out var number))
            {
                head.Bind(1, session);
                known[session] = number = head.TakeId() ?? 0;
            }

            counting.Note(days.DayOf(rows.Integer(0)), rows.Small(1), number);
        }
    }
}
