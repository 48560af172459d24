using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Storage.Postgres.Engine;
using Farthing.Storage.Sql;
using Farthing.Workflows.Spending;
using Npgsql;

namespace Farthing.Storage.Postgres;

/// <summary>Counts and lists sessions from their sums by day.</summary>
internal sealed class SessionReader : ISessionSource
{
    private readonly NpgsqlConnection connection;
    private readonly LocalDays rollupDays;
    private readonly SpendQuery query;
    private readonly SpendScope scope;
    private readonly SeriesReading series;
    private readonly NumberedValues values = new();
    private readonly CancellationToken cancellationToken;
    private Dictionary<int, PricingStatus> statuses = [];
    private bool isOnlyOrg;

    public SessionReader(NpgsqlConnection connection, SeriesCatalog catalog, LocalDays rollupDays, SpendQuery query, CancellationToken cancellationToken)
    {
        (this.connection, this.rollupDays, this.cancellationToken) = (connection, rollupDays, cancellationToken);
        this.query = SessionCounting.Without(query);
        series = new(connection, catalog);
        scope = new(this.query, series.Of);
    }

    /// <summary>Only rows whose prices are as sure as one of these; null for all.</summary>
    public IReadOnlyList<PricingStatus>? Pricing { get; init; }

    /// <inheritdoc/>
    public bool IsEverything => isOnlyOrg && WholeSessions.AreMeant(query);

    /// <summary>Lists sessions.</summary>
    public async Task<IReadOnlyList<SessionSpend>> ListAsync(SessionListPage page)
    {
        await PrepareAsync();
        var range = EventRange.Of(query, new LocalDays(query.Zone));
        var cover = RangeCover.Of(range, rollupDays, await SpendReader.NewestSecondAsync(connection, cancellationToken), mayTakeAway: false);
        return await SessionListing.ReadAsync(this, rollupDays, cover, page);
    }

    /// <summary>Reads what every row is read with; rows are asked for afterwards.</summary>
    public async Task PrepareAsync()
    {
        statuses = await SpendReader.ReadStatusesAsync(connection, cancellationToken);
        isOnlyOrg = await SpendReader.IsOnlyOrgAsync(connection, query.Org, cancellationToken);
    }

    /// <summary>Counts sessions.</summary>
    public async Task<IReadOnlyList<SessionCount>> CountAsync()
    {
        var days = new LocalDays(query.Zone);
        var range = EventRange.Of(query, days);
        var counting = new SessionCounting(query, scope);
        var isRaw = query.ByDay && !await SpendReader.HasDaysOfRollupAsync(connection, query.Org, range, rollupDays, days, cancellationToken);
        var cover = isRaw
            ? RangeCover.Raw(range)
            : RangeCover.Of(range, rollupDays, await SpendReader.NewestSecondAsync(connection, cancellationToken), mayTakeAway: false);
        isOnlyOrg = await SpendReader.IsOnlyOrgAsync(connection, query.Org, cancellationToken);
        if (WholeSessions.AreMeant(query) && cover.First <= cover.Last)
        {
            var count = query.ByDay ? WholeSessions.CountByDay(query, cover, rollupDays, isOnlyOrg) : WholeSessions.Count(query, cover, rollupDays, isOnlyOrg);
            await NoteAsync(count, static day => (int)day, counting.Add);
            return counting.ToCounts();
        }

        if (cover.First <= cover.Last)
        {
            await CountDaysAsync(cover, counting);
        }

        foreach (var (edge, _) in cover.Edges)
        {
            await NoteAsync(
                new SqlText().Add("SELECT at, series, (SELECT head FROM session_days WHERE session_days.session = events.session LIMIT 1) FROM events WHERE")
                    .AddRange(edge).Add("AND").AddSeriesOf("series", query, isOnlyOrg),
                days.DayOf, counting.Note);
        }

        return counting.ToCounts();
    }

