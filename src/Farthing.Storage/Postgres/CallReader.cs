using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Farthing.Domain.Usage;
using Farthing.Storage.Postgres.Engine;
using Farthing.Storage.Sql;
using Farthing.Workflows.Spending;
using Npgsql;

namespace Farthing.Storage.Postgres;

/// <summary>Reads whole calls: those of a query or a run in order of time, or those that a text names.</summary>
internal sealed class CallReader(NpgsqlConnection connection, SeriesCatalog catalog)
{
    /// <summary>A shorter beginning of a name fits too much.</summary>
    private const int PrefixMin = 6;

    /// <summary>Calls that are read at a time.</summary>
    private const int PageSize = 1_000;

    /// <summary>As much of a session's key as its index holds.</summary>
    public const int IndexedKeyLength = 100;

    private const string OfOrg = "series IN (SELECT id FROM series WHERE org = $1)";

    private static readonly Guid Last = Statements.GuidOf(new(ulong.MaxValue, ulong.MaxValue));

    private readonly NumberedValues values = new();

    /// <summary>The calls of a query in order of time.</summary>
    public async IAsyncEnumerable<PricedCall> CallsAsync(SpendQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var days = new LocalDays(query.Zone);
        var series = await new SpendReader(connection, catalog, days).ReadSeriesAsync(query, cancellationToken);
        var range = EventRange.Of(query, days);
        var pages = PagesAsync(
            "series = ANY($4) AND id >= $2 AND id < $3 AND at >= $5 AND at < $6", range.FromId, Statements.GuidOf(range.EndId), Statements.Of(series),
            cancellationToken, Statements.Of(range.From), Statements.Of(range.End));
        await foreach (var call in InOrderOfTimeAsync(pages, cancellationToken))
        {
            yield return new(call.Usage, call.Rating, string.Empty);
        }
    }

    /// <summary>The first calls of a run in order of time.</summary>
    public async Task<IReadOnlyList<PricedCall>> OfRunAsync(string org, string run, int limit, CancellationToken cancellationToken)
    {
        var found = new List<StoredCall>();
        var pages = PagesAsync(
            "run = $4 AND id >= $2 AND id <= $3 AND series IN (SELECT id FROM series WHERE org = $5)", default, Last,
            Statements.Of(PostgresText.Write(run)), cancellationToken, Statements.Of(PostgresText.Write(org)));
        await foreach (var call in InOrderOfTimeAsync(pages, cancellationToken))
        {
            if (found.Count == limit)
            {
                break;
            }

            found.Add(call);
        }

        return await WithFilesAsync(found, limit, cancellationToken);
    }

    /// <summary>The calls that a text names, in order of time.</summary>
    public async Task<IReadOnlyList<PricedCall>> FindAsync(string org, string name, int limit, CancellationToken cancellationToken)
    {
        var found = new List<StoredCall>();
        await AddByIdAsync(org, name, limit, found, cancellationToken);
        if (!await AddBySessionAsync("left(key, $4) = left($2, $4) AND key = $2", org, name, limit, found, cancellationToken) && name.Length >= PrefixMin)
        {
            _ = await AddBySessionAsync(
                "left(key, $4) >= left($2, $4) AND left(key, $4) < left($2, $4) || chr(1114111) AND starts_with(key, $2)",
                org, name, limit, found, cancellationToken);
        }

        if (found.Count == 0)
        {
            await AddByAliasAsync(org, name, limit, found, cancellationToken);
        }

        return await WithFilesAsync(StoredCall.Sort(found), limit, cancellationToken);
    }

    private async Task<IReadOnlyList<PricedCall>> WithFilesAsync(List<StoredCall> calls, int limit, CancellationToken cancellationToken)
    {
        await values.ReadFilesAsync(connection, calls.ConvertAll(call => call.File), cancellationToken);
        return [.. calls.Take(limit).Select(call => new PricedCall(call.Usage, call.Rating, values.FileOf(call.File)))];
    }

    /// <summary>The calls of a condition in order of their ids, a page at a time.</summary>
    private async IAsyncEnumerable<List<StoredCall>> PagesAsync(
        string condition, EventId from, Guid to, NpgsqlParameter which, [EnumeratorCancellation] CancellationToken cancellationToken,
        params NpgsqlParameter[] more)
    {
        var next = Statements.GuidOf(from);
        var first = true;
        while (true)
        {
            NpgsqlParameter[] parameters = [Statements.Of(PageSize), Statements.Of(next), Statements.Of(to), which.Clone(), .. more.Select(one => one.Clone())];
            var after = first ? condition : condition.Replace("id >= $2", "id > $2", StringComparison.Ordinal);
            var page = await ReadAsync($"WHERE {after} ORDER BY id LIMIT $1", parameters, cancellationToken);
            yield return page;
            if (page.Count < PageSize)
            {
                break;
            }

            (next, first) = (Statements.GuidOf(page[^1].Usage.Id), false);
        }
    }

