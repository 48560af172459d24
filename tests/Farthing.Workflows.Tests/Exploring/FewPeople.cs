using Farthing.Workflows.Access;

namespace Farthing.Workflows.Tests.Exploring;

/// <summary>A team, an engineer and a key with names, for workflows that only read them.</summary>
internal sealed class FewPeople : ITeams, IEngineers, IKeys
{
    public Task<IReadOnlyList<Team>> ListAsync(Scope scope, Page page, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Team>>([new(scope.Org, "t1", "Platform", default)]);

    Task<IReadOnlyList<Engineer>> IEngineers.ListAsync(Scope scope, Page page, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Engineer>>([new() { Org = scope.Org, Id = "u1", Name = "Ada", Email = "ada@example.org", CreatedAt = default }]);

    public Task<IReadOnlyList<ApiKey>> ListAsync(KeyQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ApiKey>>([new() { Org = query.Org, Id = "k1", Name = "Gateway", Prefix = "abcdefgh", Role = Role.Service, CreatedAt = default }]);

    public Task<Result<Team>> AddAsync(Team team, AuditStamp stamp, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Team?> FindAsync(string org, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Result<Team>> ChangeAsync(string org, string id, Func<Team, Team> change, AuditStamp stamp, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Result<Engineer>> AddAsync(Engineer engineer, StoredKey key, AuditStamp stamp, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task AddAsync(StoredKey key, AuditStamp stamp, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<KeyHolder?> FindAsync(string prefix, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<StoredKey?> ChangeAsync(string org, string id, Func<StoredKey, StoredKey> change, AuditStamp stamp, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task TouchAsync(IReadOnlyDictionary<string, DateTimeOffset> used, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<Engineer?> IEngineers.FindAsync(string org, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Result<Engineer>> ChangeAsync(string org, string id, Func<Engineer, Engineer> change, AuditStamp stamp, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Result<Engineer>> ReplaceKeysAsync(StoredKey key, AuditStamp stamp, CancellationToken cancellationToken) => throw new NotSupportedException();
}
