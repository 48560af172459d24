using Farthing.Domain.Anomalies;
using Farthing.Workflows.Access;
using Farthing.Workflows.Notifying;

namespace Farthing.Workflows.Alerting;

/// <summary>Something unusual that was noticed.</summary>
public sealed record Alert
{
    /// <summary>Whose it is.</summary>
    public required string Org { get; init; }

    /// <summary>Names it for ever.</summary>
    public required string Id { get; init; }

    /// <summary>What it is about.</summary>
    public required AlertType Type { get; init; }

    /// <summary>How bad it is.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Which team it is about; empty for the organisation.</summary>
    public required string Team { get; init; }

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    /// <summary>The whole of it for people.</summary>
    public required string Message { get; init; }

    /// <summary>What the last 24 hours were, four decimals: dollars, sessions, frictions, a rate from 0 to 1.</summary>
    public required decimal Value { get; init; }

    /// <summary>What is usual in a day, four decimals.</summary>
    public required decimal Usual { get; init; }

    /// <summary>The value that was passed, in the same unit: the usual times the factor that is set, or less the points.</summary>
    public required decimal Threshold { get; init; }

    /// <summary>When it was noticed.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When somebody said that they know of it; null when nobody did.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>When somebody put it away; null when nobody did.</summary>
    public DateTimeOffset? DismissedAt { get; init; }
}

/// <summary>Which alerts are meant, the newest first.</summary>
public sealed record AlertQuery
{
    /// <summary>Which alerts may be seen; those of the organisation belong to no team.</summary>
    public required Scope Within { get; init; }

    /// <summary>Those that are put away, or those that are not.</summary>
    public bool Dismissed { get; init; }

    /// <summary>Those that somebody knows of, or those that nobody does; null for both.</summary>
    public bool? Acknowledged { get; init; }

    /// <summary>How many are passed over where the page begins.</summary>
    public int Skip { get; init; }

    /// <summary>Which part of the list.</summary>
    public required Page Page { get; init; }
}

/// <summary>The alerts of a store.</summary>
public interface IAlerts
{
    /// <summary>
    /// Keeps an alert with its messages, unless one of the same type was raised for the same team within a day; false then.
    /// Of several who notice at the same time one succeeds.
    /// </summary>
    Task<bool> RaiseAsync(Alert alert, IReadOnlyList<OutboxMessage> messages, CancellationToken cancellationToken);

    /// <summary>A page of alerts.</summary>
    Task<IReadOnlyList<Alert>> ListAsync(AlertQuery query, CancellationToken cancellationToken);

    /// <summary>Keeps that an alert of a scope is known, the first time; null when there is none.</summary>
    Task<Alert?> AcknowledgeAsync(Scope scope, string id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Puts an alert of a scope away; null when there is none.</summary>
    Task<Alert?> DismissAsync(Scope scope, string id, DateTimeOffset now, CancellationToken cancellationToken);
}
