namespace Farthing.Workflows.Notifying;

/// <summary>A message that was not taken.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Channel">How it was to be sent.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="IsGivenUp">Whether it is not tried any more.</param>
/// <param name="Reason">Why, without any secret.</param>
public sealed record FailedDelivery(string Id, string Channel, int Attempts, bool IsGivenUp, string Reason);

/// <summary>What became of what was due.</summary>
/// <param name="Sent">How many messages the other side took.</param>
/// <param name="Failed">Those that it did not.</param>
public sealed record Deliveries(int Sent, IReadOnlyList<FailedDelivery> Failed);

/// <summary>
/// Sends what waits, at least once: a message is claimed, sent, and kept as delivered; whoever dies between the last two
/// leaves it to be sent again under the same id. A message that nobody takes is given up after <see cref="TriesMax"/> tries.
/// </summary>
public sealed class DeliverNotifications(IOutbox outbox, IEnumerable<INotifier> notifiers, TimeProvider time)
{
    /// <summary>How often a message is tried before it is given up.</summary>
    public const int TriesMax = 6;

    // So few that the slowest other side, a minute each, is done before the lease ends and another server takes them too.
    private const int BatchMax = 4;
    private const int BatchesMax = 250;
    private const int ReasonLengthMax = 500;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan KeepFor = TimeSpan.FromDays(30);

    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6)];

    private readonly Dictionary<string, INotifier> channels = notifiers.ToDictionary(static notifier => notifier.Channel, StringComparer.Ordinal);

    /// <summary>How long to wait after a failed try; null when it was the last.</summary>
    /// <param name="attempts">The how manieth try failed; 1 for the first.</param>
    public static TimeSpan? PauseAfter(int attempts) => attempts <= Pauses.Length ? Pauses[attempts - 1] : null;

    /// <summary>Sends what is due.</summary>
    public async Task<Deliveries> DeliverDueAsync(CancellationToken cancellationToken)
    {
        var sent = 0;
        var failed = new List<FailedDelivery>();
        for (var batch = 0; batch < BatchesMax; batch++)
        {
            var claimed = await outbox.ClaimAsync(time.GetUtcNow(), Lease, BatchMax, cancellationToken);
            foreach (var message in claimed)
            {
                if (await DeliverAsync(message, cancellationToken) is { } failure)
                {
                    failed.Add(failure);
                }
                else
                {
                    sent++;
                }
            }

            if (claimed.Count < BatchMax)
            {
                break;
            }
        }

        await outbox.ForgetAsync(time.GetUtcNow() - KeepFor, cancellationToken);
        return new(sent, failed);
    }

    /// <summary>Sends one message; null when it was taken.</summary>
    private async Task<FailedDelivery?> DeliverAsync(ClaimedMessage claimed, CancellationToken cancellationToken)
    {
        var message = claimed.Message;
        var delivery = channels.TryGetValue(message.Channel, out var notifier)
            ? await notifier.SendAsync(message, cancellationToken)
            : Delivery.Failed($"There is no channel '{message.Channel}' any more.");
        var now = time.GetUtcNow();
        if (delivery.Delivered)
        {
            await outbox.DeliveredAsync(message.Id, now, cancellationToken);
            return null;
        }

        var reason = delivery.Reason.Length > ReasonLengthMax ? delivery.Reason[..ReasonLengthMax] : delivery.Reason;
        var pause = PauseAfter(claimed.Attempts);
        await outbox.FailedAsync(message.Id, now, now + pause, reason, cancellationToken);
        return new(message.Id, message.Channel, claimed.Attempts, IsGivenUp: pause is null, reason);
    }
}
