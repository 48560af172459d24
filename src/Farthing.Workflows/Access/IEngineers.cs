namespace Farthing.Workflows.Access;

/// <summary>The engineers of a store. An address that another engineer of the organisation has is refused.</summary>
public interface IEngineers
{
    /// <summary>Adds one with a first key, with their lines in the audit.</summary>
    Task<Result<Engineer>> AddAsync(Engineer engineer, StoredKey key, AuditStamp stamp, CancellationToken cancellationToken);

    /// <summary>The engineer of an id; null when the organisation has none.</summary>
    Task<Engineer?> FindAsync(string org, string id, CancellationToken cancellationToken);

    /// <summary>A page of the engineers within a scope, in the order of their ids.</summary>
    Task<IReadOnlyList<Engineer>> ListAsync(Scope scope, Page page, CancellationToken cancellationToken);

    /// <summary>Changes one in one transaction, with its line in the audit.</summary>
    /// <param name="org">Whose they are.</param>
    /// <param name="id">Which one.</param>
    /// <param name="change">What they become; id and organisation stay.</param>
    /// <param name="stamp">Who and when.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Result<Engineer>> ChangeAsync(string org, string id, Func<Engineer, Engineer> change, AuditStamp stamp, CancellationToken cancellationToken);

    /// <summary>Revokes all keys of an engineer and adds this one, in one transaction, with their lines in the audit.</summary>
    Task<Result<Engineer>> ReplaceKeysAsync(StoredKey key, AuditStamp stamp, CancellationToken cancellationToken);
}
