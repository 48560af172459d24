using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Storage.Postgres.Engine;
using Farthing.Storage.Sql;
using Farthing.Workflows.Spending;
using Npgsql;

namespace Farthing.Storage.Postgres;

/// <summary>
/// Groups spend: from the rollup where its days are the query's days, else from the events of the range. Rows come as
/// numbers and are added up here, as in the embedded store, so that both answer alike.
/// </summary>
internal sealed class SpendReader(NpgsqlConnection connection, LocalDays rollupDays)
{
    /// <summary>Groups spend.</summary>
    public async Task<IReadOnlyList<SpendRow>> ReadAsync(SpendQuery query, CancellationToken cancellationToken)
    {
        var days = new LocalDays(query.Zone);
        var range = EventRange.Of(query, days);
        var (scope, series) = await ReadScopeAsync(connection, query, cancellationToken);
        var sums = new SpendSums(query.ByDay, scope.ByCard, scope.BySession);
        var statuses = await ReadStatusesAsync(cancellationToken);
        var byEvents = scope.BySession || (query.ByDay && !await HasDaysOfRollupAsync(series, days, range, cancellationToken));
        var (first, last) = byEvents ? (0, -1) : range.WholeDays(rollupDays);
        if (first > last)
        {
            await AddEventsAsync(series, range, days, scope, statuses, sums, cancellationToken);
        }
        else
        {
            await AddEventsAsync(series, range with { End = rollupDays.StartOf(first) }, days, scope, statuses, sums, cancellationToken);
            await AddDailyAsync(series, first, last, scope, statuses, sums, cancellationToken);
            await AddEventsAsync(series, range with { From = rollupDays.StartOf(last + 1) }, days, scope, statuses, sums, cancellationToken);
        }

        var values = new NumberedValues();
        await values.ReadRateCardsAsync(connection, sums.Cards(), cancellationToken);
        return sums.ToRows(scope.Labels, values.RateCardOf);
    }

    /// <summary>The series that a query means, with their numbers.</summary>
    public static async Task<(SpendScope Scope, int[] Series)> ReadScopeAsync(
        NpgsqlConnection connection, SpendQuery query, CancellationToken cancellationToken)
    {
        var scope = new SpendScope(query);
        var series = new List<int>();
        await using var command = connection.Say(SpendScope.Select(query));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        ISqlRow row = new PostgresRow(rows);
        while (await rows.ReadAsync(cancellationToken))
        {
            var number = rows.GetInt32(0);
            if (scope.Add(number, row))
            {
                series.Add(number);
            }
        }

        return (scope, [.. series]);
    }

    private async Task<Dictionary<int, PricingStatus>> ReadStatusesAsync(CancellationToken cancellationToken)
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

    /// <summary>Whether the days of the query are those of the rollup, as far as the series have events.</summary>
    private async Task<bool> HasDaysOfRollupAsync(int[] series, LocalDays days, EventRange range, CancellationToken cancellationToken)
    {
        if (rollupDays.HasZoneOf(days))
        {
            return true;
        }

        await using var command = connection.Say("SELECT min(day), max(day) FROM daily WHERE series = ANY($1)", Statements.Of(series));
        await using var ends = await command.ExecuteReaderAsync(cancellationToken);
        var (first, last) = range.WholeDays(days);
        return !await ends.ReadAsync(cancellationToken) || await ends.IsDBNullAsync(0, cancellationToken)
            || rollupDays.Equal(days, Math.Max(first - 1, ends.GetInt32(0)), Math.Min(last + 1, ends.GetInt32(1)));
    }

