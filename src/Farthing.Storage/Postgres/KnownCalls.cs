using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Storage.Postgres.Engine;
using Farthing.Storage.Sql;
using Npgsql;

namespace Farthing.Storage.Postgres;

/// <summary>
/// Everything that is known of the calls that a batch may belong to, read at once and changed in memory; what changed is
/// written at once, too. Whoever uses it holds the lock of the organisations, so nothing changes behind its back.
/// </summary>
internal sealed class KnownCalls : IKnownCalls
{
    private readonly Dictionary<EventId, StoredCall> calls = [];
    private readonly Dictionary<EventId, (StoredCall Call, EventPlace Place)> stored = [];
    private readonly Dictionary<EventId, EventId> former = [];
    private readonly HashSet<EventId> movedFrom = [];
    private readonly HashSet<EventId> movedTo = [];
    private readonly Dictionary<AliasKey, EventId> aliases = [];
    private readonly List<AliasKey> filed = [];
    private readonly List<EventId> candidates = [];

    /// <summary>Calls that were stored when the batch began and are gone or changed, with their places.</summary>
    public IEnumerable<(StoredCall Call, EventPlace Place)> Removed =>
        stored.Values.Where(old => !ReferenceEquals(calls.GetValueOrDefault(old.Call.Usage.Id), old.Call));

    /// <summary>Calls that are new or changed, in order of their ids.</summary>
    public List<StoredCall> Inserted =>
    [
        .. calls.Values.Where(call => !stored.TryGetValue(call.Usage.Id, out var old) || !ReferenceEquals(old.Call, call))
            .OrderBy(call => call.Usage.Id.High).ThenBy(call => call.Usage.Id.Low),
    ];

    /// <summary>Names that were filed, in order of day and hash, with the ids they lead to.</summary>
    public List<(AliasKey Name, EventId Call)> Filed
    {
        get
        {
            filed.Sort(AliasKey.Compare);
            return filed.ConvertAll(name => (name, aliases[name]));
        }
    }

    /// <summary>Ids that calls have left, with the ids they lead to.</summary>
    public IEnumerable<(EventId From, EventId To)> Moves => movedFrom.Where(former.ContainsKey).Select(from => (from, former[from]));

    /// <summary>Ids that calls have come to, which lead nowhere any more.</summary>
    public IReadOnlyCollection<EventId> Arrivals => movedTo;

    /// <summary>Records that were kept aside.</summary>
    public List<RefusedRecord> Refused { get; } = [];

    /// <inheritdoc/>
    public RepeatChanges Repeats { get; } = new();

    /// <summary>Reads what the records of a batch may belong to.</summary>
    public static async Task<KnownCalls> ReadAsync(NpgsqlConnection connection, IReadOnlyList<UsageEvent> records, CancellationToken cancellationToken)
    {
        var known = new KnownCalls();
        await known.ReadAliasesAsync(connection, records, cancellationToken);
        var wanted = records.Select(record => record.Id).Concat(known.aliases.Values).ToHashSet();
        var values = new NumberedValues();
        for (var moves = 0; wanted.Count > 0 && moves < StoredCall.MovesMax; moves++)
        {
            await known.ReadCallsAsync(connection, wanted, values, cancellationToken);
            wanted = await known.ReadFormerAsync(connection, wanted, cancellationToken);
        }

        return known;
    }

    /// <inheritdoc/>
    public bool HasSame(UsageEvent usage) =>
        calls.TryGetValue(usage.Id, out var call) && IsSame(call.Usage, usage) && AreFiled(usage);

    /// <inheritdoc/>
    public void Find(UsageEvent usage, List<StoredCall> known)
    {
        candidates.Clear();
        candidates.Add(usage.Id);
        Span<AliasKey> names = stackalloc AliasKey[AliasKey.NamesMax];
        foreach (var name in names[..AliasKey.Of(usage, names)])
        {
            for (var day = name.Day - 1; day <= name.Day + 1; day++)
            {
                if (aliases.TryGetValue(name with { Day = day }, out var id) && !candidates.Contains(id))
                {
                    candidates.Add(id);
                }
            }
        }

        foreach (var candidate in candidates)
        {
            StoredCall.AddOnce(FindMoved(usage.Dimensions.Org, candidate), known);
        }
    }

    /// <inheritdoc/>
    public void Insert(StoredCall call)
    {
        if (!calls.TryAdd(call.Usage.Id, ToMillisecond(call)))
        {
            throw new InvalidOperationException($"The event {call.Usage.Id} is there although it was not found.");
        }
    }

    /// <inheritdoc/>
    public void Remove(StoredCall call) => calls.Remove(call.Usage.Id);

    /// <inheritdoc/>
    public void Move(EventId from, EventId to)
    {
        former.Remove(to);
        movedTo.Add(to);
        former[from] = to;
        movedFrom.Add(from);
    }

    /// <inheritdoc/>
    public void File(UsageEvent usage, EventId call)
    {
        Span<AliasKey> names = stackalloc AliasKey[AliasKey.NamesMax];
        foreach (var name in names[..AliasKey.Of(usage, names)])
        {
            if (aliases.TryAdd(name, call))
            {
                filed.Add(name);
            }
        }
    }

    /// <inheritdoc/>
    public void KeepAside(EventId call, UsageEvent usage, in Rating rating, string reason) => Refused.Add(new(call, usage, rating, reason));

