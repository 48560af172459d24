using Farthing.Workflows.Notifying;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Farthing.Web.Hosting;

/// <summary>Sends what waits in the outbox, every few seconds for as long as the server runs. Without any way to send there is nothing to do.</summary>
internal sealed partial class NotificationSender(
    DeliverNotifications deliver, IEnumerable<INotifier> notifiers, TimeProvider time, ILogger<NotificationSender> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!notifiers.Any())
        {
            return;
        }

        using var timer = new PeriodicTimer(Pause, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await SendAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was not sent is sent when a server runs again.
        }
    }

    private async Task SendAsync(CancellationToken stoppingToken)
    {
        try
        {
            foreach (var failed in (await deliver.DeliverDueAsync(stoppingToken)).Failed)
            {
                LogNotTaken(failed);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            LogFailed(failure);
        }
    }

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
