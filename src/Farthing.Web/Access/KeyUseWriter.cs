using Farthing.Workflows.Access;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Farthing.Web.Access;

/// <summary>Keeps once a minute, and at the end, which keys were used: no request waits for it.</summary>
internal sealed partial class KeyUseWriter(KeyRing ring, TimeProvider time, ILogger<KeyUseWriter> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await KeepAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await KeepAsync(stoppingToken);
        }
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ring.KeepUsesAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogNotKept(failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "When keys were last used could not be kept; their lists show an older time until it can")]
    private partial void LogNotKept(Exception failure);
}
