namespace Farthing.Workflows.Notifying;

/// <summary>One try to send something.</summary>
/// <param name="Delivered">Whether the other side took it.</param>
/// <param name="Reason">Why not, without any secret; empty when it did.</param>
public readonly record struct Delivery(bool Delivered, string Reason)
{
    /// <summary>The other side took it.</summary>
    public static Delivery Done => new(true, string.Empty);

    /// <summary>It did not.</summary>
    public static Delivery Failed(string reason) => new(false, reason);
}

/// <summary>A way to reach people: mail, a chat, a program of theirs. What fails is an outcome, never an exception.</summary>
public interface INotifier
{
    /// <summary>Its name, which messages that wait carry; never changed.</summary>
    string Channel { get; }

    /// <summary>Sends once; nothing is tried again here.</summary>
    Task<Delivery> SendAsync(OutboxMessage message, CancellationToken cancellationToken);
}
