using System.Collections.Concurrent;

namespace Farthing.Workflows.Budgeting;

/// <summary>
/// Whose spend has changed since somebody looked. Whoever stores usage says so and goes on; whoever watches takes all of
/// it at once. What is lost with the process is found by the next sweep.
/// </summary>
public sealed class SpendSignals : IDisposable
{
    private readonly ConcurrentDictionary<string, bool> changed = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim some = new(0, 1);

    /// <summary>An organisation's spend has changed.</summary>
    public void Touch(string org)
    {
        if (!changed.TryAdd(org, value: true))
        {
            return;
        }

        lock (some)
        {
            if (some.CurrentCount == 0)
            {
                some.Release();
            }
        }
    }

    /// <summary>Waits until some spend has changed, or so much time has passed; tells whether some has.</summary>
    public Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => some.WaitAsync(atMost, cancellationToken);

    /// <summary>Takes the organisations whose spend has changed.</summary>
    public IReadOnlyList<string> Take() => [.. changed.Keys.Where(org => changed.TryRemove(org, out _))];

    /// <inheritdoc/>
    public void Dispose() => some.Dispose();
}
