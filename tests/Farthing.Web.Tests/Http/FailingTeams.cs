using Farthing.Workflows;
using Farthing.Workflows.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Web.Tests.Http;

/// <summary>A store that cannot do anything.</summary>
/// <param name="failure">Why.</param>
internal sealed class FailingTeams(Exception failure) : ITeams
{
    public Task<Result<Team>> AddAsync(Team team, AuditStamp stamp, CancellationToken cancellationToken) => throw failure;

    public Task<Team?> FindAsync(string org, string id, CancellationToken cancellationToken) => throw failure;

    public Task<IReadOnlyList<Team>> ListAsync(Scope scope, Page page, CancellationToken cancellationToken) => throw failure;

    public Task<Result<Team>> ChangeAsync(string org, string id, Func<Team, Team> change, AuditStamp stamp, CancellationToken cancellationToken) => throw failure;
}

/// <summary>Puts it in the place of the real one.</summary>
internal static class FailingTeamsRegistration
{
    public static void AddTeams(this IServiceCollection services, ITeams teams) => services.AddSingleton(teams);
}
