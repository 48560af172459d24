using Farthing.Domain.Pricing;
using Farthing.Storage.Postgres.Engine;
using Farthing.Storage.Sql;
using Farthing.Workflows.Spending;
using Npgsql;

namespace Farthing.Storage.Postgres;

/// <summary>
/// Groups spend: whole days from the coarsest rollup that knows what is asked, where its days are the query's days, the
/// rest from the events. The server adds up by number; texts are looked up for the few rows that come back.
/// </summary>
internal sealed class SpendReader(NpgsqlConnection connection, SeriesCatalog catalog, LocalDays rollupDays)
{
    private readonly SeriesReading series = new(connection, catalog);
    private bool isOnlyOrg;

    /// <summary>Groups spend.</summary>
    public async Task<IReadOnlyList<SpendRow>> ReadAsync(SpendQuery query, CancellationToken cancellationToken)
    {
        var days = new LocalDays(query.Zone);
        var range = EventRange.Of(query, days);
        var scope = new SpendScope(query, series.Of);
        var sums = new SpendSums(query);
        var statuses = await ReadStatusesAsync(connection, cancellationToken);
        var isRaw = scope.BySession || (query.ByDay && !await HasDaysOfRollupAsync(connection, query.Org, range, rollupDays, days, cancellationToken));
        var newest = await NewestSecondAsync(connection, cancellationToken);
        var cover = isRaw ? RangeCover.Raw(range) : RangeCover.Of(range, rollupDays, newest);
        isOnlyOrg = await IsOnlyOrgAsync(connection, query.Org, cancellationToken);
        foreach (var part in RollupPart.Of(query, cover.First, cover.Last, rollupDays.DayOf(newest * EventRange.Second)))
        {
            foreach (var row in await ReadAllAsync(Select(query, part), query.CostOnly, cancellationToken))
            {
                if (scope.GroupOf(row.Series) is >= 0 and var group)
                {
                    sums.At(row.Day, group, row.Card, statuses[row.Card]).Sums += row.Sums.Times(part.Sign);
                }
            }
        }

        foreach (var (edge, sign) in cover.Edges)
        {
            await AddEventsAsync(query, edge, sign, days, scope, statuses, sums, cancellationToken);
        }

        var values = new NumberedValues();
        await values.ReadRateCardsAsync(connection, sums.Cards(), cancellationToken);
        return sums.ToRows(scope.Labels, values.RateCardOf);
    }

    /// <summary>The numbers of the series that a query means, for those who read whole calls.</summary>
    public async Task<int[]> ReadSeriesAsync(SpendQuery query, CancellationToken cancellationToken)
    {
        var numbers = new List<int>();
        await using (var command = connection.Say(new SqlText().Add("SELECT id FROM series WHERE").AddConditions(query)))
        {
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                numbers.Add(rows.GetInt32(0));
            }
        }

