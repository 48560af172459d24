using Farthing.Storage.Postgres.Engine;
using Farthing.Storage.Sql;
using Npgsql;

namespace Farthing.Storage.Postgres;

/// <summary>Writes what a batch changes in the daily sums, in the order of the changes, so that batches wait for each other in one direction.</summary>
internal static class DailyRows
{
    private const int Sums = 11;

    private const string Upsert =
        """
        INSERT INTO daily (day, series, rate_card, calls, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning,
            modality_tokens, web_searches, cost_high, cost_low)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        ON CONFLICT (series, day, rate_card) DO UPDATE SET
            calls = daily.calls + excluded.calls,
            input = daily.input + excluded.input,
            cache_read = daily.cache_read + excluded.cache_read,
            cache_write_5m = daily.cache_write_5m + excluded.cache_write_5m,
            cache_write_1h = daily.cache_write_1h + excluded.cache_write_1h,
            output = daily.output + excluded.output,
            reasoning = daily.reasoning + excluded.reasoning,
            modality_tokens = daily.modality_tokens + excluded.modality_tokens,
            web_searches = daily.web_searches + excluded.web_searches,
            cost_high = daily.cost_high + excluded.cost_high,
            cost_low = daily.cost_low + excluded.cost_low
        """;

    private const string DeleteEmpty =
        """
        DELETE FROM daily USING unnest($1, $2, $3) AS changed (day, series, rate_card)
        WHERE daily.day = changed.day AND daily.series = changed.series AND daily.rate_card = changed.rate_card AND daily.calls = 0
        """;

    /// <summary>Adds the statements that write the changes, if there are any.</summary>
    public static void AddTo(NpgsqlBatch batch, DailyChanges daily)
    {
        var rows = daily.InOrder();
        if (rows.Length == 0)
        {
            return;
        }

        var (day, series, rateCard) = (new int[rows.Length], new int[rows.Length], new int[rows.Length]);
        var sums = new long[Sums][];
        for (var column = 0; column < Sums; column++)
        {
            sums[column] = new long[rows.Length];
        }

        for (var index = 0; index < rows.Length; index++)
        {
            (day[index], series[index], rateCard[index]) = daily.KeyOf(rows[index]);
            ref readonly var change = ref daily[rows[index]];
            sums[0][index] = change.Calls;
            sums[1][index] = change.Input;
            sums[2][index] = change.CacheRead;
            sums[3][index] = change.CacheWrite5m;
            sums[4][index] = change.CacheWrite1h;
            sums[5][index] = change.Output;
            sums[6][index] = change.Reasoning;
            sums[7][index] = change.ModalityTokens;
            sums[8][index] = change.WebSearches;
            sums[9][index] = change.CostHigh;
            sums[10][index] = change.CostLow;
        }

        batch.Add(Upsert, [Statements.Of(day), Statements.Of(series), Statements.Of(rateCard), .. sums.Select(Statements.Of)]);
        if (daily.HasRemovals)
        {
            batch.Add(DeleteEmpty, Statements.Of(day), Statements.Of(series), Statements.Of(rateCard));
        }
    }
}
