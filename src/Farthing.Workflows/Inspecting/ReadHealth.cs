using Farthing.Domain.Ledger;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Notifying;

namespace Farthing.Workflows.Inspecting;

/// <summary>How a server and an organisation's part of its store are.</summary>
public sealed record SystemHealth
{
    /// <summary>When it was looked at.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The store.</summary>
    public required StoreHealth Store { get; init; }

    /// <summary>Events that wait in this server or are being stored; more than <see cref="UsageIntake.QueueEventsMax"/> are refused.</summary>
    public required int EventsInside { get; init; }

    /// <summary>The organisation's messages that have not arrived.</summary>
    public required MessageCounts Messages { get; init; }

    /// <summary>The channels that messages are sent by; without any nobody is told.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    /// <summary>How many of the organisation's holds and grants are over and wait for the sweeper, among the first <see cref="ReadHealth.OverdueMax"/> of all.</summary>
    public required int Overdue { get; init; }

    /// <summary>The latest month of the books that was ever closed, or softly; null for none.</summary>
    public required LedgerPeriod? Period { get; init; }

    /// <summary>The last transaction that was sealed; null for none.</summary>
    public required SealedTransaction? LastSeal { get; init; }
}

/// <summary>Looks at a server: five short questions to its store, however much is in it.</summary>
public sealed class ReadHealth(
    IStoreHealth store, UsageIntake intake, IMessages messages, IEnumerable<INotifier> notifiers, ILedgerUpkeep upkeep, IPeriodQueries periods, ILedgerQueries ledger, TimeProvider time)
{
    /// <summary>The most things that are due and counted.</summary>
    public const int OverdueMax = SweepLedger.PageMax;

    /// <summary>Looks.</summary>
    public async Task<SystemHealth> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        var closed = await periods.PeriodsAsync(caller.Org, cancellationToken);
        var newest = await ledger.TransactionsAsync(new() { Org = caller.Org, Limit = 1 }, cancellationToken);
        return new()
        {
            At = time.GetUtcNow(),
            Store = await store.ReadHealthAsync(cancellationToken),
            EventsInside = intake.EventsInside,
            Messages = await messages.CountAsync(caller.Org, cancellationToken),
            Channels = [.. notifiers.Select(static notifier => notifier.Channel)],
            Overdue = (await upkeep.OverdueAsync(OverdueMax, cancellationToken)).Count(thing => thing.Org == caller.Org),
            Period = closed.Count > 0 ? closed[0] : null,
            LastSeal = newest.Count > 0 ? newest[0] : null,
        };
    }
}
