using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
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
        var sums = new SpendSums(query.ByDay, scope.BySession);
        var statuses = await ReadStatusesAsync(cancellationToken);
        if (!scope.BySession && await HasDaysOfRollupAsync(series, days, range, cancellationToken))
        {
            await AddDailyAsync(series, range, scope, statuses, sums, cancellationToken);
        }
        else
        {
            await AddEventsAsync(series, range, days, scope, statuses, sums, cancellationToken);
        }

        return sums.ToRows(scope.Labels);
    }

    /// <summary>What reading caches saved, see <see cref="ISpendQueries.CacheSavingsAsync"/>; from the rollup where its days are the query's.</summary>
    public async Task<Usd> ReadCacheSavingsAsync(SpendQuery query, CancellationToken cancellationToken)
    {
        var days = new LocalDays(query.Zone);
        var range = EventRange.Of(query, days);
        var (_, series) = await ReadScopeAsync(connection, query, cancellationToken);
        await using var command = await HasDaysOfRollupAsync(series, days, range, cancellationToken)
            ? connection.Say(
                """
                SELECT c.content, sum(d.cache_read)::bigint FROM daily d JOIN rate_cards c ON c.id = d.rate_card
                WHERE d.series = ANY($1) AND d.day BETWEEN $2 AND $3 AND d.cache_read <> 0 GROUP BY c.id
                """,
                Statements.Of(series), Statements.Of(range.FirstDay), Statements.Of(range.LastDay))
            : connection.Say(
                """
                SELECT c.content, sum(e.cache_read)::bigint FROM events e JOIN rate_cards c ON c.id = e.rate_card
                WHERE e.series = ANY($1) AND e.id >= $2 AND e.id < $3 AND e.cache_read <> 0 GROUP BY c.id
                """,
                Statements.Of(series), Statements.Of(Statements.GuidOf(range.From)), Statements.Of(Statements.GuidOf(range.To)));
        var savings = new CacheSavings();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            savings.Add(RateCard.Parse(rows.Text(0)), rows.GetInt64(1));
        }

        return savings.Total;
    }

    /// <summary>The series that a query means, with their numbers.</summary>
    public static async Task<(SpendScope Scope, int[] Series)> ReadScopeAsync(
        NpgsqlConnection connection, SpendQuery query, CancellationToken cancellationToken)
    {
        var scope = new SpendScope(query);
        var series = new List<int>();
        await using var command = connection.Say(
            "SELECT id, agent, project, branch, model, speed, plan, role FROM series WHERE org = $1 AND ($2 OR agent = $3)",
            Statements.Of(PostgresText.Write(query.Org)), Statements.Of(query.Agent is null), Statements.Of(PostgresText.Write(query.Agent ?? string.Empty)));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var number = rows.GetInt32(0);
            scope.Add(
                number, new(rows.Text(1), rows.Text(2), rows.Text(3), Dimensions.ReportedModel(rows.Text(4), rows.Text(5)), rows.Text(6), rows.Text(7)));
            if (scope.GroupOf(number) >= 0)
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
        await using var command = connection.Say("SELECT min(day), max(day) FROM daily WHERE series = ANY($1)", Statements.Of(series));
        await using var ends = await command.ExecuteReaderAsync(cancellationToken);
        return !await ends.ReadAsync(cancellationToken) || await ends.IsDBNullAsync(0, cancellationToken)
            || rollupDays.Equal(days, Math.Max(range.FirstDay, ends.GetInt32(0)), Math.Min(range.LastDay, ends.GetInt32(1)));
    }

    private async Task AddDailyAsync(
        int[] series, EventRange range, SpendScope scope, Dictionary<int, PricingStatus> statuses, SpendSums sums, CancellationToken cancellationToken)
    {
        await using var command = connection.Say(
            """
            SELECT day, series, rate_card, calls, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning,
                modality_tokens, web_searches, cost_high, cost_low
            FROM daily WHERE series = ANY($1) AND day BETWEEN $2 AND $3
            """,
            Statements.Of(series), Statements.Of(range.FirstDay), Statements.Of(range.LastDay));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            ref var sum = ref sums.At(rows.GetInt32(0), scope.GroupOf(rows.GetInt32(1)), statuses[rows.GetInt32(2)]);
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
        var groups = scope.BySession ? await ReadSessionGroupsAsync(series, range, scope, cancellationToken) : null;
        await using var command = connection.Say(
            """
            SELECT at, series, session, rate_card, input, cache_read, cache_write_5m, cache_write_1h, output, modality_tokens,
                web_searches, cost_input + cost_cache_read + cost_cache_write_5m + cost_cache_write_1h + cost_output
                + cost_modalities + cost_units, reasoning
            FROM events WHERE id >= $1 AND id < $2 AND series = ANY($3)
            """,
            Statements.Of(Statements.GuidOf(range.From)), Statements.Of(Statements.GuidOf(range.To)), Statements.Of(series));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var group = scope.GroupOf(rows.GetInt32(1));
            group = groups is null ? group : groups[(group, rows.GetInt32(2))];
            var at = rows.GetInt64(0);
            AddEvent(ref sums.At(days.DayOf(at), group, statuses[rows.GetInt32(3)]), rows, at);
        }
    }

    /// <summary>The group of every group and session of the range: read first, for one answer at a time comes through a connection.</summary>
    private async Task<Dictionary<(int Group, int Session), int>> ReadSessionGroupsAsync(
        int[] series, EventRange range, SpendScope scope, CancellationToken cancellationToken)
    {
        var pairs = new List<(int Group, int Session)>();
        await using (var command = connection.Say(
            "SELECT DISTINCT series, session FROM events WHERE id >= $1 AND id < $2 AND series = ANY($3)",
            Statements.Of(Statements.GuidOf(range.From)), Statements.Of(Statements.GuidOf(range.To)), Statements.Of(series)))
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
