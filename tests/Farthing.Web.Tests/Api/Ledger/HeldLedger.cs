using Farthing.Workflows.Crediting;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Web.Tests.Api.Ledger;

/// <summary>A gate before a ledger: while it is closed, requests wait there and a test can look at what others are told.</summary>
internal sealed class HeldLedger : ILedgerStore
{
    private readonly TaskCompletionSource arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ILedgerStore? store;
    private TaskCompletionSource gate = new();

    /// <summary>Starts open.</summary>
    public HeldLedger() => gate.SetResult();

    /// <inheritdoc/>
    public bool AppliesInParallel => store!.AppliesInParallel;

    /// <summary>Completes when a request waits at the closed gate.</summary>
    public Task SomebodyWaitsAsync(CancellationToken cancellationToken) => arrival.Task.WaitAsync(cancellationToken);

    /// <summary>Takes the place of the server's ledger.</summary>
    public void StandBefore(IServiceCollection services)
    {
        store = (ILedgerStore)services.Last(static service => service.ServiceType == typeof(ILedgerStore)).ImplementationInstance!;
        services.AddSingleton<ILedgerStore>(this);
    }

    /// <summary>Has the next requests wait.</summary>
    public void Close() => gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets them go on.</summary>
    public void Open() => gate.SetResult();

    /// <inheritdoc/>
    public async Task ApplyAsync(IReadOnlyList<LedgerRequest> requests, CancellationToken cancellationToken)
    {
        if (!gate.Task.IsCompleted)
        {
            arrival.TrySetResult();
        }

        await gate.Task.WaitAsync(cancellationToken);
        await store!.ApplyAsync(requests, cancellationToken);
    }
}
