using System.Globalization;
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
    private const string EventTokens =
        """
        whole_sum(input), whole_sum(cache_read), whole_sum(cache_write_5m), whole_sum(cache_write_1h), whole_sum(output),
        whole_sum(reasoning), whole_sum(modality_tokens), whole_sum(web_searches),
        """;

    private const string EventCost = $"whole_sum({EventSums.Cost} >> 32), whole_sum({EventSums.Cost} & 4294967295)";

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
        var newest = await NewestSecondAsync(connection, cancellationToken);
        var cover = await IsRawAsync(query, range, days, cancellationToken) ? RangeCover.Raw(range) : RangeCover.Of(range, rollupDays, newest);
        isOnlyOrg = await IsOnlyOrgAsync(connection, query.Org, cancellationToken);
        var parts = RollupPart.Of(query, cover.First, cover.Last, rollupDays.DayOf(newest * EventRange.Second)).ToList();
        foreach (var sql in Select(query, parts))
        {
            await AddSumsAsync(sql, query, AddPart, cancellationToken);
        }

        foreach (var (edge, sign) in cover.Edges)
        {
            var day = days.DayOf(edge.From);
            if (!scope.BySession && (!query.ByDay || day == days.DayOf(edge.End - 1)))
            {
                await AddSumsAsync(SelectEvents(query, edge), query, row => Add(day, row, sign), cancellationToken);
            }
            else
            {
                await AddEventsAsync(query, edge, sign, days, scope, statuses, sums, cancellationToken);
            }
        }

        var values = new NumberedValues();
        await values.ReadRateCardsAsync(connection, sums.Cards(), cancellationToken);
        return sums.ToRows(scope.Labels, values.RateCardOf);

        void AddPart(Part row)
        {
            var part = parts[0].Period is null ? default : parts[row.Day];
            Add(part.Period ?? row.Day, row, 1);
            if (part.OutOf is { } other)
            {
                Add(other, row, -1);
            }
        }

        void Add(int day, Part row, int sign)
        {
            if (scope.GroupOf(row.Series) is >= 0 and var group)
            {
                sums.At(day, group, row.Card, statuses[row.Card]).Sums += row.Sums.Times(sign);
            }
        }
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

    /// <summary>Whether no rollup tells what a query asks.</summary>
    private async Task<bool> IsRawAsync(SpendQuery query, EventRange range, LocalDays days, CancellationToken cancellationToken) =>
        query.Groups(SpendDimension.Session)
        || (query.ByDay && !await HasDaysOfRollupAsync(connection, query.Org, range, rollupDays, days, cancellationToken));

    /// <summary>The statements that add up days of rollups, told by the number of their part where parts have periods: one for all parts, but for the finest level, which is grouped by what is asked.</summary>
    private List<SqlText> Select(SpendQuery query, List<RollupPart> parts)
    {
        var inDays = query.ByDay && query.Periods.Count == 0;
        var coarse = parts.FindAll(part => inDays || part.Level != RollupLevel.Daily);
        var fine = parts.Except(coarse).Select(part => SelectGroups(query, part, DayOf(part)));
        return coarse.Count == 0 ? [.. fine] : [SelectParts(query, coarse, DayOf), .. fine];

        string DayOf(RollupPart part) => part.Period is null ? SpendReader.DayOf(query) : parts.IndexOf(part).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// Adds up parts by series. Where days or periods are kept apart as well, a group has so few rows that the server would
    /// take longer to add them up than to tell them.
    /// </summary>
    private SqlText SelectParts(SpendQuery query, List<RollupPart> parts, Func<RollupPart, string> dayOf)
    {
        var (column, bySeries) = SeriesOf(query);
        var areRows = query.ByDay && bySeries.Length > 0;
        var sql = new SqlText().Add(areRows ? string.Empty : $"SELECT period, {column}, rate_card, {SumsOf(query)} FROM (");
        var separator = string.Empty;
        foreach (var part in parts)
        {
            AddPart(sql.Add(separator), query, part, dayOf(part));
            separator = "UNION ALL";
        }

        return areRows ? sql : sql.Add($") AS parts GROUP BY period, {bySeries}rate_card");
    }

    private SqlText AddPart(SqlText sql, SpendQuery query, RollupPart part, string day) => sql
        .Add($"SELECT {day} AS period, series, rate_card, {ColumnsOf(query, part.Sign)} FROM {part.Level.Table} WHERE day BETWEEN", (long)part.First)
        .Add("AND", (long)part.Last).Add("AND").AddSeriesOf("series", query, isOnlyOrg, part.Level.SeriesAre);

    /// <summary>
    /// As the other one, for the level that has a row for nearly every series and day: grouped by what is asked, a seventh
    /// of the rows comes back. Any series of a group stands for it, and any rate card of a status.
    /// </summary>
    private static SqlText SelectGroups(SpendQuery query, RollupPart part, string day) => new SqlText()
        .Add(
            $"""
            SELECT {day}, min(series), min(rate_card), {SumsOf(query, part.Sign)} FROM daily
            JOIN series ON series.id = daily.series JOIN rate_cards ON rate_cards.id = rate_card WHERE day BETWEEN
            """,
            (long)part.First)
        .Add("AND", (long)part.Last).Add("AND").AddConditions(query).Add($"GROUP BY 1, {SeriesText.GroupsOf(query)}");

    /// <summary>The day that a row of the answer bears, where its part does not tell: its own, the first one of its period, or none.</summary>
    private static string DayOf(SpendQuery query)
    {
        if (!query.ByDay || query.Periods.Count == 0)
        {
            return query.ByDay ? "day" : "0";
        }

        var periods = $"ARRAY[{string.Join(", ", query.Periods.Select(static first => LocalDays.NumberOf(first)))}]";
        return $"({periods})[greatest(width_bucket(day, {periods}), 1)]";
    }

    private static string ColumnsOf(SpendQuery query, int sign) =>
        string.Join(", ", SumChange.ColumnsOf(query.CostOnly).Select(column => sign < 0 ? $"-{column} AS {column}" : column));

    private static string SumsOf(SpendQuery query, int sign = 1) =>
        string.Join(", ", SumChange.ColumnsOf(query.CostOnly).Select(column => $"{(sign < 0 ? "-" : string.Empty)}whole_sum({column})"));

    /// <summary>How series are kept apart. Where nobody asks for any of their texts, one of them stands for all.</summary>
    private static (string Column, string GroupBy) SeriesOf(SpendQuery query) =>
        query.Project is null && query.Model is null && !query.TellsDestinations && query.GroupBy.All(dimension => dimension == SpendDimension.RateCard)
            ? ("min(series)", string.Empty)
            : ("series", "series, ");

    /// <summary>Adds the rows of a statement that adds up.</summary>
    private Task AddSumsAsync(SqlText sql, SpendQuery query, Action<Part> add, CancellationToken cancellationToken) => series.AddAsync(
        sql,
        rows => new Part(rows.GetInt32(0), rows.GetInt32(1), rows.GetInt32(2), SumChange.Read(new PostgresRow(rows), 3, query.CostOnly)),
        static part => part.Series,
        add,
        cancellationToken);

    /// <summary>The statement that adds up calls.</summary>
    private SqlText SelectEvents(SpendQuery query, EventRange range)
    {
        var (column, bySeries) = SeriesOf(query);
        return new SqlText()
            .Add($"SELECT 0, {column}, rate_card, count(*), {(query.CostOnly ? string.Empty : EventTokens)}{EventCost} FROM events WHERE")
            .AddRange(range).Add("AND").AddSeriesOf("series", query, isOnlyOrg).Add($"GROUP BY {bySeries}rate_card");
    }

    private async Task AddEventsAsync(
        SpendQuery query, EventRange range, int sign, LocalDays days, SpendScope scope, Dictionary<int, PricingStatus> statuses, SpendSums sums,
        CancellationToken cancellationToken)
    {
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
