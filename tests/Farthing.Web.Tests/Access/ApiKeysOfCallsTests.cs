using System.Text.Json;
using Farthing.Web.Tests.Dashboard;
using Farthing.Workflows.Access;
using Farthing.Workflows.Spending;
using static Farthing.Web.Tests.Api.Usage.UsageBodies;

namespace Farthing.Web.Tests.Access;

/// <summary>By which key calls were told: by the one that a sender proved, whatever a body says, and who is told its name.</summary>
public sealed class ApiKeysOfCallsTests : IAsyncLifetime
{
    private TestServer? server;
    private TestPeople? people;

    private TestServer Server => server!;

    private TestPeople People => people!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync();
        people = await TestPeople.SeedAsync(server);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task A_call_bears_the_key_of_its_sender_and_another_that_tells_it_again_changes_nothing()
    {
        var (mine, program) = (await KeyOfAsync(People.Engineer), People.Service.Caller.KeyId);
        var colleague = await KeyOfAsync(People.Colleague);

        (await SendAsync(People.Engineer.Key, Batch([Event("1"), Event("2")]))).Counts().ShouldBe("2/0/0/0/0/0");
        (await SendAsync(People.Service.Key, Batch([Event("3"), Event("4", $$""","user":"{{People.Colleague.EngineerId}}" """)]))).Counts().ShouldBe("2/0/0/0/0/0");
        (await SendAsync(TestServer.AdminKey, Event("5"))).Counts().ShouldBe("1/0/0/0/0/0");
        (await SendAsync(People.Admin.Key, Event("3"))).Counts().ShouldBe("0/1/0/0/0/0");
        (await SendAsync(People.Engineer.Key, Event("6", $$""","api_key":"{{colleague}}" """))).Json.GetProperty("rejected").GetInt32().ShouldBe(1);

        (await CallsByKeyAsync()).ShouldBe(new Dictionary<string, long>(StringComparer.Ordinal) { [mine] = 2, [program] = 2, [string.Empty] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public async Task A_reported_session_bears_the_key_that_proved_its_sender()
    {
        var body = $$$"""{"session_id":"S","api_key":"{{{People.Colleague.Key}}}","started_at":"{{{At}}}","model_usages":[{"model_name":"{{{Model}}}","input_tokens":1000,"output_tokens":100}]}""";

        (await Server.SendAsync("POST", "/api/v1/ingest/session", People.Engineer.Key, body.Replace("\"S\"", "\"in a header\"", StringComparison.Ordinal))).Status.ShouldBe(200);
        (await Server.SendAsync("POST", "/api/v1/ingest/session", body: body.Replace("\"S\"", "\"in the body\"", StringComparison.Ordinal))).Status.ShouldBe(200);

        (await CallsByKeyAsync()).ShouldBe(
            new Dictionary<string, long>(StringComparer.Ordinal) { [await KeyOfAsync(People.Engineer)] = 1, [await KeyOfAsync(People.Colleague)] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public async Task The_explorer_names_keys_that_somebody_may_know_also_one_that_was_revoked()
    {
        var mine = await KeyOfAsync(People.Engineer);
        var program = People.Service.Caller.KeyId;
        await SendAsync(People.Engineer.Key, Batch([Event("1"), Event("2")]));
        await SendAsync(People.Service.Key, Batch([Event("3", $$""","user":"{{People.Engineer.EngineerId}}" """), Event("4")]));
        var (mineNow, programNow) = (await FindAsync(mine), await FindAsync(program));
        (await Server.SendAsync("DELETE", $"/api/v1/keys/{program}", People.Admin.Key)).Status.ShouldBe(204);

        (await ExploreAsync(People.Admin)).ShouldBe(
            [(mine, $"{mineNow.Name} (fk_{mineNow.Prefix})", 2), (program, $"Service (fk_{programNow.Prefix})", 2)], ignoreOrder: true);
        (await ExploreAsync(People.Admin, "&key=" + program)).ShouldBe([(program, $"Service (fk_{programNow.Prefix})", 2)]);
        (await ExploreAsync(People.Engineer)).ShouldBe([(mine, $"{mineNow.Name} (fk_{mineNow.Prefix})", 2), (program, program, 1)], ignoreOrder: true);
        (await ExploreAsync(People.Colleague)).ShouldBeEmpty();
        (await ReadPage.OpenAsync(Server, await SignInAsync(People.Admin), "/explorer?by=key")).Html.ShouldContain($"Service (fk_{programNow.Prefix})");
    }

    private Task<TestAnswer> SendAsync(string key, string body) => Server.SendAsync("POST", "/api/v1/usage?items=all", key, body);

    private async Task<string> KeyOfAsync(TestMember member) => (await KeysAsync(new("local", ScopeReach.Engineer, member.EngineerId))).Single(static key => key.Prefix[0] > '1').Id;

    private async Task<ApiKey> FindAsync(string id) => (await KeysAsync(new("local", ScopeReach.Org, string.Empty))).Single(key => key.Id == id);

    private Task<IReadOnlyList<ApiKey>> KeysAsync(Scope within) =>
        Server.Get<IKeys>().ListAsync(new() { Org = within.Org, Within = within, Page = new(100, string.Empty) }, TestServer.Cancellation);

    private async Task<Dictionary<string, long>> CallsByKeyAsync() =>
        (await Server.Get<ISpendQueries>().SpendAsync(new() { Zone = TimeZoneInfo.Utc, ByDay = false, GroupBy = [SpendDimension.ApiKey] }, TestServer.Cancellation))
            .ToDictionary(static row => row.ApiKey, static row => row.Calls, StringComparer.Ordinal);

    private async Task<string> SignInAsync(TestMember member) => (await Server.Get<SignIns>().EnterAsync(member.Key, "test", TestServer.Cancellation)).Value.Secret;

    private async Task<IEnumerable<(string Key, string Name, long Calls)>> ExploreAsync(TestMember member, string more = "")
    {
        var file = await ReadPage.OpenAsync(Server, await SignInAsync(member), "/explorer.json?by=key" + more);
        file.Status.ShouldBe(200, file.Html);
        using var document = JsonDocument.Parse(file.Html);
        return [.. document.RootElement.GetProperty("lines").EnumerateArray().Select(static line =>
            (line.GetProperty("key").GetString()!, line.GetProperty("key_name").GetString()!, line.GetProperty("calls").GetInt64()))];
    }
}
