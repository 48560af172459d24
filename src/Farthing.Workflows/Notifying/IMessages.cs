using Farthing.Workflows.Access;

namespace Farthing.Workflows.Notifying;

/// <summary>What has become of a message.</summary>
public enum MessageState
{
    /// <summary>It is sent when it is due, for the first time or again.</summary>
    Waiting,

    /// <summary>The other side took it.</summary>
    Sent,

    /// <summary>Nobody took it, and it is not tried any more.</summary>
    GivenUp,
}

/// <summary>A message with what has become of it.</summary>
/// <param name="Message">The message.</param>
/// <param name="State">What has become of it.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="NextAt">When it is tried next; null when it is not.</param>
/// <param name="EndedAt">When it was taken or given up; null when it waits.</param>
/// <param name="Failure">Why the last try failed; empty when none did.</param>
public sealed record KeptMessage(
    OutboxMessage Message, MessageState State, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset? NextAt, DateTimeOffset? EndedAt, string Failure);

/// <summary>How many messages have not arrived.</summary>
/// <param name="Waiting">They wait for their first try, or are being sent.</param>
/// <param name="Retrying">A try failed, and they wait for another.</param>
/// <param name="GivenUp">They are not tried any more; kept for as long as ended ones are.</param>
public sealed record MessageCounts(long Waiting, long Retrying, long GivenUp);

/// <summary>The messages of the outbox as people look at them; ended ones for as long as they are kept.</summary>
public interface IMessages
{
    /// <summary>A page of an organisation's messages, the newest first.</summary>
    Task<IReadOnlyList<KeptMessage>> ListAsync(string org, MessageState? state, Page page, CancellationToken cancellationToken);

    /// <summary>How many of an organisation's messages have not arrived.</summary>
    Task<MessageCounts> CountAsync(string org, CancellationToken cancellationToken);

    /// <summary>Has a message that was given up tried anew, from the beginning, or one that waits at once; null when there is none to send.</summary>
    Task<KeptMessage?> RetryAsync(string org, string id, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>The words of the API for messages.</summary>
public static class MessageWords
{
    /// <summary>All of them, for refusals.</summary>
    public const string AllStates = "waiting, sent, given_up";

    /// <summary>The word for a state.</summary>
    public static string Of(MessageState state) => state switch
    {
        MessageState.Waiting => "waiting",
        MessageState.Sent => "sent",
        _ => "given_up",
    };

    /// <summary>The state of a word; null when there is none.</summary>
    public static MessageState? State(string? word) => word switch
    {
        "waiting" => MessageState.Waiting,
        "sent" => MessageState.Sent,
        "given_up" => MessageState.GivenUp,
        _ => null,
    };
}
