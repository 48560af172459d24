namespace Farthing.Pages.Tests;

/// <summary>
/// The clock of the server and of what it is given: it goes as any other, and it is the afternoon when it starts. So what came
/// a few minutes ago came today, also for whoever runs the tests at midnight.
/// </summary>
internal sealed class AfternoonTime : TimeProvider
{
    private static readonly TimeSpan Afternoon = TimeSpan.FromHours(15);

    private readonly TimeSpan ahead = Afternoon - System.GetUtcNow().TimeOfDay;

    private AfternoonTime()
    {
    }

    /// <summary>The one of a run.</summary>
    public static AfternoonTime Instance { get; } = new();

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
}
