using System.Text;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Storage.Sql;
using Farthing.Storage.Sqlite.Engine;

namespace Farthing.Storage.Sqlite;

/// <summary>The rows of the calls.</summary>
internal sealed class EventTable(Connection connection, SeriesTable series, SessionTable sessions, RateCardTable rateCards)
{
    /// <summary>Yields whole rows, for <see cref="FromRow"/>.</summary>
    public const string SelectRows =
        """
        SELECT id, at, series, session, rate_card, input, cache_read, cache_write_5m, cache_write_1h, output,
            modality_tokens, web_searches, cost_input, cost_cache_read, cost_cache_write_5m, cost_cache_write_1h, cost_output,
            cost_modalities, cost_units, reasoning, quality, terms, file, line, geo, modalities, reported_cost, run, duration
        FROM events
        """;

    /// <summary>What the rare columns are bound to at the moment; most rows follow one that has none either.</summary>
    private bool hasRareColumns = true;

    private Statement InsertRow => field ??= connection.Prepare(
        """
        INSERT INTO events (id, at, series, session, rate_card, input, cache_read, cache_write_5m, cache_write_1h, output,
            modality_tokens, web_searches, cost_input, cost_cache_read, cost_cache_write_5m, cost_cache_write_1h, cost_output,
            cost_modalities, cost_units, reasoning, quality, terms, file, line, geo, modalities, reported_cost, run, duration)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24,
            ?25, ?26, ?27, ?28, ?29)
        ON CONFLICT (id) DO NOTHING
        """u8);

    private Statement DeleteRow => field ??= connection.Prepare("DELETE FROM events WHERE id = ?1"u8);

    private Statement SelectSame => field ??= connection.Prepare(
        """
        SELECT 1 FROM events
        WHERE id = ?1 AND at = ?2 AND series = ?3 AND session = ?4 AND input = ?6 AND cache_read = ?7 AND cache_write_5m = ?8
          AND cache_write_1h = ?9 AND output = ?10 AND modality_tokens = ?11 AND web_searches = ?12 AND reasoning = ?20
          AND quality = ?21 AND terms = ?22 AND coalesce(geo, '') = ?25 AND modalities IS ?26 AND run IS ?28 AND duration IS ?29
        """u8);

    private Statement SelectRowOfOrg => field ??= Select(
        "WHERE id = ?1 AND EXISTS (SELECT 1 FROM series WHERE series.id = events.series AND series.org = ?2)"u8);

    /// <summary>A query that yields whole rows, for <see cref="FromRow"/>.</summary>
    /// <param name="condition">Which rows, in what order.</param>
    public Statement Select(ReadOnlySpan<byte> condition) => connection.Prepare([.. Encoding.UTF8.GetBytes(SelectRows), (byte)' ', .. condition]);

    /// <summary>Whether there is any call at all.</summary>
    public bool IsEmpty() => connection.Scalar("SELECT 1 FROM events LIMIT 1"u8) is null;

    /// <summary>Adds a call; false when one with its id is there already.</summary>
    public bool TryInsert(UsageEvent usage, in StoredCost cost, in EventPlace place)
    {
        var insert = InsertRow;
        insert.BindId(1, usage.Id);
        insert.Bind(2, usage.OccurredAt.ToUnixTimeMilliseconds());
        insert.Bind(3, place.Series);
        insert.Bind(4, place.Session);
        insert.Bind(5, place.RateCard);
        BindTokens(insert, usage.Tokens, usage.WebSearches);
        BindCost(insert, cost);
        insert.Bind(21, EventText.QualityOf(usage));
        insert.Bind(22, EventText.TermsOf(usage.Terms));
        insert.Bind(23, place.File);
        insert.Bind(24, usage.Line);
        BindRare(insert, usage);
        insert.Run();
        return connection.Changes == 1;
    }

    /// <summary>Whether a call is stored as the record tells it, but for what the source claims it cost and where it was read.</summary>
    public bool HasSame(UsageEvent usage, int seriesId, int sessionId)
    {
        var same = SelectSame;
        same.BindId(1, usage.Id);
        same.Bind(2, usage.OccurredAt.ToUnixTimeMilliseconds());
        same.Bind(3, seriesId);
        same.Bind(4, sessionId);
        BindTokens(same, usage.Tokens, usage.WebSearches);
        same.Bind(21, EventText.QualityOf(usage));
        same.Bind(22, EventText.TermsOf(usage.Terms));
        same.Bind(25, usage.Terms.Geo);
        same.Bind(26, EventText.OfModalities(usage.Tokens.Modalities));
        BindRun(same, usage);
        var found = same.Step();
        same.Reset();
        return found;
    }

