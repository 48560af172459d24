using Farthing.Web.Hosting;
using Farthing.Workflows.Access;
using Microsoft.Extensions.Logging;

namespace Farthing.Web.Access;

/// <summary>Keeps once a minute, and at the end, which keys were used: no request waits for it.</summary>
internal sealed partial class KeyUseWriter(KeyRing ring, TimeProvider time, ILogger<KeyUseWriter> logger) : PeriodicService(TimeSpan.FromMinutes(1), time)
{
    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task DoAsync(CancellationToken cancellationToken) => ring.KeepUsesAsync(cancellationToken);

    /// <inheritdoc/>
    protected override void Failed(Exception failure) => LogNotKept(failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "When keys were last used could not be kept; their lists show an older time until it can")]
    private partial void LogNotKept(Exception failure);
}