    /// <inheritdoc/>
    public async ValueTask<(int First, int Last)> EndsAsync()
    {
        await using var command = connection.Say("SELECT (SELECT min(day) FROM session_days), (SELECT max(day) FROM session_days)");
        await using var ends = await command.ExecuteReaderAsync(cancellationToken);
        return await ends.ReadAsync(cancellationToken) && !await ends.IsDBNullAsync(0, cancellationToken) ? (ends.GetInt32(0), ends.GetInt32(1)) : (0, -1);
    }

    /// <inheritdoc/>
    public async ValueTask<List<SessionRow>> DaysAsync(int first, int last)
    {
        var found = new List<SessionRow>();
        if (first > last)
        {
            return found;
        }

        var sql = new SqlText().Add("SELECT session, series, first_at, last_at FROM session_days WHERE day BETWEEN", (long)first).Add("AND", (long)last)
            .Add("AND").AddSeriesOf("series", query, isOnlyOrg).AddPricing(Pricing);
        await series.AddAsync(
            sql,
            static rows => new SessionRow { Session = rows.GetInt32(0), Series = rows.GetInt32(1), FirstAt = rows.GetInt64(2), LastAt = rows.GetInt64(3) },
            static row => row.Series,
            row =>
            {
                if (scope.GroupOf(row.Series) >= 0)
                {
                    found.Add(row);
                }
            },
            cancellationToken);
        return found;
    }

    /// <inheritdoc/>
    public async ValueTask<List<int>> DaysOfPricingAsync(int first, int last)
    {
        var (days, level) = (new List<int>(), PricingText.LevelOf(query));
        await using var command = connection.Say(new SqlText().Add($"SELECT DISTINCT day FROM {level.Table} WHERE day BETWEEN", (long)first).Add("AND", (long)last)
            .Add("AND").AddSeriesOf("series", query, isOnlyOrg, level.SeriesAre).AddPricing(Pricing).Add("ORDER BY day"));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            days.Add(rows.GetInt32(0));
        }

