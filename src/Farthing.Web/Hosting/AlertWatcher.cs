using Farthing.Workflows.Access;
using Farthing.Workflows.Alerting;
using Farthing.Workflows.Digesting;
using Microsoft.Extensions.Logging;

namespace Farthing.Web.Hosting;

/// <summary>
/// Looks for what is unusual in every organisation, by the hour, and sends what is due on Monday morning. Servers that look
/// at the same time raise an alert and send a digest once.
/// </summary>
internal sealed partial class AlertWatcher(DetectAlerts detect, SendDigests digests, IOrgs orgs, TimeProvider time, ILogger<AlertWatcher> logger)
    : PeriodicService(TimeSpan.FromMinutes(10), time)
{
    /// <summary>A digest may be due at any time; alerts are looked for every sixth time, the first time included.</summary>
    private const int TicksPerLook = 6;

    private int tick;

    /// <inheritdoc/>
    protected override async Task DoAsync(CancellationToken cancellationToken)
    {
        var isLook = tick == 0;
        tick = (tick + 1) % TicksPerLook;
        await foreach (var some in Page.AllAsync(page => orgs.ListAsync(page, cancellationToken), static org => org.Id))
        {
            foreach (var org in some)
            {
                await LookAtAsync(org.Id, isLook, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    protected override void Failed(Exception failure) => LogFailed(failure);

    /// <summary>What fails for one organisation takes nothing from the others.</summary>
    private async Task LookAtAsync(string org, bool isLook, CancellationToken stoppingToken)
    {
        try
        {
            _ = await digests.SendDueAsync(org, stoppingToken);
            _ = isLook ? await detect.DetectAsync(org, team: null, AlertMode.Robust, stoppingToken) : [];
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            LogOneFailed(failure, org);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What is unusual could not be looked for; it is looked for again")]
    private partial void LogFailed(Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "What is unusual in organisation {Org} could not be looked for; it is looked for again")]
    private partial void LogOneFailed(Exception failure, string org);
}
