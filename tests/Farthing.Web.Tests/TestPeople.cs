using Farthing.Domain.Usage;
using Farthing.Workflows.Access;

namespace Farthing.Web.Tests;

/// <summary>Whose an object is, as an engineer of the first team sees it.</summary>
public enum Owner
{
    /// <summary>The engineer's own.</summary>
    Self,

    /// <summary>Somebody else's of the same team.</summary>
    OwnTeam,

    /// <summary>Somebody's of another team of the organisation.</summary>
    OtherTeam,

    /// <summary>Another organisation's.</summary>
    OtherOrg,
}

/// <summary>Somebody with a key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Caller">Whom the key stands for.</param>
public sealed record TestMember(string Key, Caller Caller)
{
    /// <summary>The engineer's id; empty for a key of the organisation.</summary>
    public string EngineerId => Caller.EngineerId;
}

/// <summary>Two organisations full of people: everybody who may call an endpoint, and everybody whose object it may be.</summary>
public sealed record TestPeople
{
    /// <summary>The first team of <c>local</c>: the engineer's and the lead's.</summary>
    public required string Team { get; init; }

    /// <summary>The second team of <c>local</c>.</summary>
    public required string OtherTeam { get; init; }

    /// <summary>The other organisation.</summary>
    public required string OtherOrg { get; init; }

    /// <summary>A team of the other organisation.</summary>
    public required string ForeignTeam { get; init; }

    /// <summary>An engineer of the first team; <see cref="Owner.Self"/>.</summary>
    public required TestMember Engineer { get; init; }

    /// <summary>Another one of the first team.</summary>
    public required TestMember Colleague { get; init; }

    /// <summary>An engineer of the second team.</summary>
    public required TestMember Stranger { get; init; }

    /// <summary>An engineer of the other organisation.</summary>
    public required TestMember Foreigner { get; init; }

    /// <summary>The lead of the first team.</summary>
    public required TestMember Lead { get; init; }

    /// <summary>A lead without a team.</summary>
    public required TestMember LeadWithoutTeam { get; init; }

    /// <summary>Finance of <c>local</c>.</summary>
    public required TestMember Finance { get; init; }

    /// <summary>A program of <c>local</c>.</summary>
    public required TestMember Service { get; init; }

    /// <summary>An admin of <c>local</c>.</summary>
    public required TestMember Admin { get; init; }

    /// <summary>An admin of the other organisation.</summary>
    public required TestMember ForeignAdmin { get; init; }

    /// <summary>The operator, acting in <c>local</c>.</summary>
    public static Caller Operator(string org = Dimensions.LocalOrg) => new() { Org = org, Role = Role.Operator };

    /// <summary>The engineer whose an object is.</summary>
    public TestMember Of(Owner owner) => owner switch
    {
        Owner.Self => Engineer,
        Owner.OwnTeam => Colleague,
        Owner.OtherTeam => Stranger,
        _ => Foreigner,
    };

    /// <summary>Founds the organisations.</summary>
    public static async Task<TestPeople> SeedAsync(TestServer server)
    {
        var cancellation = TestServer.Cancellation;
        const string local = Dimensions.LocalOrg;
        var other = (await server.Get<ManageOrgs>().CreateAsync(Operator(), "Other", cancellation)).Value.Id;
        var team = (await server.Get<ManageTeams>().CreateAsync(Operator(), "First", cancellation)).Value.Id;
        var second = (await server.Get<ManageTeams>().CreateAsync(Operator(), "Second", cancellation)).Value.Id;
        var foreign = (await server.Get<ManageTeams>().CreateAsync(Operator(other), "Foreign", cancellation)).Value.Id;
        return new()
        {
            Team = team,
            OtherTeam = second,
            OtherOrg = other,
            ForeignTeam = foreign,
            Engineer = await MemberAsync(server, local, Role.Engineer, team),
            Colleague = await MemberAsync(server, local, Role.Engineer, team),
            Stranger = await MemberAsync(server, local, Role.Engineer, second),
            Foreigner = await MemberAsync(server, other, Role.Engineer, foreign),
            Lead = await MemberAsync(server, local, Role.TeamLead, team),
            LeadWithoutTeam = await MemberAsync(server, local, Role.TeamLead, team: null),
            Finance = await MemberAsync(server, local, Role.Finance, team: null),
            Service = await MemberAsync(server, local, Role.Service, team: null),
            Admin = await MemberAsync(server, local, Role.Admin, team: null),
            ForeignAdmin = await MemberAsync(server, other, Role.Admin, team: null),
        };
    }

    /// <summary>A key of the organisation <c>local</c> with a role; engineers and leads are made for it, without a team.</summary>
    public static async Task<string> KeyAsync(TestServer server, Role role) => (await MemberAsync(server, Dimensions.LocalOrg, role, team: null)).Key;

    /// <summary>Somebody of an organisation with a role; engineers and leads are people, the others keys of the organisation.</summary>
    public static async Task<TestMember> MemberAsync(TestServer server, string org, Role role, string? team)
    {
        var cancellation = TestServer.Cancellation;
        if (role is not (Role.Engineer or Role.TeamLead))
        {
            var key = (await server.Get<ManageKeys>().CreateAsync(Operator(org), new() { Name = $"{role}", Role = role }, cancellation)).Value;
            return new(key.Secret, new() { Org = org, Role = role, KeyId = key.Stored.Key.Id });
        }

        var made = (await server.Get<ManageEngineers>().CreateAsync(Operator(org), $"{role}", $"{Guid.NewGuid():N}@example.org", team, cancellation)).Value;
        await server.Get<ManageEngineers>().ChangeAsync(Operator(org), made.Engineer.Id, new() { Role = role }, cancellation);
        return new(made.Secret, new() { Org = org, Role = role, EngineerId = made.Engineer.Id, TeamId = team ?? string.Empty });
    }
}
