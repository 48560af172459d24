using Farthing.Domain.Anomalies;
using Farthing.Domain.Usage;
using Farthing.Workflows.Access;
using Farthing.Workflows.Alerting;
using Farthing.Workflows.Budgeting;
using Farthing.Workflows.Notifying;

namespace Farthing.Web.Tests.Access;

/// <summary>What the matrix puts for <c>{id}</c>: a fresh object of an owner, so that no request spoils the next one.</summary>
internal static class MatrixObjects
{
    private static int days;

    /// <summary>Every kind of object: one line each.</summary>
    public static IReadOnlyDictionary<string, Func<TestServer, TestPeople, Owner, Task<string>>> All { get; } =
        new Dictionary<string, Func<TestServer, TestPeople, Owner, Task<string>>>(StringComparer.Ordinal)
        {
            ["team"] = static (_, people, owner) => Task.FromResult(TeamOf(people, owner)),
            ["engineer"] = static async (server, people, owner) =>
                (await TestPeople.MemberAsync(server, OrgOf(people, owner), Role.Engineer, TeamOf(people, owner))).EngineerId,
            ["key"] = static async (server, people, owner) => (await server.Get<ManageKeys>().CreateAsync(
                TestPeople.Operator(OrgOf(people, owner)), new() { Name = "a key", EngineerId = people.Of(owner).EngineerId }, TestServer.Cancellation)).Value.Stored.Key.Id,
            ["session"] = static async (server, people, owner) =>
            {
                var id = Guid.CreateVersion7().ToString();
                var sent = await server.SendAsync("POST", "/api/v1/ingest/session", people.Of(owner).Key, $$"""{"session_id":"{{id}}"}""");
                sent.Status.ShouldBe(200, sent.Body);
                return id;
            },
            ["budget"] = static (server, people, owner) => MakeAsync(
                server, people, owner, "finops/budgets", $$"""{"name":"b","amount":10,{{TargetOf(people, owner)}}}"""),
            ["alert"] = static async (server, people, owner) =>
            {
                var alert = new Alert
                {
                    Org = OrgOf(people, owner),
                    Id = Guid.CreateVersion7().ToString(),
                    Type = AlertType.UsageDrop,
                    Severity = Severity.Warning,
                    Team = TeamOf(people, owner),
                    Title = "t",
                    Message = "m",
                    Value = 1,
                    Usual = 4,
                    Threshold = 0.5m,
                    CreatedAt = DateTimeOffset.UnixEpoch.AddDays(Interlocked.Increment(ref days)),
                };
                (await server.Get<IAlerts>().RaiseAsync(alert, [], TestServer.Cancellation)).ShouldBeTrue();
                return alert.Id;
            },
            ["alert config"] = static async (server, people, owner) =>
            {
                var config = new AlertConfig(
                    OrgOf(people, owner), Guid.CreateVersion7().ToString(), new(AlertType.UsageDrop, $"team {Interlocked.Increment(ref days)}", 1m, Enabled: true), DateTimeOffset.UnixEpoch,
                    DateTimeOffset.UnixEpoch);
                (await server.Get<IAlertConfigs>().AddAsync(config, new(config.Org, "operator", "request-1", DateTimeOffset.UnixEpoch), TestServer.Cancellation)).ShouldBeTrue();
                return config.Id;
            },
            ["notification"] = static async (server, people, owner) =>
            {
                var id = Guid.CreateVersion7().ToString();
                var message = new OutboxMessage(
                    id, "nobody", new() { Id = id, Org = OrgOf(people, owner), Kind = "test", Title = "t", Text = "t", OccurredAt = DateTimeOffset.UnixEpoch });
                (await server.Get<IBudgetMarks>().FireAsync(new(OrgOf(people, owner), id, "w", 1, Amount: null), [message], DateTimeOffset.UnixEpoch, TestServer.Cancellation)).ShouldBeTrue();
                await server.Get<IOutbox>().FailedAsync(id, DateTimeOffset.UnixEpoch.AddDays(1), null, "gone", TestServer.Cancellation);
                return id;
            },
            ["wallet"] = WalletAsync,
            ["wallet with credit"] = static async (server, people, owner) => (await FilledAsync(server, people, owner)).Wallet,
            ["grant"] = static async (server, people, owner) => (await FilledAsync(server, people, owner)).Grant,
            ["transaction"] = static async (server, people, owner) =>
            {
                var (wallet, _) = await FilledAsync(server, people, owner);
                var listed = await server.SendAsync("GET", $"/api/v1/wallets/{wallet}/transactions", TestServer.AdminKey, org: OrgOf(people, owner));
                return listed.Json.GetProperty("items")[0].GetProperty("id").GetString()!;
            },
            ["hold"] = static async (server, people, owner) =>
                await MakeAsync(server, people, owner, $"wallets/{(await FilledAsync(server, people, owner)).Wallet}/holds", """{"amount":"2"}"""),
            ["run"] = static async (server, people, owner) =>
            {
                var (wallet, _) = await FilledAsync(server, people, owner);
                return await MakeAsync(server, people, owner, "runs", $$"""{"plan":"{{wallet}}","wallet":"{{wallet}}"}""");
            },
        };

    /// <summary>Whose spend a budget limits: the engineer's own, or a team's.</summary>
    private static string TargetOf(TestPeople people, Owner owner) => owner == Owner.Self
        ? $"\"scope\":\"engineer\",\"scope_id\":\"{people.Engineer.EngineerId}\""
        : $"\"team_id\":\"{TeamOf(people, owner)}\"";

    /// <summary>A wallet of the engineer, or of a team.</summary>
    private static Task<string> WalletAsync(TestServer server, TestPeople people, Owner owner)
    {
        var (kind, id) = owner == Owner.Self ? ("engineer", people.Engineer.EngineerId) : ("team", TeamOf(people, owner));
        return MakeAsync(server, people, owner, "wallets", $$$"""{"owner":{"kind":"{{{kind}}}","id":"{{{id}}}"}}""");
    }

    /// <summary>A wallet with credit in it.</summary>
    private static async Task<(string Wallet, string Grant)> FilledAsync(TestServer server, TestPeople people, Owner owner)
    {
        var wallet = await WalletAsync(server, people, owner);
        return (wallet, await MakeAsync(server, people, owner, $"wallets/{wallet}/grants", """{"category":"paid","amount":"10"}"""));
    }

    /// <summary>Makes something as the operator and tells its id.</summary>
    private static async Task<string> MakeAsync(TestServer server, TestPeople people, Owner owner, string path, string body)
    {
        var made = await server.SendAsync("POST", $"/api/v1/{path}", TestServer.AdminKey, body, OrgOf(people, owner));
        made.Status.ShouldBe(201, made.Body);
        return made.Text("id")!;
    }

    private static string OrgOf(TestPeople people, Owner owner) => owner == Owner.OtherOrg ? people.OtherOrg : Dimensions.LocalOrg;

    private static string TeamOf(TestPeople people, Owner owner) => owner switch
    {
        Owner.OtherTeam => people.OtherTeam,
        Owner.OtherOrg => people.ForeignTeam,
        _ => people.Team,
    };
}
