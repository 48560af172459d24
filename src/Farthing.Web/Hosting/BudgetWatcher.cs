using Farthing.Workflows.Budgeting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Farthing.Web.Hosting;

/// <summary>
/// Looks at the budgets of an organisation soon after usage of it was stored here, and at all of them once a minute: other
/// servers store usage too.
/// </summary>
internal sealed partial class BudgetWatcher(WatchBudgets watch, SpendSignals signals, TimeProvider time, ILogger<BudgetWatcher> logger) : BackgroundService
{
    /// <summary>However much comes in, budgets are looked at no more often.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var swept = time.GetTimestamp();
        try
        {
            while (true)
            {
                await signals.WaitAsync(SweepEvery, stoppingToken);
                var isDue = time.GetElapsedTime(swept) >= SweepEvery;
                await WatchAsync(isDue, stoppingToken);
                swept = isDue ? time.GetTimestamp() : swept;
                await Task.Delay(Breath, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is passed is still passed when a server looks again.
        }
    }

    private async Task WatchAsync(bool all, CancellationToken stoppingToken)
    {
        try
        {
            var changed = signals.Take();
            if (all)
            {
                _ = await watch.WatchAllAsync(stoppingToken);
                return;
            }

            foreach (var org in changed)
            {
                _ = await watch.WatchAsync(org, stoppingToken);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            LogFailed(failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Budgets could not be looked at; thresholds that are passed are told at the next look")]
    private partial void LogFailed(Exception failure);
}
