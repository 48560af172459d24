using Farthing.Workflows;
using Farthing.Workflows.Access;

namespace Farthing.Finops;

/// <summary>The engineers of an embedded store, and whoever works on this machine: the one whose calls <see cref="OwnCalls"/> tells.</summary>
/// <param name="inner">The engineers as they are stored.</param>
internal sealed class OwnEngineer(IEngineers inner) : IEngineers
{
    /// <inheritdoc/>
    public async Task<Engineer?> FindAsync(string org, string id, CancellationToken cancellationToken) =>
        await inner.FindAsync(org, id, cancellationToken)
        ?? (id == OwnCalls.Owner ? new() { Org = org, Id = OwnCalls.Owner, Name = OwnCalls.Owner, Email = string.Empty, CreatedAt = DateTimeOffset.UnixEpoch } : null);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Engineer>> ListAsync(Scope scope, Page page, CancellationToken cancellationToken) => inner.ListAsync(scope, page, cancellationToken);

    /// <inheritdoc/>
    public Task<Result<Engineer>> AddAsync(Engineer engineer, StoredKey key, AuditStamp stamp, CancellationToken cancellationToken) =>
        inner.AddAsync(engineer, key, stamp, cancellationToken);

    /// <inheritdoc/>
    public Task<Result<Engineer>> ChangeAsync(string org, string id, Func<Engineer, Engineer> change, AuditStamp stamp, CancellationToken cancellationToken) =>
        inner.ChangeAsync(org, id, change, stamp, cancellationToken);

    /// <inheritdoc/>
    public Task<Result<Engineer>> ReplaceKeysAsync(StoredKey key, AuditStamp stamp, CancellationToken cancellationToken) => inner.ReplaceKeysAsync(key, stamp, cancellationToken);
}
