using Farthing.Domain.Usage;

namespace Farthing.Workflows.Metering;

/// <summary>A record that was refused: it contradicts a known call of the same size, or its cost fits no integer.</summary>
/// <param name="Call">The call that it contradicts; its own id when it contradicts none.</param>
/// <param name="At">The record's time.</param>
/// <param name="Reason">What is wrong with it.</param>
/// <param name="Payload">What it says, one <c>name=value</c> a line.</param>
public sealed record UsageConflict(EventId Call, DateTimeOffset At, string Reason, string Payload);

/// <summary>Reads what was kept aside.</summary>
public interface IUsageConflicts
{
    /// <summary>The newest records that were refused and kept aside, at most a thousand.</summary>
    Task<IReadOnlyList<UsageConflict>> ReadConflictsAsync(string org, int limit, CancellationToken cancellationToken);
}
