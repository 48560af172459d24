using System.Buffers.Binary;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Storage.Postgres.Engine;
using Farthing.Storage.Sql;
using Npgsql;

namespace Farthing.Storage.Postgres;

/// <summary>The four tables in which parts of events are numbered, as one writer knows them.</summary>
internal sealed class EventNumbers(NpgsqlDataSource source) : ICoarseNumbers
{
    private const int CoarseMax = 262_144;

    private readonly SessionKeys sessionKeys = new();

    private readonly NumberedTable<Dimensions> series = new(
        "series",
        "key",
        """
        org, agent, project, branch, model, provider, team, "user", plan, model_pack, role, environment, billing_mode, speed, api_key
        """,
        HashOf,
        static values =>
        [
            Texts(values, value => value.Org), Texts(values, value => value.Agent), Texts(values, value => value.Project),
            Texts(values, value => value.Branch), Texts(values, value => value.Model), Texts(values, value => value.Provider),
            Texts(values, value => value.Team), Texts(values, value => value.User), Texts(values, value => value.Plan),
            Texts(values, value => value.ModelPack), Texts(values, value => value.Role), Texts(values, value => value.Environment),
            Texts(values, value => value.BillingMode), Texts(values, value => value.Speed),
            Texts(values, value => value.ApiKey),
        ],
        EqualityComparer<Dimensions>.Default);

    private readonly NumberedTable<SessionKey> sessions = new(
        "sessions",
        "hash",
        "org, key, agent, version, parent",
        static value => NumberedTable<SessionKey>.HashOf(value.Org, value.Session.Key, value.Agent, value.Session.AgentVersion, value.Session.Parent),
        static values =>
        [
            Texts(values, value => value.Org), Texts(values, value => value.Session.Key), Texts(values, value => value.Agent),
            Texts(values, value => value.Session.AgentVersion), Texts(values, value => value.Session.Parent),
        ],
        EqualityComparer<SessionKey>.Default);

    private readonly NumberedTable<RateCard> rateCards = new(
        "rate_cards",
        "hash",
        "status, content",
        HashOf,
        static values =>
        [
            Statements.Of(Array.ConvertAll(values, value => (short)value.Status)),
            Texts(values, value => value.ToString()),
        ],
        ReferenceEqualityComparer.Instance);

    private readonly NumberedTable<string> files = new(
        "log_files", "hash", "path", static value => NumberedTable<string>.HashOf(value), static values => [Texts(values, value => value)], StringComparer.Ordinal);

    /// <summary>What is left of series and sessions, by number; and those of which it is not known yet.</summary>
    private readonly Dictionary<int, CoarseSeries> coarseSeries = [];
    private readonly Dictionary<int, int> heads = [];
    private readonly Dictionary<int, Dimensions> newSeries = [];
    private readonly Dictionary<int, SessionKey> newSessions = [];

    /// <summary>Starts a batch: keeps what is remembered within bounds.</summary>
    public void Begin()
    {
        newSeries.Clear();
        newSessions.Clear();
        if (coarseSeries.Count > CoarseMax || heads.Count > CoarseMax)
        {
            coarseSeries.Clear();
            heads.Clear();
        }

        files.Trim();
        series.Trim();
        sessions.Trim();
        rateCards.Trim();
    }

    /// <summary>The number of a log that was noted and stored.</summary>
    public int FileOf(string path) => Known(files.FindOrNote(path));

    /// <summary>The numbers of an event's parts, which were noted and stored.</summary>
    public EventPlace Of(UsageEvent usage, RateCard card, int file) =>
        new(Known(series.FindOrNote(usage.Dimensions)), Known(sessions.FindOrNote(sessionKeys.Of(usage))), Known(rateCards.FindOrNote(card)), file);

    /// <summary>Notes the parts of an event that are not known.</summary>
    public void Note(UsageEvent usage, RateCard card)
    {
        _ = series.FindOrNote(usage.Dimensions);
        _ = sessions.FindOrNote(sessionKeys.Of(usage));
        _ = rateCards.FindOrNote(card);
    }

    /// <summary>Notes the series and the session of a call, unless what is left of them is known.</summary>
    public void NoteCoarse(UsageEvent usage, in EventPlace place)
    {
        if (!coarseSeries.ContainsKey(place.Series))
        {
            newSeries[place.Series] = usage.Dimensions;
        }

        if (!heads.ContainsKey(place.Session))
        {
            newSessions[place.Session] = sessionKeys.Of(usage);
        }
    }

    /// <summary>Gives numbers to what is left of the series and sessions that were noted; durable when the task completes.</summary>
    public async Task StoreCoarseAsync(CancellationToken cancellationToken)
    {
        foreach (var dimensions in newSeries.Values)
        {
            _ = CoarseSeries.Of(dimensions, left => series.FindOrNote(left) ?? 0);
        }

        foreach (var session in newSessions.Values.Where(HasKey))
        {
            _ = sessions.FindOrNote(ICoarseNumbers.Head(session));
        }

        await series.StoreNotedAsync(source, cancellationToken);
        await sessions.StoreNotedAsync(source, cancellationToken);
        foreach (var (number, dimensions) in newSeries)
        {
            coarseSeries[number] = CoarseSeries.Of(dimensions, left => Known(series.FindOrNote(left)));
        }

        foreach (var (number, session) in newSessions)
        {
            heads[number] = HasKey(session) ? Known(sessions.FindOrNote(ICoarseNumbers.Head(session))) : 0;
        }

        newSeries.Clear();
        newSessions.Clear();
    }

    /// <inheritdoc/>
    public CoarseSeries Of(int series) => coarseSeries[series];

    /// <inheritdoc/>
    public int HeadOf(int session) => heads[session];

    /// <summary>Notes a log that is not known.</summary>
    public void NoteFile(string path) => _ = files.FindOrNote(path);

    /// <summary>Gives numbers to everything that was noted; durable when the task completes.</summary>
    public async Task StoreNotedAsync(CancellationToken cancellationToken)
    {
        await files.StoreNotedAsync(source, cancellationToken);
        await series.StoreNotedAsync(source, cancellationToken);
        await sessions.StoreNotedAsync(source, cancellationToken);
        await rateCards.StoreNotedAsync(source, cancellationToken);
    }

    private static bool HasKey(SessionKey session) => session.Session.Key.Length > 0;

    private static int Known(int? number) => number ?? throw new InvalidOperationException("A part of an event was not stored before the event.");

    private static NpgsqlParameter Texts<TValue>(TValue[] values, Converter<TValue, string> text) =>
        Statements.Of(Array.ConvertAll(values, value => PostgresText.Write(text(value))));

    /// <summary>Series without a key have the hash that they had before there were keys.</summary>
    private static byte[] HashOf(Dimensions of)
    {
        ReadOnlySpan<string> texts =
        [
            of.Org, of.Agent, of.Project, of.Branch, of.Model, of.Provider, of.Team, of.User, of.Plan, of.ModelPack, of.Role, of.Environment,
            of.BillingMode, of.Speed, of.ApiKey,
        ];
        return NumberedTable<Dimensions>.HashOf(of.ApiKey.Length == 0 ? texts[..^1] : texts);
    }

    private static byte[] HashOf(RateCard card)
    {
        var hash = new byte[EventId.Size];
        BinaryPrimitives.WriteUInt128BigEndian(hash, card.Hash);
        return hash;
    }
}
