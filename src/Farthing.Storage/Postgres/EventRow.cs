using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Storage.Postgres.Engine;
using Farthing.Storage.Sql;
using Npgsql;

namespace Farthing.Storage.Postgres;

/// <summary>A row of the table of calls, whose dimensions, session and rate card are still numbers.</summary>
internal sealed record EventRow(UsageEvent Usage, StoredCost Cost, EventPlace Place)
{
    /// <summary>Yields whole rows.</summary>
    public const string Select =
        """
        SELECT id, at, input, cache_read, cache_write_5m, cache_write_1h, output, modality_tokens, reasoning, cost_input,
            cost_cache_read, cost_cache_write_5m, cost_cache_write_1h, cost_output, cost_modalities, cost_units, line, duration, series,
            session, rate_card, web_searches, quality, file, terms, geo, modalities, reported_cost, run
        FROM events

        """;

    private static readonly Dimensions NoDimensions = new();
    private static readonly Session NoSession = new(string.Empty, string.Empty, string.Empty);

    /// <summary>The rows that a condition names.</summary>
    /// <param name="connection">Where to ask.</param>
    /// <param name="condition">Which rows, in what order.</param>
    /// <param name="parameters">The parameters of the condition.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<List<EventRow>> ReadAsync(
        NpgsqlConnection connection, string condition, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var command = connection.Say(Select + condition, parameters);
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>The rows of a query that begins with <see cref="Select"/>.</summary>
    public static async Task<List<EventRow>> ReadAsync(NpgsqlConnection connection, SqlText sql, CancellationToken cancellationToken)
    {
        await using var command = connection.Say(sql);
        return await ReadAsync(command, cancellationToken);
    }

    private static async Task<List<EventRow>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var found = new List<EventRow>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(FromRow(rows));
        }

        return found;
    }

    /// <summary>The call with everything that the numbers stand for.</summary>
    public StoredCall ToCall(NumberedValues values) => new(
        Usage with { Dimensions = values.SeriesOf(Place.Series), Session = values.SessionOf(Place.Session) },
        new Rating(values.RateCardOf(Place.RateCard), Cost.ToCost()),
        Place.File);

    private static EventRow FromRow(NpgsqlDataReader row)
    {
        var usage = new UsageEvent
        {
            Id = row.Id(0),
            OccurredAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
            Dimensions = NoDimensions,
            Session = NoSession,
            Tokens = TokensOf(row),
            Line = row.GetInt64(16),
            DurationMilliseconds = row.IsDBNull(17) ? null : row.GetInt64(17),
            WebSearches = row.GetInt32(21),
            Quality = EventText.ParseQuality(row.GetInt32(22), out var hasVaryingTime),
            HasVaryingTime = hasVaryingTime,
            Terms = EventText.ParseTerms(row.GetInt16(24), row.Text(25)),
            ReportedCost = row.IsDBNull(27) ? null : EventText.ParseAmount(row.GetString(27)),
            Run = row.Text(28),
        };
        return new(usage, CostOf(row), new(row.GetInt32(18), row.GetInt32(19), row.GetInt32(20), row.GetInt32(23)));
    }

    private static TokenCounts TokensOf(NpgsqlDataReader row) => new()
    {
        Input = row.GetInt64(2),
        CacheRead = row.GetInt64(3),
        CacheWrite5m = row.GetInt64(4),
        CacheWrite1h = row.GetInt64(5),
        Output = row.GetInt64(6),
        Reasoning = row.GetInt64(8),
        Modalities = row.IsDBNull(26) ? null : EventText.ParseModalities(row.GetString(26)),
    };

    private static StoredCost CostOf(NpgsqlDataReader row) => new()
    {
        Input = row.GetInt64(9),
        CacheRead = row.GetInt64(10),
        CacheWrite5m = row.GetInt64(11),
        CacheWrite1h = row.GetInt64(12),
        Output = row.GetInt64(13),
        Modalities = row.GetInt64(14),
        Units = row.GetInt64(15),
    };
}
