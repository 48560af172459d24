using Farthing.Domain.Usage;
using Farthing.Storage.Sql;
using Farthing.Storage.Sqlite.Engine;

namespace Farthing.Storage.Sqlite;

/// <summary>
/// Sums of the events by day, series and rate card. Changes are written once per row at the end of a batch, in the order of
/// the table.
/// </summary>
internal sealed class DailyRollup(Connection connection, LocalDays days)
{
    private readonly DailyChanges changes = new(days);

    private Statement Upsert => field ??= connection.Prepare(
        """
        INSERT INTO daily (day, series, rate_card, calls, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning,
            modality_tokens, web_searches, cost_high, cost_low)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        ON CONFLICT (day, series, rate_card) DO UPDATE SET
            calls = calls + excluded.calls,
            input = input + excluded.input,
            cache_read = cache_read + excluded.cache_read,
            cache_write_5m = cache_write_5m + excluded.cache_write_5m,
            cache_write_1h = cache_write_1h + excluded.cache_write_1h,
            output = output + excluded.output,
            reasoning = reasoning + excluded.reasoning,
            modality_tokens = modality_tokens + excluded.modality_tokens,
            web_searches = web_searches + excluded.web_searches,
            cost_high = cost_high + excluded.cost_high,
            cost_low = cost_low + excluded.cost_low
        """u8);

    private Statement DeleteEmpty => field ??= connection.Prepare(
        "DELETE FROM daily WHERE day = ?1 AND series = ?2 AND rate_card = ?3 AND calls = 0"u8);

    /// <summary>Counts a call.</summary>
    public void Add(UsageEvent usage, in StoredCost cost, in EventPlace place) => changes.Add(usage, cost, place);

    /// <summary>Takes a counted call back.</summary>
    public void Remove(UsageEvent usage, in StoredCost cost, in EventPlace place) => changes.Remove(usage, cost, place);

    /// <summary>Writes the changes of the batch.</summary>
    public void Write()
    {
        foreach (var row in changes.InOrder())
        {
            WriteRow(row);
        }

        Clear();
    }

    /// <summary>Drops the changes of a batch that failed.</summary>
    public void Clear() => changes.Clear();

    private void WriteRow(int row)
    {
        var (day, series, rateCard) = changes.KeyOf(row);
        Upsert.Bind(1, day);
        Upsert.Bind(2, series);
        Upsert.Bind(3, rateCard);
        BindChange(row);
        Upsert.Run();
        if (changes.HasRemovals)
        {
            DeleteEmpty.Bind(1, day);
            DeleteEmpty.Bind(2, series);
            DeleteEmpty.Bind(3, rateCard);
            DeleteEmpty.Run();
        }
    }

    private void BindChange(int row)
    {
        var upsert = Upsert;
        ref readonly var change = ref changes[row];
        upsert.Bind(4, change.Calls);
        upsert.Bind(5, change.Input);
        upsert.Bind(6, change.CacheRead);
        upsert.Bind(7, change.CacheWrite5m);
        upsert.Bind(8, change.CacheWrite1h);
        upsert.Bind(9, change.Output);
        upsert.Bind(10, change.Reasoning);
        upsert.Bind(11, change.ModalityTokens);
        upsert.Bind(12, change.WebSearches);
        upsert.Bind(13, change.CostHigh);
        upsert.Bind(14, change.CostLow);
    }
}
