using Farthing.Workflows.Access;

namespace Farthing.Workflows.Tests.Exploring;

/// <summary>A team and an engineer with names, for workflows that only read them.</summary>
internal sealed class FewPeople : ITeams, IEngineers
{
    public Task<IReadOnlyList<Team>> ListAsync(Scope scope, Page page, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Team>>([new(scope.Org, "t1", "Platform", default)]);

    Task<IReadOnlyList<Engineer>> IEngineers.ListAsync(Scope scope, Page page, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Engineer>>([new() { Org = scope.Org, Id = "u1", Name = "Ada", Email = "ada@example.org", CreatedAt = default }]);

    public Task AddAsync(Team team, AuditStamp stamp, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Team?> FindAsync(string org, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Team?> ChangeAsync(string org, string id, Func<Team, Team> change, AuditStamp stamp, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Result<Engineer>> AddAsync(Engineer engineer, StoredKey key, AuditStamp stamp, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<Engineer?> IEngineers.FindAsync(string org, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Result<Engineer>> ChangeAsync(string org, string id, Func<Engineer, Engineer> change, AuditStamp stamp, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Result<Engineer>> ReplaceKeysAsync(StoredKey key, AuditStamp stamp, CancellationToken cancellationToken) => throw new NotSupportedException();
}
