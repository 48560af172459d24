using Farthing.Workflows.Access;

namespace Farthing.Workflows.Notifying;

/// <summary>A notification for one channel.</summary>
/// <param name="Id">Names the message for ever, over all its deliveries.</param>
/// <param name="Channel">How it is sent, see <see cref="INotifier.Channel"/>.</param>
/// <param name="Notification">What it says.</param>
public sealed record OutboxMessage(string Id, string Channel, Notification Notification)
{
    /// <summary>A message for each of the channels there are.</summary>
    public static IReadOnlyList<OutboxMessage> ForAll(Notification notification, IEnumerable<INotifier> notifiers) =>
        [.. notifiers.Select(notifier => new OutboxMessage(AccessTexts.NewId(notification.OccurredAt), notifier.Channel, notification))];
}

/// <summary>A message that somebody may send now.</summary>
/// <param name="Message">The message.</param>
/// <param name="Attempts">The how manieth try this is; 1 for the first.</param>
public sealed record ClaimedMessage(OutboxMessage Message, int Attempts);

/// <summary>Messages that wait to be sent. They are written with their cause, in its transaction, and sent at least once.</summary>
public interface IOutbox
{
    /// <summary>Takes messages that are due for a while: nobody else gets them before it has passed. The oldest first.</summary>
    /// <param name="now">Now.</param>
    /// <param name="lease">For how long; whoever dies meanwhile leaves them to the others.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<ClaimedMessage>> ClaimAsync(DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancellationToken);

    /// <summary>Keeps that a message was taken.</summary>
    Task DeliveredAsync(string id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Keeps that a message was not taken.</summary>
    /// <param name="id">Which one.</param>
    /// <param name="now">Now.</param>
    /// <param name="again">When to try again; null never.</param>
    /// <param name="reason">Why it was not.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task FailedAsync(string id, DateTimeOffset now, DateTimeOffset? again, string reason, CancellationToken cancellationToken);

    /// <summary>Forgets what was delivered or given up before an instant, and tells how many that were.</summary>
    Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
