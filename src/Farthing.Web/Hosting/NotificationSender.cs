using Farthing.Workflows.Notifying;
using Microsoft.Extensions.Logging;

namespace Farthing.Web.Hosting;

/// <summary>Sends what waits in the outbox, every few seconds. Without any way to send there is nothing to do.</summary>
internal sealed partial class NotificationSender(
    DeliverNotifications deliver, IEnumerable<INotifier> notifiers, TimeProvider time, ILogger<NotificationSender> logger)
    : PeriodicService(TimeSpan.FromSeconds(10), time)
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => notifiers.Any() ? base.ExecuteAsync(stoppingToken) : Task.CompletedTask;

    /// <inheritdoc/>
    protected override async Task DoAsync(CancellationToken cancellationToken)
    {
        foreach (var failed in (await deliver.DeliverDueAsync(cancellationToken)).Failed)
        {
            LogNotTaken(failed);
        }
    }

    /// <inheritdoc/>
    protected override void Failed(Exception failure) => LogFailed(failure);

    private void LogNotTaken(FailedDelivery failed)
    {
        if (failed.IsGivenUp)
        {
            LogGivenUp(failed.Id, failed.Channel, failed.Attempts, failed.Reason);
        }
        else
        {
            LogFailedTry(failed.Id, failed.Channel, failed.Attempts, failed.Reason);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Notification {Id} was not taken by {Channel} at try {Attempts} and is tried again: {Reason}")]
    private partial void LogFailedTry(string id, string channel, int attempts, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Notification {Id} was not taken by {Channel} at try {Attempts} and is given up; POST /api/v1/notifications/{Id}/retry sends it anew: {Reason}")]
    private partial void LogGivenUp(string id, string channel, int attempts, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Notifications could not be sent; they wait for the next round")]
    private partial void LogFailed(Exception failure);
}
