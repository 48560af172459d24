using Farthing.Workflows.Notifying;

namespace Farthing.Connectors.Tests.Notifications;

/// <summary>What tests send.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 16, 12, 0, 0, TimeSpan.Zero);

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static OutboxMessage Message(string title = "Budget 'core' is at 81 % of $100.00", string text = "Look at it.") => new(
        "m-1", "any",
        new() { Id = "n-1", Org = "local", Kind = "budget.threshold", Title = title, Text = text, OccurredAt = Noon, Facts = new Dictionary<string, string> { ["spent"] = "81" } });
}