        return days;
    }

    /// <inheritdoc/>
    public async ValueTask<List<SessionRow>> OfAsync(IReadOnlyCollection<int> sessions, int first, int last)
    {
        if (first > last || sessions.Count == 0)
        {
            return [];
        }

        // A look for each, never a join: the server would read the whole table for two thousand of them.
        var sql = Select().Add("day BETWEEN", (long)first).Add("AND", (long)last).Add("AND").AddSeriesOf("series", query, isOnlyOrg).AddPricing(Pricing);
        var command = connection.Say(sql);
        command.CommandText = $"SELECT found.* FROM unnest(${sql.Parameters.Count + 1}) AS asked (id) CROSS JOIN LATERAL ({sql} AND session = asked.id OFFSET 0) AS found";
        command.Parameters.Add(Statements.Of(sessions.ToArray()));
        return await ReadAsync(command);
    }

    /// <inheritdoc/>
    public async ValueTask AddCostsAsync(int first, int last, SessionCosts costs)
    {
        if (first > last)
        {
            return;
        }

        // Nearly every row is a session of its own: to add them up takes the server as long as to tell them (98 ms and 80 to 110 for 134,000 rows, of which to read them is 30).
        var sql = new SqlText()
            .Add("SELECT head, series, cost_high, cost_low, last_at FROM session_days WHERE day BETWEEN", (long)first)
            .Add("AND", (long)last).Add("AND").AddSeriesOf("series", query, isOnlyOrg);
        await series.AddAsync(
            sql,
            static rows => (Head: rows.GetInt32(0), Series: rows.GetInt32(1), High: rows.GetInt64(2), Low: rows.GetInt64(3), LastAt: rows.GetInt64(4)),
            static row => row.Series,
            row =>
            {
                if (scope.GroupOf(row.Series) >= 0)
                {
                    costs.Add(row.Head, row.High, row.Low, row.LastAt);
                }
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<Dictionary<int, int>> HeadsAsync(IReadOnlyCollection<int> sessions)
    {
        var heads = new Dictionary<int, int>(sessions.Count);
        await using var command = connection.Say("SELECT DISTINCT session, head FROM session_days WHERE session = ANY($1)", Statements.Of(sessions.ToArray()));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            heads[rows.GetInt32(0)] = rows.GetInt32(1);
        }

        return heads;
    }

    /// <inheritdoc/>
    public async ValueTask<List<SessionRow>> RawAsync(EventRange range)
    {
        var calls = await SpendReader.RawCallsAsync(connection, query, range, cancellationToken);
        await series.ReadAsync(calls.Select(call => call.Series), cancellationToken);
        return
        [
            .. calls.Where(call => scope.GroupOf(call.Series) >= 0).Select(call => new SessionRow
            {
                Session = call.Session, Series = call.Series, Status = statuses[call.Card], Sums = call.Sums, FirstAt = call.At, LastAt = call.At,
            }),
        ];
    }

    /// <inheritdoc/>
    public async ValueTask<Dictionary<int, Session>> SessionsAsync(IReadOnlyCollection<int> numbers)
    {
        await values.ReadSessionsAsync(connection, [.. numbers], cancellationToken);
        return numbers.ToDictionary(number => number, values.SessionOf);
    }

    /// <inheritdoc/>
    public async ValueTask<Dictionary<int, Session>> OfKeysAsync(IReadOnlyCollection<string> keys)
    {
        var found = new Dictionary<int, Session>(keys.Count);
        await using var command = connection.Say(
            $"""
            SELECT s.id, s.key, s.version, s.parent FROM unnest($2) AS asked (key)
            JOIN sessions s ON s.org = $1 AND left(s.key, {CallReader.IndexedKeyLength}) = left(asked.key, {CallReader.IndexedKeyLength}) AND s.key = asked.key
            """,
            Statements.Of(PostgresText.Write(query.Org)), Statements.Of(keys.Select(PostgresText.Write).ToArray()));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            found[rows.GetInt32(0)] = new(rows.Text(1), rows.Text(2), rows.Text(3));
        }

        return found;
    }

    /// <inheritdoc/>
    public Dimensions SeriesOf(int number) => series.Of(number);

    private static SqlText Select() => new SqlText().Add(
        $"SELECT session, series, rate_card, first_at, last_at, {string.Join(", ", SumChange.Columns)} FROM session_days WHERE");

    private async Task<List<SessionRow>> ReadAsync(NpgsqlCommand command)
    {
        var found = new List<SessionRow>();
        await using (command)
        {
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                found.Add(new()
                {
                    Session = rows.GetInt32(0),
                    Series = rows.GetInt32(1),
                    Status = statuses[rows.GetInt32(2)],
                    FirstAt = rows.GetInt64(3),
                    LastAt = rows.GetInt64(4),
                    Sums = SumChange.Read(new PostgresRow(rows), 5),
                });
            }
        }

        await series.ReadAsync(found.Select(row => row.Series), cancellationToken);
        found.RemoveAll(row => scope.GroupOf(row.Series) < 0);
        return found;
    }

    /// <summary>Days whose sessions nothing keeps apart, and which no condition is left for, are counted where they lie.</summary>
    private Task CountDaysAsync(RangeCover cover, SessionCounting counting)
    {
        var isSum = query is { ByDay: true, GroupBy.Count: 0, Model: null, Project: null, WentTo: null };
        var columns = isSum ? "day::bigint, min(series), count(DISTINCT head)::int" : $"DISTINCT {(query.ByDay ? "day::bigint" : "0::bigint")}, series, head";
        var sql = new SqlText().Add($"SELECT {columns} FROM session_days WHERE day BETWEEN", (long)cover.First)
            .Add("AND", (long)cover.Last).Add("AND head <> 0 AND").AddSeriesOf("series", query, isOnlyOrg);
        return isSum ? NoteAsync(sql.Add("GROUP BY day"), static day => (int)day, counting.Add) : NoteAsync(sql, static day => (int)day, counting.Note);
    }

    private Task NoteAsync(SqlText sql, Func<long, int> dayOf, Action<int, int, int> note) => series.AddAsync(
        sql,
        rows => (Day: dayOf(rows.GetInt64(0)), Series: rows.GetInt32(1), Head: rows.GetInt32(2)),
        static row => row.Series,
        row => note(row.Day, row.Series, row.Head),
        cancellationToken);
}