    private async Task AddDailyAsync(
        int[] series, int first, int last, SpendScope scope, Dictionary<int, PricingStatus> statuses, SpendSums sums, CancellationToken cancellationToken)
    {
        await using var command = connection.Say(
            """
            SELECT day, series, rate_card, calls, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning,
                modality_tokens, web_searches, cost_high, cost_low
            FROM daily WHERE series = ANY($1) AND day BETWEEN $2 AND $3
            """,
            Statements.Of(series), Statements.Of(first), Statements.Of(last));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var card = rows.GetInt32(2);
            ref var sum = ref sums.At(rows.GetInt32(0), scope.GroupOf(rows.GetInt32(1)), card, statuses[card]);
            sum.Calls += rows.GetInt64(3);
            AddTokens(ref sum, rows, 4);
            sum.Reasoning += rows.GetInt64(9);
            sum.ModalityTokens += rows.GetInt64(10);
            sum.WebSearches += rows.GetInt64(11);
            sum.Cost += StoredCost.Join(rows.GetInt64(12), rows.GetInt64(13));
        }
    }

    private async Task AddEventsAsync(
        int[] series, EventRange range, LocalDays days, SpendScope scope, Dictionary<int, PricingStatus> statuses, SpendSums sums,
        CancellationToken cancellationToken)
    {
        if (range.IsEmpty)
        {
            return;
        }

        var groups = scope.BySession ? await ReadSessionGroupsAsync(series, range, scope, cancellationToken) : null;
        await using var command = connection.Say(
            """
            SELECT at, series, session, rate_card, input, cache_read, cache_write_5m, cache_write_1h, output, modality_tokens,
                web_searches, cost_input + cost_cache_read + cost_cache_write_5m + cost_cache_write_1h + cost_output
                + cost_modalities + cost_units, reasoning
            FROM events WHERE id >= $1 AND id < $2 AND series = ANY($3) AND at >= $4 AND at < $5
            """,
            Statements.Of(Statements.GuidOf(range.FromId)), Statements.Of(Statements.GuidOf(range.EndId)), Statements.Of(series),
            Statements.Of(range.From), Statements.Of(range.End));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var group = scope.GroupOf(rows.GetInt32(1));
            group = groups is null ? group : groups[(group, rows.GetInt32(2))];
            var (at, card) = (rows.GetInt64(0), rows.GetInt32(3));
            AddEvent(ref sums.At(days.DayOf(at), group, card, statuses[card]), rows, at);
        }
    }

    /// <summary>The group of every group and session of the range: read first, for one answer at a time comes through a connection.</summary>
    private async Task<Dictionary<(int Group, int Session), int>> ReadSessionGroupsAsync(
        int[] series, EventRange range, SpendScope scope, CancellationToken cancellationToken)
    {
        var pairs = new List<(int Group, int Session)>();
        await using (var command = connection.Say(
            "SELECT DISTINCT series, session FROM events WHERE id >= $1 AND id < $2 AND series = ANY($3)",
            Statements.Of(Statements.GuidOf(range.FromId)), Statements.Of(Statements.GuidOf(range.EndId)), Statements.Of(series)))
        {
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                pairs.Add((scope.GroupOf(rows.GetInt32(0)), rows.GetInt32(1)));
            }
        }

        var values = new NumberedValues();
        await values.ReadSessionsAsync(connection, pairs.ConvertAll(pair => pair.Session), cancellationToken);
        var groups = new Dictionary<(int Group, int Session), int>();
        foreach (var pair in pairs)
        {
            groups[pair] = scope.NumberOf(pair.Group, values.SessionOf(pair.Session));
        }

        return groups;
    }

    private static void AddEvent(ref SpendSums.Sum sum, NpgsqlDataReader row, long at)
    {
        sum.Calls++;
        AddTokens(ref sum, row, 4);
        sum.ModalityTokens += row.GetInt64(9);
        sum.WebSearches += row.GetInt32(10);
        sum.Cost += new Usd(row.GetInt64(11));
        sum.Reasoning += row.GetInt64(12);
        sum.FirstAt = Math.Min(sum.FirstAt, at);
        sum.LastAt = Math.Max(sum.LastAt, at);
    }

    private static void AddTokens(ref SpendSums.Sum sum, NpgsqlDataReader row, int column)
    {
        sum.Input += row.GetInt64(column);
        sum.CacheRead += row.GetInt64(column + 1);
        sum.CacheWrite5m += row.GetInt64(column + 2);
        sum.CacheWrite1h += row.GetInt64(column + 3);
        sum.Output += row.GetInt64(column + 4);
    }
}
