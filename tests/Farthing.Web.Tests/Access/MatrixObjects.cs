using Farthing.Domain.Usage;
using Farthing.Workflows.Access;

namespace Farthing.Web.Tests.Access;

/// <summary>What the matrix puts for <c>{id}</c>: a fresh object of an owner, so that no request spoils the next one.</summary>
internal static class MatrixObjects
{
    /// <summary>Every kind of object: one line each.</summary>
    public static IReadOnlyDictionary<string, Func<TestServer, TestPeople, Owner, Task<string>>> All { get; } =
        new Dictionary<string, Func<TestServer, TestPeople, Owner, Task<string>>>(StringComparer.Ordinal)
        {
            ["team"] = static (_, people, owner) => Task.FromResult(TeamOf(people, owner)),
            ["engineer"] = static async (server, people, owner) =>
                (await TestPeople.MemberAsync(server, OrgOf(people, owner), Role.Engineer, TeamOf(people, owner))).EngineerId,
            ["key"] = static async (server, people, owner) => (await server.Get<ManageKeys>().CreateAsync(
                TestPeople.Operator(OrgOf(people, owner)), new() { Name = "a key", EngineerId = people.Of(owner).EngineerId }, TestServer.Cancellation)).Value.Stored.Key.Id,
        };

    private static string OrgOf(TestPeople people, Owner owner) => owner == Owner.OtherOrg ? people.OtherOrg : Dimensions.LocalOrg;

    private static string TeamOf(TestPeople people, Owner owner) => owner switch
    {
        Owner.OtherTeam => people.OtherTeam,
        Owner.OtherOrg => people.ForeignTeam,
        _ => people.Team,
    };
}
