using Farthing.Workflows.Crediting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Farthing.Web.Hosting;

/// <summary>Sweeps the ledger every few seconds for as long as the server runs, and forgets old answers.</summary>
internal sealed partial class LedgerSweeper(SweepLedger sweep, ForgetAnswers forget, TimeProvider time, ILogger<LedgerSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await SweepAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is overdue is still overdue when a server runs again.
        }
    }

    private async Task SweepAsync(CancellationToken stoppingToken)
    {
        try
        {
            _ = await sweep.SweepAsync(stoppingToken);
            _ = await forget.ForgetDueAsync(stoppingToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            LogFailed(failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The ledger could not be swept; what is overdue waits for the next sweep")]
    private partial void LogFailed(Exception failure);
}