    /// <summary>As columns hold it, so that it compares as when it has been read.</summary>
    private static StoredCall ToMillisecond(StoredCall call)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(call.Usage.OccurredAt.ToUnixTimeMilliseconds());
        return at == call.Usage.OccurredAt ? call : call with { Usage = call.Usage with { OccurredAt = at } };
    }

    /// <summary>Whether a call is stored as the record tells it, but for what the source claims it cost and where it was read.</summary>
    private static bool IsSame(UsageEvent stored, UsageEvent record) =>
        stored.OccurredAt.ToUnixTimeMilliseconds() == record.OccurredAt.ToUnixTimeMilliseconds()
        && stored.Tokens == record.Tokens && stored.WebSearches == record.WebSearches && stored.Terms == record.Terms
        && stored.Quality == record.Quality && stored.HasVaryingTime == record.HasVaryingTime
        && stored.Run == record.Run && stored.DurationMilliseconds == record.DurationMilliseconds
        && stored.Session == record.Session && stored.Dimensions == record.Dimensions;

    private bool AreFiled(UsageEvent usage)
    {
        Span<AliasKey> names = stackalloc AliasKey[AliasKey.NamesMax];
        foreach (var name in names[..AliasKey.Of(usage, names)])
        {
            if (!aliases.ContainsKey(name))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The names of records on their days and the neighbouring ones, each once, in the order of the table.</summary>
    private static AliasKey[] NamesAround(IReadOnlyList<UsageEvent> records)
    {
        var around = new HashSet<AliasKey>();
        Span<AliasKey> names = stackalloc AliasKey[AliasKey.NamesMax];
        foreach (var record in records)
        {
            foreach (var name in names[..AliasKey.Of(record, names)])
            {
                around.Add(name with { Day = name.Day - 1 });
                around.Add(name);
                around.Add(name with { Day = name.Day + 1 });
            }
        }

        AliasKey[] sorted = [.. around];
        Array.Sort(sorted, AliasKey.Compare);
        return sorted;
    }

    private StoredCall? FindMoved(string org, EventId id)
    {
        for (var moves = 0; moves < StoredCall.MovesMax; moves++)
        {
            if (calls.TryGetValue(id, out var call) && call.Usage.Dimensions.Org == org)
            {
                return call;
            }

            if (!former.TryGetValue(id, out id))
            {
                return null;
            }
        }

        return null;
    }

    private async Task ReadAliasesAsync(NpgsqlConnection connection, IReadOnlyList<UsageEvent> records, CancellationToken cancellationToken)
    {
        var names = NamesAround(records);
        if (names.Length == 0)
        {
            return;
        }

        // A row at a time through the index, whatever the planner believes about the size of the table.
        await using var command = connection.Say(
            """
            SELECT asked.day, asked.hash, filed.event
            FROM unnest($1, $2) AS asked (day, hash)
            CROSS JOIN LATERAL (SELECT event FROM aliases WHERE aliases.day = asked.day AND aliases.hash = asked.hash LIMIT 1) AS filed
            """,
            Statements.Of(Array.ConvertAll(names, name => name.Day)), Statements.Of(Array.ConvertAll(names, name => name.Hash)));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            aliases.Add(new(rows.GetInt32(0), rows.GetInt64(1)), rows.Id(2));
        }
    }

    private async Task ReadCallsAsync(
        NpgsqlConnection connection, HashSet<EventId> wanted, NumberedValues values, CancellationToken cancellationToken)
    {
        var rows = await EventRow.ReadAsync(
            connection, "WHERE id = ANY($1)", [Statements.Of(wanted.Select(Statements.GuidOf).ToArray())], cancellationToken);
        var found = await values.ToCallsAsync(connection, rows, cancellationToken);
        for (var index = 0; index < rows.Count; index++)
        {
            var id = rows[index].Usage.Id;
            calls[id] = found[index];
            stored[id] = (found[index], rows[index].Place);
            wanted.Remove(id);
        }
    }

    /// <summary>Where the ids that no call has lead to; those of them that are not known yet are asked for next.</summary>
    private async Task<HashSet<EventId>> ReadFormerAsync(NpgsqlConnection connection, HashSet<EventId> left, CancellationToken cancellationToken)
    {
        var next = new HashSet<EventId>();
        if (left.Count == 0)
        {
            return next;
        }

        await using var command = connection.Say(
            "SELECT id, event FROM former_ids WHERE id = ANY($1)", Statements.Of(left.Select(Statements.GuidOf).ToArray()));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var (from, to) = (rows.Id(0), rows.Id(1));
            former[from] = to;
            if (!calls.ContainsKey(to) && !former.ContainsKey(to))
            {
                next.Add(to);
            }
        }

        return next;
    }
}

/// <summary>A record that is kept aside.</summary>
internal sealed record RefusedRecord(EventId Call, UsageEvent Usage, Rating Rating, string Reason);

/// <summary>A name under which a call is filed: the UTC day of the record that bore it, and its hash.</summary>
internal readonly record struct AliasKey(int Day, long Hash)
{
    /// <summary>No record bears more names.</summary>
    public const int NamesMax = 2;

    private const long DayMilliseconds = 86_400_000;

    /// <summary>The names that a record bears, at most two.</summary>
    /// <returns>How many there are.</returns>
    public static int Of(UsageEvent usage, Span<AliasKey> names)
    {
        var count = 0;
        var day = (int)(usage.OccurredAt.ToUnixTimeMilliseconds() / DayMilliseconds);
        if (usage.HasVaryingTime)
        {
            names[count++] = new(day, usage.Id.Alias);
        }

        if (usage.RequestAlias is { } request)
        {
            names[count++] = new(day, request);
        }

        return count;
    }

    /// <summary>The order of the table: by day, then by hash.</summary>
    public static int Compare(AliasKey left, AliasKey right) =>
        left.Day != right.Day ? left.Day.CompareTo(right.Day) : left.Hash.CompareTo(right.Hash);
}
