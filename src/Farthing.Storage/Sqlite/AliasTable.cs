using Farthing.Domain.Usage;
using Farthing.Storage.Sql;
using Farthing.Storage.Sqlite.Engine;

namespace Farthing.Storage.Sqlite;

/// <summary>
/// The other names of calls. A record of a known call is found under its names on the UTC day it bears and on the
/// neighbouring days; every record files its names under its own day, so that copies that wander from day to day still
/// meet.
/// </summary>
internal sealed class AliasTable(Connection connection)
{
    private const long DayMilliseconds = 86_400_000;

    /// <summary>About 6 MB; a cold import of half a million calls stays below it.</summary>
    private const int SeenMax = 262_144;

    /// <summary>Names that this store has filed; tells without a query that a name is new, as long as it is complete.</summary>
    private readonly KeyTable seen = new();
    private readonly KeyOrder order = new();
    private Pending[] pending = new Pending[64];
    private int pendingCount;
    private bool seenIsComplete;
    private bool hasFormerIds;

    private Statement Select => field ??= connection.Prepare(
        "SELECT event FROM aliases WHERE hash = ?1 AND day IN (?2 - 1, ?2, ?2 + 1) ORDER BY day"u8);

    private Statement SelectFiled => field ??= connection.Prepare("SELECT 1 FROM aliases WHERE day = ?1 AND hash = ?2"u8);

    private Statement InsertRow => field ??= connection.Prepare(
        "INSERT INTO aliases (day, hash, event) VALUES (?1, ?2, ?3) ON CONFLICT (day, hash) DO NOTHING"u8);

    private Statement SelectFormer => field ??= connection.Prepare("SELECT event FROM former_ids WHERE id = ?1"u8);

    private Statement InsertFormer => field ??= connection.Prepare(
        "INSERT INTO former_ids (id, event) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET event = excluded.event"u8);

    private Statement DeleteFormer => field ??= connection.Prepare("DELETE FROM former_ids WHERE id = ?1"u8);

    /// <summary>Starts a batch.</summary>
    /// <param name="events">How many events it has.</param>
    /// <param name="storeIsEmpty">Whether there are no events yet, so that every name seen from now on is every name there is.</param>
    public void Begin(int events, bool storeIsEmpty)
    {
        seenIsComplete |= storeIsEmpty;
        if (seen.Count + (2 * events) > SeenMax)
        {
            seen.Clear();
            seenIsComplete = false;
        }

        hasFormerIds = !storeIsEmpty && connection.Scalar("SELECT 1 FROM former_ids LIMIT 1"u8) is not null;
    }

    /// <summary>Forgets what it remembers: the table may have changed.</summary>
    public void Forget()
    {
        seen.Clear();
        seenIsComplete = false;
        pendingCount = 0;
    }

    /// <summary>
    /// Whether a record may belong to a call that is known, from earlier in the batch or from the store. False is certain,
    /// but for records of the very same id, which inserting tells.
    /// </summary>
    public bool MayBeKnown(UsageEvent usage)
    {
        var isKnown = usage.HasVaryingTime && MayBeKnown(usage.Id.Alias, usage);
        isKnown |= usage.RequestAlias is { } request && MayBeKnown(request, usage);
        return isKnown || (hasFormerIds && Former(usage.Id) is not null);
    }

    /// <summary>Whether the names of a record are filed under its own day.</summary>
    public bool AreFiled(UsageEvent usage) =>
        (!usage.HasVaryingTime || IsFiled(usage.Id.Alias, usage)) && (usage.RequestAlias is not { } request || IsFiled(request, usage));

    /// <summary>The ids that the names of a record lead to, each once; they may have been left for other ids since.</summary>
    public void FindEvents(UsageEvent usage, List<EventId> events)
    {
        if (usage.HasVaryingTime)
        {
            FindEvents(usage.Id.Alias, usage, events);
        }

        if (usage.RequestAlias is { } request)
        {
            FindEvents(request, usage, events);
        }
    }

