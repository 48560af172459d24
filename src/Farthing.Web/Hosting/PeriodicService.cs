using Microsoft.Extensions.Hosting;

namespace Farthing.Web.Hosting;

/// <summary>Does something again and again for as long as the server runs. What fails once is logged and done the next time.</summary>
/// <param name="pause">From one time to the next; the first is after it, too.</param>
/// <param name="time">The clock.</param>
internal abstract class PeriodicService(TimeSpan pause, TimeProvider time) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(pause, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was not done is done when a server runs again.
        }
    }

    /// <summary>Does it now.</summary>
    protected async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await DoAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Failed(failure);
        }
    }

    /// <summary>What is to be done.</summary>
    protected abstract Task DoAsync(CancellationToken cancellationToken);

    /// <summary>Logs that it failed.</summary>
    protected abstract void Failed(Exception failure);
}
