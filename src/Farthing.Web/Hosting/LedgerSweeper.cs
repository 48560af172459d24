using Farthing.Workflows.Crediting;
using Microsoft.Extensions.Logging;

namespace Farthing.Web.Hosting;

/// <summary>Sweeps the ledger every few seconds, and forgets old answers.</summary>
internal sealed partial class LedgerSweeper(SweepLedger sweep, ForgetAnswers forget, TimeProvider time, ILogger<LedgerSweeper> logger)
    : PeriodicService(TimeSpan.FromSeconds(5), time)
{
    /// <inheritdoc/>
    protected override async Task DoAsync(CancellationToken cancellationToken)
    {
        _ = await sweep.SweepAsync(cancellationToken);
        _ = await forget.ForgetDueAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override void Failed(Exception failure) => LogFailed(failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "The ledger could not be swept; what is overdue waits for the next sweep")]
    private partial void LogFailed(Exception failure);
}