    /// <summary>Files the names of a record when the batch is written.</summary>
    public void FileLater(UsageEvent usage)
    {
        if (usage.HasVaryingTime)
        {
            Postpone(new(DayOf(usage), usage.Id.Alias, usage.Id));
        }

        if (usage.RequestAlias is { } request)
        {
            Postpone(new(DayOf(usage), request, usage.Id));
        }
    }

    /// <summary>Files the names of a record of a call at once.</summary>
    public void File(UsageEvent usage, EventId call)
    {
        if (usage.HasVaryingTime)
        {
            Insert(new(DayOf(usage), usage.Id.Alias, call));
        }

        if (usage.RequestAlias is { } request)
        {
            Insert(new(DayOf(usage), request, call));
        }
    }

    /// <summary>Writes what was to be filed later, in the order of the table.</summary>
    public void WriteFiled()
    {
        order.Clear(pendingCount);
        for (var index = 0; index < pendingCount; index++)
        {
            // Day first, then as much of the hash as there is room for: near enough to the table's order.
            var hash = unchecked((ulong)pending[index].Hash) ^ (1UL << 63);
            order.Add(((ulong)pending[index].Day << 48) | (hash >> 16), index);
        }

        order.Sort();
        foreach (var index in order.Items)
        {
            Insert(pending[index]);
        }

        pendingCount = 0;
    }

    /// <summary>The id that a call left for another one; null when it still has it or never had it.</summary>
    public EventId? Former(EventId id)
    {
        SelectFormer.BindId(1, id);
        EventId? next = SelectFormer.Step() ? SelectFormer.Id(0) : null;
        SelectFormer.Reset();
        return next;
    }

    /// <summary>Notes that a call has another id now, which leads nowhere any more should it have been left before.</summary>
    public void Move(EventId from, EventId to)
    {
        DeleteFormer.BindId(1, to);
        DeleteFormer.Run();
        InsertFormer.BindId(1, from);
        Span<byte> bytes = stackalloc byte[EventId.Size];
        to.WriteTo(bytes);
        InsertFormer.Bind(2, bytes);
        InsertFormer.Run();
        hasFormerIds = true;
    }

    private static int DayOf(UsageEvent usage) => (int)(usage.OccurredAt.ToUnixTimeMilliseconds() / DayMilliseconds);

    private bool MayBeKnown(long hash, UsageEvent usage)
    {
        var known = seen.Count;
        if (seen.Add(unchecked((ulong)hash)) < known)
        {
            return true;
        }

        return !seenIsComplete && Find(hash, usage);
    }

    private bool IsFiled(long hash, UsageEvent usage)
    {
        SelectFiled.Bind(1, DayOf(usage));
        SelectFiled.Bind(2, hash);
        var found = SelectFiled.Step();
        SelectFiled.Reset();
        return found;
    }

    private bool Find(long hash, UsageEvent usage)
    {
        Select.Bind(1, hash);
        Select.Bind(2, DayOf(usage));
        var found = Select.Step();
        Select.Reset();
        return found;
    }

    private void FindEvents(long hash, UsageEvent usage, List<EventId> events)
    {
        Select.Bind(1, hash);
        Select.Bind(2, DayOf(usage));
        while (Select.Step())
        {
            var id = Select.Id(0);
            if (!events.Contains(id))
            {
                events.Add(id);
            }
        }
    }

    private void Postpone(in Pending alias)
    {
        if (pendingCount == pending.Length)
        {
            var larger = new Pending[pending.Length * 2];
            Array.Copy(pending, larger, pendingCount);
            pending = larger;
        }

        pending[pendingCount++] = alias;
    }

    private void Insert(in Pending alias)
    {
        InsertRow.Bind(1, alias.Day);
        InsertRow.Bind(2, alias.Hash);
        InsertRow.BindId(3, alias.Event);
        InsertRow.Run();
    }

    private readonly record struct Pending(int Day, long Hash, EventId Event);
}
