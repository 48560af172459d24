using Farthing.Domain.Usage;
using Farthing.Storage.Sql;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sqlite;

/// <summary>Reads whole calls: those of a query in order of time, or those that a text names.</summary>
internal sealed class CallReader
{
    /// <summary>A shorter beginning of a name fits too much.</summary>
    private const int PrefixMin = 6;

    private readonly Connection connection;
    private readonly SeriesCatalog catalog;
    private readonly EventPlaces places;
    private readonly EventTable events;
    private readonly AliasTable aliases;

    public CallReader(Connection connection, SeriesCatalog catalog)
    {
        (this.connection, this.catalog) = (connection, catalog);
        places = new(connection);
        events = new(connection, places.Series, places.Sessions, places.RateCards);
        aliases = new(connection);
    }

    /// <summary>The calls of a query in order of time.</summary>
    public IEnumerable<PricedCall> Calls(SpendQuery query, CancellationToken cancellationToken) =>
        InOrderOfTime(CallsById(query, cancellationToken)).Select(call => new PricedCall(call.Usage, call.Rating, string.Empty));

    /// <summary>The first calls of a run in order of time.</summary>
    public IReadOnlyList<PricedCall> OfRun(string org, string run, int limit) =>
        [.. InOrderOfTime(CallsOfRun(org, run)).Take(limit).Select(call => new PricedCall(call.Usage, call.Rating, places.Files.PathOf(call.File)))];

    /// <summary>The calls that a text names, in order of time.</summary>
    public IReadOnlyList<PricedCall> Find(string org, string name, int limit)
    {
        var found = new List<StoredCall>();
        AddById(org, name, limit, found);
        if (!AddBySession("= ?2"u8, org, name, limit, found) && name.Length >= PrefixMin)
        {
            _ = AddBySession(">= ?2 AND key < ?2 || char(1114111)"u8, org, name, limit, found);
        }

        if (found.Count == 0)
        {
            AddByAlias(org, name, found);
        }

        return [.. StoredCall.Sort(found).Take(limit).Select(call => new PricedCall(call.Usage, call.Rating, places.Files.PathOf(call.File)))];
    }

    private IEnumerable<StoredCall> CallsById(SpendQuery query, CancellationToken cancellationToken)
    {
        var scope = SpendReader.ScopeOf(connection, catalog, query);
        var range = EventRange.Of(query, new LocalDays(query.Zone));
        using var rows = connection.Prepare(new SqlText()
            .Add(EventTable.SelectRows).Add("WHERE").AddRange(range).Add("AND").AddSeriesOf("series", query).Add("ORDER BY id"));
        while (rows.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (scope.GroupOf(rows.Small(2)) >= 0)
            {
                yield return events.FromRow(rows);
            }
        }
    }

    private IEnumerable<StoredCall> CallsOfRun(string org, string run)
    {
        using var rows = events.Select("WHERE run = ?1 AND series IN (SELECT id FROM series WHERE org = ?2) ORDER BY id"u8);
        rows.Bind(1, run);
        rows.Bind(2, org);
        while (rows.Step())
        {
            yield return events.FromRow(rows);
        }
    }

    /// <summary>Calls that come in order of the second, by their ids, in order of time.</summary>
    private static IEnumerable<StoredCall> InOrderOfTime(IEnumerable<StoredCall> byId)
    {
        var second = new List<StoredCall>();
        foreach (var call in byId)
        {
            if (second.Count > 0 && second[0].Usage.Id.UnixSeconds != call.Usage.Id.UnixSeconds)
            {
                foreach (var earlier in StoredCall.Sort(second))
                {
                    yield return earlier;
                }

                second.Clear();
            }

            second.Add(call);
        }

        foreach (var last in StoredCall.Sort(second))
        {
            yield return last;
        }
    }

    /// <summary>By an id, also one that the call has left, or by the beginning of one.</summary>
    private void AddById(string org, string name, int limit, List<StoredCall> found)
    {
        if (EventId.TryParse(name, out var id))
        {
            StoredCall.AddOnce(events.FindMoved(org, id, aliases), found);
        }
        else if (name.Length is >= PrefixMin and < EventId.Size * 2
            && EventId.TryParse(name.PadRight(EventId.Size * 2, '0'), out var from)
            && EventId.TryParse(name.PadRight(EventId.Size * 2, 'f'), out var to))
        {
            using var rows = events.Select(
                "WHERE id >= ?1 AND id <= ?2 AND series IN (SELECT id FROM series WHERE org = ?3) ORDER BY id"u8);
            rows.BindIds(1, from, to);
            rows.Bind(3, org);
            while (found.Count < limit && rows.Step())
            {
                StoredCall.AddOnce(events.FromRow(rows), found);
            }
        }
    }

    private bool AddBySession(ReadOnlySpan<byte> comparison, string org, string key, int limit, List<StoredCall> found)
    {
        var before = found.Count;
        using var rows = events.Select(
            [.. "WHERE session IN (SELECT id FROM sessions WHERE org = ?1 AND key "u8, .. comparison, .. ") ORDER BY id LIMIT ?3"u8]);
        rows.Bind(1, org);
        rows.Bind(2, key);
        rows.Bind(3, limit);
        while (rows.Step())
        {
            StoredCall.AddOnce(events.FromRow(rows), found);
        }

        return found.Count > before;
    }

    /// <summary>By the reporter's own id, or the provider's id of the message or the request: filed as an alias, or hashed into the event's id.</summary>
    private void AddByAlias(string org, string name, List<StoredCall> found)
    {
        using var families = connection.Prepare("SELECT agent FROM series WHERE org = ?1 UNION SELECT ?2"u8);
        using var named = connection.Prepare(
            """
            SELECT event FROM aliases WHERE hash = ?1
            UNION
            SELECT id FROM events WHERE substr(id, 9) = ?2 AND series IN (SELECT id FROM series WHERE org = ?3)
            """u8);
        Span<byte> low = stackalloc byte[sizeof(long)];
        families.Bind(1, org);
        families.Bind(2, EventId.ReportedFamily);
        named.Bind(3, org);
        while (families.Step())
        {
            var alias = EventId.AliasOf(org, families.Text(0), name);
            System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(low, alias);
            named.Bind(1, alias);
            named.Bind(2, low);
            while (named.Step())
            {
                StoredCall.AddOnce(events.FindMoved(org, named.Id(0), aliases), found);
            }
        }
    }
}