    /// <summary>Calls that come in order of the second, by their ids, in order of time.</summary>
    private static async IAsyncEnumerable<StoredCall> InOrderOfTimeAsync(
        IAsyncEnumerable<List<StoredCall>> pages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var second = new List<StoredCall>();
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            foreach (var call in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
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
        }

        foreach (var last in StoredCall.Sort(second))
        {
            yield return last;
        }
    }

    /// <summary>By an id, also one that the call has left, or by the beginning of one.</summary>
    private async Task AddByIdAsync(string org, string name, int limit, List<StoredCall> found, CancellationToken cancellationToken)
    {
        if (EventId.TryParse(name, out var id))
        {
            await AddMovedAsync(org, [id], found, cancellationToken);
        }
        else if (name.Length is >= PrefixMin and < EventId.Size * 2
            && EventId.TryParse(name.PadRight(EventId.Size * 2, '0'), out var from)
            && EventId.TryParse(name.PadRight(EventId.Size * 2, 'f'), out var to))
        {
            found.AddRange(await ReadAsync(
                $"WHERE id >= $2 AND id <= $3 AND {OfOrg} ORDER BY id LIMIT $4",
                [Org(org), Statements.Of(Statements.GuidOf(from)), Statements.Of(Statements.GuidOf(to)), Statements.Of(limit)], cancellationToken));
        }
    }

    private async Task<bool> AddBySessionAsync(
        string condition, string org, string key, int limit, List<StoredCall> found, CancellationToken cancellationToken)
    {
        var calls = await ReadAsync(
            $"WHERE session IN (SELECT id FROM sessions WHERE org = $1 AND {condition}) ORDER BY id LIMIT $3",
            [Org(org), Statements.Of(PostgresText.Write(key)), Statements.Of(limit), Statements.Of(IndexedKeyLength)], cancellationToken);
        foreach (var call in calls)
        {
            StoredCall.AddOnce(call, found);
        }

        return calls.Count > 0;
    }

    /// <summary>By the reporter's own id, or the provider's id of the message or the request: filed as an alias, or hashed into the event's id.</summary>
    private async Task AddByAliasAsync(string org, string name, int limit, List<StoredCall> found, CancellationToken cancellationToken)
    {
        var families = await ListAsync("SELECT DISTINCT agent FROM series WHERE org = $1", static row => row.Text(0), [Org(org)], cancellationToken);
        var hashes = families.Append(EventId.ReportedFamily).Select(family => EventId.AliasOf(org, family, name)).ToArray();
        var named = await ListAsync(
            "SELECT DISTINCT event FROM aliases WHERE hash = ANY($1)", static row => row.Id(0), [Statements.Of(hashes)], cancellationToken);
        if (named.Count == 0)
        {
            var halves = Array.ConvertAll(hashes, hash =>
            {
                var half = new byte[sizeof(long)];
                BinaryPrimitives.WriteInt64BigEndian(half, hash);
                return half;
            });
            named = await ListAsync(
                $"SELECT id FROM events WHERE substring(uuid_send(id) FROM 9) = ANY($2) AND {OfOrg} LIMIT $3",
                static row => row.Id(0), [Org(org), Statements.Of(halves), Statements.Of(limit)], cancellationToken);
        }

        await AddMovedAsync(org, named, found, cancellationToken);
    }

    /// <summary>The calls of an organisation that have these ids or have had them.</summary>
    private async Task AddMovedAsync(string org, List<EventId> ids, List<StoredCall> found, CancellationToken cancellationToken)
    {
        for (var moves = 0; ids.Count > 0 && moves < StoredCall.MovesMax; moves++)
        {
            var asked = Statements.Of(ids.Select(Statements.GuidOf).ToArray());
            foreach (var call in await ReadAsync($"WHERE id = ANY($2) AND {OfOrg}", [Org(org), asked], cancellationToken))
            {
                StoredCall.AddOnce(call, found);
                ids.Remove(call.Usage.Id);
            }

            ids = await ListAsync(
                "SELECT event FROM former_ids WHERE id = ANY($1)", static row => row.Id(0),
                [Statements.Of(ids.Select(Statements.GuidOf).ToArray())], cancellationToken);
        }
    }

    private async Task<List<StoredCall>> ReadAsync(string condition, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        var rows = await EventRow.ReadAsync(connection, condition, parameters, cancellationToken);
        return await values.ToCallsAsync(connection, rows, cancellationToken);
    }

    private async Task<List<T>> ListAsync<T>(
        string sql, Func<NpgsqlDataReader, T> read, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        var found = new List<T>();
        await using var command = connection.Say(sql, parameters);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(read(rows));
        }

        return found;
    }

    private static NpgsqlParameter Org(string org) => Statements.Of(PostgresText.Write(org));
}