    /// <summary>Removes a call.</summary>
    public void Delete(EventId id)
    {
        DeleteRow.BindId(1, id);
        DeleteRow.Run();
    }

    /// <summary>The call of an organisation that has an id or has had it; null when none ever had.</summary>
    public StoredCall? FindMoved(string org, EventId id, AliasTable aliases)
    {
        SelectRowOfOrg.Bind(2, org);
        EventId? at = id;
        for (var moves = 0; at is { } next && moves < StoredCall.MovesMax; moves++)
        {
            if (Find(next) is { } call)
            {
                return call;
            }

            at = aliases.Former(next);
        }

        return null;
    }

    /// <summary>Reads a call from a row of <see cref="Select"/>.</summary>
    public StoredCall FromRow(Statement row)
    {
        var usage = new UsageEvent
        {
            Id = row.Id(0),
            OccurredAt = DateTimeOffset.FromUnixTimeMilliseconds(row.Integer(1)),
            Dimensions = series[row.Small(2)],
            Session = sessions[row.Small(3)],
            Tokens = TokensOf(row),
            WebSearches = row.Small(11),
            Quality = EventText.ParseQuality(row.Small(20), out var hasVaryingTime),
            HasVaryingTime = hasVaryingTime,
            Terms = EventText.ParseTerms(row.Small(21), row.Text(24)),
            ReportedCost = row.IsNull(26) ? null : EventText.ParseAmount(row.Text(26)),
            Line = row.Integer(23),
            Run = row.Text(27),
            DurationMilliseconds = row.IsNull(28) ? null : row.Integer(28),
        };
        return new(usage, new Rating(rateCards[row.Small(4)], CostOf(row).ToCost()), row.Small(22));
    }

    private StoredCall? Find(EventId id)
    {
        SelectRowOfOrg.BindId(1, id);
        var call = SelectRowOfOrg.Step() ? FromRow(SelectRowOfOrg) : null;
        SelectRowOfOrg.Reset();
        return call;
    }

    private static void BindTokens(Statement insert, in TokenCounts tokens, int webSearches)
    {
        insert.Bind(6, tokens.Input);
        insert.Bind(7, tokens.CacheRead);
        insert.Bind(8, tokens.CacheWrite5m);
        insert.Bind(9, tokens.CacheWrite1h);
        insert.Bind(10, tokens.Output);
        insert.Bind(11, tokens.Modalities?.Total ?? 0);
        insert.Bind(12, webSearches);
        insert.Bind(20, tokens.Reasoning);
    }

    private static void BindCost(Statement insert, in StoredCost cost)
    {
        insert.Bind(13, cost.Input);
        insert.Bind(14, cost.CacheRead);
        insert.Bind(15, cost.CacheWrite5m);
        insert.Bind(16, cost.CacheWrite1h);
        insert.Bind(17, cost.Output);
        insert.Bind(18, cost.Modalities);
        insert.Bind(19, cost.Units);
    }

    private static TokenCounts TokensOf(Statement row) => new()
    {
        Input = row.Integer(5),
        CacheRead = row.Integer(6),
        CacheWrite5m = row.Integer(7),
        CacheWrite1h = row.Integer(8),
        Output = row.Integer(9),
        Reasoning = row.Integer(19),
        Modalities = row.IsNull(25) ? null : EventText.ParseModalities(row.Text(25)),
    };

    private static StoredCost CostOf(Statement row) => new()
    {
        Input = row.Integer(12),
        CacheRead = row.Integer(13),
        CacheWrite5m = row.Integer(14),
        CacheWrite1h = row.Integer(15),
        Output = row.Integer(16),
        Modalities = row.Integer(17),
        Units = row.Integer(18),
    };

    private void BindRare(Statement insert, UsageEvent usage)
    {
        var hasRare = usage.Terms.Geo.Length > 0 || usage.Tokens.Modalities is not null || usage.ReportedCost is not null
            || usage.Run.Length > 0 || usage.DurationMilliseconds is not null;
        if (!hasRare && !hasRareColumns)
        {
            return;
        }

        insert.Bind(25, usage.Terms.Geo.Length > 0 ? usage.Terms.Geo : null);
        insert.Bind(26, EventText.OfModalities(usage.Tokens.Modalities));
        insert.Bind(27, EventText.OfAmount(usage.ReportedCost));
        BindRun(insert, usage);
        hasRareColumns = hasRare;
    }

    private static void BindRun(Statement statement, UsageEvent usage)
    {
        statement.Bind(28, usage.Run.Length > 0 ? usage.Run : null);
        if (usage.DurationMilliseconds is { } duration)
        {
            statement.Bind(29, duration);
        }
        else
        {
            statement.BindNull(29);
        }
    }
}