        var scope = new SpendScope(query, series.Of);
        await series.ReadAsync(numbers, cancellationToken);
        return [.. numbers.Where(number => scope.GroupOf(number) >= 0)];
    }

    /// <summary>The pricing status of every rate card, by number.</summary>
    public static async Task<Dictionary<int, PricingStatus>> ReadStatusesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var statuses = new Dictionary<int, PricingStatus>();
        await using var command = connection.Say("SELECT id, status FROM rate_cards");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            statuses.Add(rows.GetInt32(0), (PricingStatus)rows.GetInt16(1));
        }

        return statuses;
    }

    /// <summary>Whether the store holds no other organisation.</summary>
    public static async Task<bool> IsOnlyOrgAsync(NpgsqlConnection connection, string org, CancellationToken cancellationToken)
    {
        await using var command = connection.Say(SeriesText.SelectOther(org));
        await using var other = await command.ExecuteReaderAsync(cancellationToken);
        return !await other.ReadAsync(cancellationToken);
    }

    /// <summary>The second of the newest event of the store.</summary>
    public static async Task<long> NewestSecondAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.Say("SELECT id FROM events ORDER BY id DESC LIMIT 1");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? rows.Id(0).UnixSeconds : 0;
    }

    /// <summary>Whether the days of a zone are those of the rollups, as far as the organisation has events.</summary>
    public static async Task<bool> HasDaysOfRollupAsync(
        NpgsqlConnection connection, string org, EventRange range, LocalDays rollupDays, LocalDays days, CancellationToken cancellationToken)
    {
        if (rollupDays.HasZoneOf(days))
        {
            return true;
        }

        await using var command = connection.Say(
            "SELECT min(day), max(day) FROM team_days WHERE series IN (SELECT id FROM series WHERE org = $1)", Statements.Of(PostgresText.Write(org)));
        await using var ends = await command.ExecuteReaderAsync(cancellationToken);
        return !await ends.ReadAsync(cancellationToken) || await ends.IsDBNullAsync(0, cancellationToken)
            || range.HasEqualDays(rollupDays, days, ends.GetInt32(0), ends.GetInt32(1));
    }

    /// <summary>The statement that adds up days of a rollup.</summary>
    private SqlText Select(SpendQuery query, RollupPart part)
    {
        var inDays = query.ByDay && query.Periods.Count == 0;
        if (part.Level == RollupLevel.Daily && !inDays)
        {
            return SelectGroups(query, part);
        }

        // A row of its own for each day, series and rate card is what the table has.
        var (column, bySeries) = SeriesOf(query);
        var isRow = inDays && bySeries.Length > 0;
        var sql = new SqlText()
            .Add(
                $"SELECT {DayOf(query)}, {column}, rate_card, {(isRow ? ColumnsOf(query) : SumsOf(query))} FROM {part.Level.Table} WHERE day BETWEEN", (long)part.First)
            .Add("AND", (long)part.Last).Add("AND").AddSeriesOf("series", query, isOnlyOrg, part.Level.SeriesAre);
        return isRow ? sql : sql.Add($"GROUP BY 1, {bySeries}rate_card");
    }

    /// <summary>
    /// As the other one, for the level that has a row for nearly every series and day: grouped by what is asked, a seventh
    /// of the rows comes back. Any series of a group stands for it, and any rate card of a status.
    /// </summary>
    private static SqlText SelectGroups(SpendQuery query, RollupPart part) => new SqlText()
        .Add(
            $"""
            SELECT {DayOf(query)}, min(series), min(rate_card), {SumsOf(query)} FROM daily
            JOIN series ON series.id = daily.series JOIN rate_cards ON rate_cards.id = rate_card WHERE day BETWEEN
            """,
            (long)part.First)
        .Add("AND", (long)part.Last).Add("AND").AddConditions(query).Add($"GROUP BY 1, {SeriesText.GroupsOf(query)}");

    /// <summary>The day that a row of the answer bears: its own, the first one of its period, or none.</summary>
    private static string DayOf(SpendQuery query)
    {
        if (!query.ByDay || query.Periods.Count == 0)
        {
            return query.ByDay ? "day" : "0";
        }

        var periods = $"ARRAY[{string.Join(", ", query.Periods.Select(static first => LocalDays.NumberOf(first)))}]";
        return $"({periods})[greatest(width_bucket(day, {periods}), 1)]";
    }

    private static string ColumnsOf(SpendQuery query) => string.Join(", ", SumChange.ColumnsOf(query.CostOnly));

    private static string SumsOf(SpendQuery query) => string.Join(", ", SumChange.ColumnsOf(query.CostOnly).Select(static column => $"sum({column})::bigint"));

    /// <summary>How series are kept apart. Where nobody asks for any of their texts, one of them stands for all.</summary>
    private static (string Column, string GroupBy) SeriesOf(SpendQuery query) =>
        query.Project is null && query.Model is null && query.WentTo is null && query.GroupBy.All(dimension => dimension == SpendDimension.RateCard)
            ? ("min(series)", string.Empty)
            : ("series", "series, ");

    private async Task<List<Part>> ReadAllAsync(SqlText sql, bool costOnly, CancellationToken cancellationToken)
    {
        var parts = new List<Part>();
        await using (var command = connection.Say(sql))
        {
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                parts.Add(new(rows.GetInt32(0), rows.GetInt32(1), rows.GetInt32(2), SumChange.Read(new PostgresRow(rows), 3, costOnly)));
            }
        }

        await series.ReadAsync(parts.Select(part => part.Series), cancellationToken);
        return parts;
    }

    private async Task AddEventsAsync(
        SpendQuery query, EventRange range, int sign, LocalDays days, SpendScope scope, Dictionary<int, PricingStatus> statuses, SpendSums sums,
        CancellationToken cancellationToken)
    {
        var day = days.DayOf(range.From);
        if (!scope.BySession && (!query.ByDay || day == days.DayOf(range.End - 1)))
        {
            var (column, bySeries) = SeriesOf(query);
            var total = new SqlText()
                .Add(
                    $"""
                    SELECT 0, {column}, rate_card, count(*), sum(input)::bigint, sum(cache_read)::bigint, sum(cache_write_5m)::bigint,
                        sum(cache_write_1h)::bigint, sum(output)::bigint, sum(reasoning)::bigint, sum(modality_tokens)::bigint,
                        sum(web_searches)::bigint, sum({EventSums.Cost} >> 32)::bigint, sum({EventSums.Cost} & 4294967295)::bigint
                    FROM events WHERE
                    """)
                .AddRange(range).Add("AND").AddSeriesOf("series", query, isOnlyOrg).Add($"GROUP BY {bySeries}rate_card");
            foreach (var row in await ReadAllAsync(total, costOnly: false, cancellationToken))
            {
                if (scope.GroupOf(row.Series) is >= 0 and var group)
                {
                    sums.At(day, group, row.Card, statuses[row.Card]).Sums += row.Sums.Times(sign);
                }
            }

            return;
        }

        var calls = await RawCallsAsync(connection, query, range, cancellationToken);
        await series.ReadAsync(calls.Select(call => call.Series), cancellationToken);
        var sessions = new NumberedValues();
        await sessions.ReadSessionsAsync(connection, scope.BySession ? calls.ConvertAll(call => call.Session) : [], cancellationToken);
        foreach (var call in calls)
        {
            if (scope.GroupOf(call.Series) is >= 0 and var group)
            {
                group = scope.BySession ? scope.NumberOf(group, sessions.SessionOf(call.Session)) : group;
                ref var sum = ref sums.At(days.DayOf(call.At), group, call.Card, statuses[call.Card]);
                sum.Sums += call.Sums.Times(sign);
                sum.FirstAt = Math.Min(sum.FirstAt, call.At);
                sum.LastAt = Math.Max(sum.LastAt, call.At);
            }
        }
    }

    /// <summary>The calls of a range, in numbers.</summary>
    public static async Task<List<RawCall>> RawCallsAsync(NpgsqlConnection connection, SpendQuery query, EventRange range, CancellationToken cancellationToken)
    {
        var calls = new List<RawCall>();
        await using var command = connection.Say(new SqlText()
            .Add($"SELECT at, series, session, rate_card, {EventSums.Columns} FROM events WHERE").AddRange(range)
            .Add("AND").AddSeriesOf("series", query));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            calls.Add(new(rows.GetInt64(0), rows.GetInt32(1), rows.GetInt32(2), rows.GetInt32(3), EventSums.Read(new PostgresRow(rows), 4, 1)));
        }

        return calls;
    }

    private readonly record struct Part(int Day, int Series, int Card, SumChange Sums);
}

/// <summary>A call in numbers.</summary>
internal readonly record struct RawCall(long At, int Series, int Session, int Card, SumChange Sums);
