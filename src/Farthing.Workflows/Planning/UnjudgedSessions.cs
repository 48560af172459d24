using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Planning;

/// <summary>The sessions of a store that keeps nothing of them but their calls: nobody said anything of any.</summary>
public sealed class UnjudgedSessions : IJudgedSessions
{
    private static readonly ReportedSessions None = new(0, 0, 0, new Dictionary<string, long>(StringComparer.Ordinal));

    /// <inheritdoc/>
    public Task<IReadOnlyList<JudgedSession>> JudgedAsync(SpendRange range, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<JudgedSession>>([]);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, string>> BillingModesAsync(SpendRange range, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>(StringComparer.Ordinal));

    /// <inheritdoc/>
    public Task<ReportedSessions> ReportedAsync(SpendRange range, CancellationToken cancellationToken) =>
        Task.FromResult(None);
}
