using Farthing.Domain.Usage;
using Farthing.Storage.Postgres.Engine;
using Farthing.Storage.Sql;
using Npgsql;

namespace Farthing.Storage.Postgres;

/// <summary>Calls to be inserted, column by column: one statement takes them all.</summary>
internal sealed class EventColumns(int count)
{
    /// <summary>Inserts calls of which it is known that they are new.</summary>
    private const string InsertNew =
        """
        INSERT INTO events (id, at, input, cache_read, cache_write_5m, cache_write_1h, output, modality_tokens, reasoning, cost_input,
            cost_cache_read, cost_cache_write_5m, cost_cache_write_1h, cost_output, cost_modalities, cost_units, line, duration, series,
            session, rate_card, web_searches, quality, file, terms, geo, modalities, reported_cost, run)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
            $25, $26, $27, $28, $29) AS arriving (id)
        """;

    /// <summary>Inserts those that are new. An id that a call has left belongs to that call.</summary>
    private const string InsertIfNew = InsertNew +
        """

        WHERE NOT EXISTS (SELECT 1 FROM former_ids WHERE former_ids.id = arriving.id)
        ON CONFLICT (id) DO NOTHING
        """;

    private readonly Guid[] id = new Guid[count];
    private readonly long[][] wide = NewArrays<long>(16, count);
    private readonly long?[] duration = new long?[count];
    private readonly int[][] narrow = NewArrays<int>(6, count);
    private readonly short[] terms = new short[count];
    private readonly string?[][] texts = NewArrays<string?>(4, count);

    /// <summary>How many calls there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a call; the count must suffice.</summary>
    public void Add(UsageEvent usage, in StoredCost cost, in EventPlace place)
    {
        var row = Count++;
        id[row] = Statements.GuidOf(usage.Id);
        AddTokens(row, usage);
        AddCost(row, cost);
        wide[15][row] = usage.Line;
        duration[row] = usage.DurationMilliseconds;
        narrow[0][row] = place.Series;
        narrow[1][row] = place.Session;
        narrow[2][row] = place.RateCard;
        narrow[3][row] = usage.WebSearches;
        narrow[4][row] = EventText.QualityOf(usage);
        narrow[5][row] = place.File;
        terms[row] = (short)EventText.TermsOf(usage.Terms);
        texts[0][row] = usage.Terms.Geo.Length > 0 ? PostgresText.Write(usage.Terms.Geo) : null;
        texts[1][row] = EventText.OfModalities(usage.Tokens.Modalities);
        texts[2][row] = EventText.OfAmount(usage.ReportedCost);
        texts[3][row] = usage.Run.Length > 0 ? PostgresText.Write(usage.Run) : null;
    }

    /// <summary>Adds the statement that inserts the calls; it affects as many rows as there were new calls.</summary>
    /// <param name="batch">What is sent together.</param>
    /// <param name="areNew">Whether it is known that all of them are new.</param>
    public NpgsqlBatchCommand AddTo(NpgsqlBatch batch, bool areNew)
    {
        var command = batch.Add(areNew ? InsertNew : InsertIfNew, Statements.Of(id));
        foreach (var column in wide)
        {
            command.Parameters.Add(Statements.Of(column));
        }

        command.Parameters.Add(Statements.Of(duration));
        foreach (var column in narrow)
        {
            command.Parameters.Add(Statements.Of(column));
        }

        command.Parameters.Add(Statements.Of(terms));
        foreach (var column in texts)
        {
            command.Parameters.Add(Statements.Of(column));
        }

        return command;
    }

    private void AddTokens(int row, UsageEvent usage)
    {
        var tokens = usage.Tokens;
        wide[0][row] = usage.OccurredAt.ToUnixTimeMilliseconds();
        wide[1][row] = tokens.Input;
        wide[2][row] = tokens.CacheRead;
        wide[3][row] = tokens.CacheWrite5m;
        wide[4][row] = tokens.CacheWrite1h;
        wide[5][row] = tokens.Output;
        wide[6][row] = tokens.Modalities?.Total ?? 0;
        wide[7][row] = tokens.Reasoning;
    }

    private void AddCost(int row, in StoredCost cost)
    {
        wide[8][row] = cost.Input;
        wide[9][row] = cost.CacheRead;
        wide[10][row] = cost.CacheWrite5m;
        wide[11][row] = cost.CacheWrite1h;
        wide[12][row] = cost.Output;
        wide[13][row] = cost.Modalities;
        wide[14][row] = cost.Units;
    }

    private static T[][] NewArrays<T>(int arrays, int length)
    {
        var all = new T[arrays][];
        for (var index = 0; index < arrays; index++)
        {
            all[index] = new T[length];
        }

        return all;
    }
}
