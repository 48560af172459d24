using Farthing.Domain.Usage;
using Farthing.Storage.Sql;
using Farthing.Storage.Sqlite.Engine;

namespace Farthing.Storage.Sqlite;

/// <summary>
/// Sums of the events by day, series and rate card. Changes are gathered in memory during a batch and written once per
/// row at its end, in the order of the table.
/// </summary>
internal sealed class DailyRollup(Connection connection, LocalDays days)
{
    private const int SeriesBits = 28;
    private const int RateCardBits = 20;

    private readonly KeyTable keys = new();
    private readonly KeyOrder order = new();
    private Change[] changes = new Change[64];
    private bool hasRemovals;

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
    public void Add(UsageEvent usage, in StoredCost cost, in EventPlace place) => ChangeOf(usage, place).Count(usage, cost, 1);

    /// <summary>Takes a counted call back.</summary>
    public void Remove(UsageEvent usage, in StoredCost cost, in EventPlace place)
    {
        ChangeOf(usage, place).Count(usage, cost, -1);
        hasRemovals = true;
    }

    /// <summary>Writes the changes of the batch.</summary>
    public void Write()
    {
        order.Clear(keys.Count);
        for (var index = 0; index < keys.Count; index++)
        {
            order.Add(keys.Keys[index], index);
        }

        order.Sort();
        foreach (var index in order.Items)
        {
            WriteRow(index);
        }

        Clear();
    }

    /// <summary>Drops the changes of a batch that failed.</summary>
    public void Clear()
    {
        keys.Clear();
        hasRemovals = false;
    }

    private ref Change ChangeOf(UsageEvent usage, in EventPlace place)
    {
        var day = days.DayOf(usage.OccurredAt.ToUnixTimeMilliseconds());
        if (place.Series >> SeriesBits != 0 || place.RateCard >> RateCardBits != 0)
        {
            throw new InvalidOperationException("The store holds more series or rate cards than the rollup can number.");
        }

        // One more than the day: west of Greenwich the first instant of 1970 lies in the day before.
        var key = ((((ulong)(day + 1) << SeriesBits) | (uint)place.Series) << RateCardBits) | (uint)place.RateCard;
        var known = keys.Count;
        var index = keys.Add(key);
        if (index >= changes.Length)
        {
            var larger = new Change[changes.Length * 2];
            Array.Copy(changes, larger, known);
            changes = larger;
        }

        ref var change = ref changes[index];
        if (index == known)
        {
            change = default;
        }

        return ref change;
    }

    private void WriteRow(int index)
    {
        var key = keys.Keys[index];
        var day = (long)(key >> (SeriesBits + RateCardBits)) - 1;
        var series = (long)((key >> RateCardBits) & ((1UL << SeriesBits) - 1));
        var rateCard = (long)(key & ((1UL << RateCardBits) - 1));
        Upsert.Bind(1, day);
        Upsert.Bind(2, series);
        Upsert.Bind(3, rateCard);
        changes[index].Bind(Upsert);
        Upsert.Run();
        if (hasRemovals)
        {
            DeleteEmpty.Bind(1, day);
            DeleteEmpty.Bind(2, series);
            DeleteEmpty.Bind(3, rateCard);
            DeleteEmpty.Run();
        }
    }

    /// <summary>What a batch adds to one row; negative when it takes more away.</summary>
    private struct Change
    {
        private long calls;
        private long input;
        private long cacheRead;
        private long cacheWrite5m;
        private long cacheWrite1h;
        private long output;
        private long reasoning;
        private long modalityTokens;
        private long webSearches;
        private long costHigh;
        private long costLow;

        public void Count(UsageEvent usage, in StoredCost cost, int sign)
        {
            var tokens = usage.Tokens;
            var total = cost.Total;
            calls += sign;
            input += sign * tokens.Input;
            cacheRead += sign * tokens.CacheRead;
            cacheWrite5m += sign * tokens.CacheWrite5m;
            cacheWrite1h += sign * tokens.CacheWrite1h;
            output += sign * tokens.Output;
            reasoning += sign * tokens.Reasoning;
            modalityTokens += sign * (tokens.Modalities?.Total ?? 0);
            webSearches += sign * usage.WebSearches;
            costHigh += sign * StoredCost.HighOf(total);
            costLow += sign * StoredCost.LowOf(total);
        }

        public readonly void Bind(Statement upsert)
        {
            upsert.Bind(4, calls);
            upsert.Bind(5, input);
            upsert.Bind(6, cacheRead);
            upsert.Bind(7, cacheWrite5m);
            upsert.Bind(8, cacheWrite1h);
            upsert.Bind(9, output);
            upsert.Bind(10, reasoning);
            upsert.Bind(11, modalityTokens);
            upsert.Bind(12, webSearches);
            upsert.Bind(13, costHigh);
            upsert.Bind(14, costLow);
        }
    }
}
