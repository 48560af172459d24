using System.Runtime.InteropServices;
using Farthing.Storage.Sql;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Sessions;

namespace Farthing.Storage.Sqlite;

/// <summary>
/// Appends batches through the one connection that writes. New calls go in first, sorted by id so that the table grows at
/// its end; then records of calls that may be known are settled one by one; then rollups and what was told again. All in one
/// transaction, which is the gate's.
/// </summary>
internal sealed class UsageWriter
{
    private const int CancellationStride = 4_096;

    private readonly Connection connection;
    private readonly WriteGate gate;
    private readonly EventPlaces places;
    private readonly EventTable events;
    private readonly AliasTable aliases;
    private readonly ConflictTable conflicts;
    private readonly RepeatTable repeats;
    private readonly Rollups rollups;
    private readonly Reconciliation reconciliation;
    private readonly CallSessionTable callSessions;
    private readonly SessionTotalsWriter totals;
    private readonly KeyOrder fresh = new();
    private readonly List<int> doubtful = [];
    private EventPlace[] placed = [];
    private long dataVersion;
    private long rollBacks;

    /// <summary>Writes through the gate's connection, inside the gate's transactions.</summary>
    public UsageWriter(Connection connection, WriteGate gate, LocalDays days)
    {
        (this.connection, this.gate) = (connection, gate);
        places = new(connection);
        events = new(connection, places.Series, places.Sessions, places.RateCards);
        aliases = new(connection);
        conflicts = new(connection);
        repeats = new(connection);
        rollups = new(connection, places, days);
        callSessions = new(connection);
        var calls = new StoredCalls(events, aliases, conflicts, repeats, rollups, places, callSessions);
        reconciliation = new(calls);
        totals = new(connection, calls, places, callSessions);
    }

    private Statement DataVersion => field ??= connection.Prepare("PRAGMA data_version"u8);

    /// <summary>Writes a batch; it becomes durable with the transaction.</summary>
    public async Task<AppendResult> AppendAsync(IAsyncEnumerable<UsageBatch> parts, CancellationToken cancellationToken)
    {
        NoticeOtherWriters();
        var result = default(AppendResult);
        await foreach (var part in parts.WithCancellation(cancellationToken))
        {
            result += Write(part, cancellationToken);
        }

        rollups.Write();
        repeats.Write();
        return result;
    }

    /// <summary>Changes reported sessions and what they count for; it becomes durable with the transaction.</summary>
    public T ChangeSessions<T>(string org, IReadOnlyList<string> ids, Func<SessionBook, T> change)
    {
        NoticeOtherWriters();
        var result = totals.Change(org, ids, change);
        rollups.Write();
        return result;
    }

    private AppendResult Write(UsageBatch part, CancellationToken cancellationToken)
    {
        foreach (var position in part.Positions)
        {
            places.Files.Write(position);
        }

        // Rated events are large; a list would copy each of them each time it is asked.
        ReadOnlySpan<RatedEvent> batch = part.Events switch
        {
            RatedEvent[] array => array,
            List<RatedEvent> list => CollectionsMarshal.AsSpan(list),
            var others => others.ToArray(),
        };
        aliases.Begin(batch.Length, events.IsEmpty());
        Sift(batch, cancellationToken);
        var inserted = InsertFresh(batch, part.Verdicts, cancellationToken);
        aliases.WriteFiled();
        var settled = SettleDoubtful(part);
        totals.TakeBackKnownByCalls();
        return inserted + settled;
    }

    /// <summary>Tells calls that are certainly new from those that may be known.</summary>
    private void Sift(ReadOnlySpan<RatedEvent> batch, CancellationToken cancellationToken)
    {
        fresh.Clear(batch.Length);
        doubtful.Clear();
        if (placed.Length < batch.Length)
        {
            placed = new EventPlace[batch.Length];
        }

        for (var index = 0; index < batch.Length; index++)
        {
            if (index % CancellationStride == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            ref readonly var rated = ref batch[index];
            var usage = rated.Usage;
            StoredCall.RequireTimeInId(usage);
            if (aliases.MayBeKnown(usage))
            {
                doubtful.Add(index);
            }
            else
            {
                placed[index] = places.Of(usage, rated.Rating.Card, places.Files.IdOf(rated.File));
                fresh.Add(usage.Id.High, index);
            }
        }

        fresh.Sort();
    }

    private AppendResult InsertFresh(ReadOnlySpan<RatedEvent> batch, AppendVerdict[]? verdicts, CancellationToken cancellationToken)
    {
        var (accepted, refused) = (0, 0);
        foreach (var index in fresh.Items)
        {
            if ((accepted + refused) % CancellationStride == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            ref readonly var rated = ref batch[index];
            if (!StoredCost.TryFrom(rated.Rating.Cost, out var cost))
            {
                conflicts.Keep(rated.Usage.Id, rated.Usage, rated.Rating, ConflictText.TooDear);
                verdicts?[index] = AppendVerdict.Conflict;
                refused++;
            }
            else if (events.TryInsert(rated.Usage, cost, placed[index]))
            {
                rollups.Add(rated.Usage, cost, placed[index]);
                callSessions.Note(rated.Usage, placed[index]);
                aliases.FileLater(rated.Usage);
                verdicts?[index] = AppendVerdict.Accepted;
                accepted++;
            }
            else
            {
                doubtful.Add(index);
            }
        }

        return new(accepted, Duplicates: 0, Superseded: 0, refused);
    }

    private AppendResult SettleDoubtful(UsageBatch part)
    {
        // In the order of their arrival, whatever made them doubtful.
        doubtful.Sort();
        var result = default(AppendResult);
        foreach (var index in doubtful)
        {
            var rated = part.Events[index];
            var verdict = reconciliation.Settle(rated, places.Files.IdOf(rated.File));
            part.Verdicts?[index] = verdict;
            result += AppendResult.Of(verdict);
        }

        return result;
    }

    /// <summary>
    /// Another process may have interned, filed or stored something since the last batch, and what this one interned is
    /// gone when its transaction was given up.
    /// </summary>
    private void NoticeOtherWriters()
    {
        _ = DataVersion.Step();
        var version = DataVersion.Integer(0);
        DataVersion.Reset();
        if (version != dataVersion || gate.RollBacks != rollBacks)
        {
            Forget();
            (dataVersion, rollBacks) = (version, gate.RollBacks);
        }
    }

    private void Forget()
    {
        places.Forget();
        aliases.Forget();
        callSessions.Forget();
        rollups.Forget();
        repeats.Changes.Clear();
    }
}
