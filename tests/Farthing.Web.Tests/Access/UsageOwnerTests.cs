using System.Text.Json;
using Farthing.Workflows.Access;
using static Farthing.Web.Tests.Api.Usage.UsageBodies;

namespace Farthing.Web.Tests.Access;

/// <summary>Whose usage each role may report, asked with real keys: the matrix of <c>POST /usage</c> by the owner that an event names.</summary>
public sealed class UsageOwnerTests : IAsyncLifetime
{
    private TestServer? server;
    private TestPeople? people;
    private int numbers;

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

    [Theory]
    [InlineData(Role.Engineer, "user user user")]
    [InlineData(Role.TeamLead, "user")]
    [InlineData(Role.Service, "")]
    [InlineData(Role.Admin, "")]
    [InlineData(Role.Operator, "")]
    public async Task An_event_may_name_these_engineers(Role role, string refused)
    {
        var fields = new List<string>();
        foreach (var owner in new[] { Owner.Self, Owner.OwnTeam, Owner.OtherTeam, Owner.OtherOrg })
        {
            fields.Add(await RefusedAsync(KeyOf(role), $$""","user":"{{People.Of(owner).EngineerId}}" """));
        }

        fields.Where(static field => field.Length > 0).ShouldBe(refused.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_lead_who_names_an_engineer_of_another_team_is_refused_alone_and_books_nothing_on_them()
    {
        var body = Batch(
        [
            Event("theirs", $$""","user":"{{People.Of(Owner.OtherTeam).EngineerId}}" """),
            Event("bad", ",\"run\":\"r\""),
            Event("ours", $$""","user":"{{People.Of(Owner.OwnTeam).EngineerId}}" """),
            Event("plain", ",\"user\":\"a plain name\""),
        ]);

        var answer = await SendAsync(People.Lead.Key, body);

        answer.Json.GetProperty("items").EnumerateArray().Select(static item => $"{item.GetProperty("id")} {item.GetProperty("status")}")
            .ShouldBe(["theirs rejected", "bad rejected", "ours accepted", "plain accepted"]);
        FieldOf(answer.Json.GetProperty("items")[0]).ShouldBe("user");
        answer.Counts().ShouldBe("2/0/0/0/2/0");
    }

    [Theory]
    [InlineData(Role.Engineer, "team")]
    [InlineData(Role.TeamLead, "team")]
    [InlineData(Role.Service, "")]
    [InlineData(Role.Admin, "")]
    [InlineData(Role.Operator, "")]
    public async Task An_event_may_name_another_team(Role role, string refused)
    {
        (await RefusedAsync(KeyOf(role), $$""","team":"{{People.Team}}" """)).ShouldBeEmpty();
        (await RefusedAsync(KeyOf(role), $$""","team":"{{People.OtherTeam}}" """)).ShouldBe(refused);
    }

    [Theory]
    [InlineData(Role.Engineer, "run")]
    [InlineData(Role.TeamLead, "run")]
    [InlineData(Role.Service, "")]
    [InlineData(Role.Admin, "")]
    [InlineData(Role.Operator, "")]
    public async Task Only_programs_and_admins_say_that_a_call_was_made_for_a_run(Role role, string refused)
    {
        var run = await RunOfColleagueAsync();

        (await RefusedAsync(KeyOf(role), $$""","run":"{{run}}" """)).ShouldBe(refused);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_engineer_does_not_raise_the_bill_of_anothers_run_by_sending_its_call_again(bool isNamed)
    {
        var run = await RunOfColleagueAsync();
        var user = isNamed ? $$""","user":"{{People.Colleague.EngineerId}}" """ : string.Empty;
        (await RefusedAsync(People.Service.Key, $$"""{{user}},"run":"{{run}}" """, "call")).ShouldBeEmpty();
        var before = await CostAsync(run);

        var again = await SendAsync(People.Engineer.Key, Event("call", input: 900_000_000));

        again.Counts().ShouldBe("0/0/0/1/0/0");
        (await CostAsync(run)).ShouldBe(before);
    }

    private string KeyOf(Role role) => role switch
    {
        Role.Engineer => People.Engineer.Key,
        Role.TeamLead => People.Lead.Key,
        Role.Service => People.Service.Key,
        Role.Admin => People.Admin.Key,
        _ => TestServer.AdminKey,
    };

    private Task<TestAnswer> SendAsync(string key, string body) => Server.SendAsync("POST", "/api/v1/usage?items=all", key, body);

    /// <summary>Sends one event and tells which field was refused; empty when it was accepted.</summary>
    private async Task<string> RefusedAsync(string key, string more, string? id = null)
    {
        var answer = await SendAsync(key, Event(id ?? $"owner-{++numbers}", more));
        answer.Status.ShouldBe(200, answer.Body);
        var item = answer.Json.GetProperty("items")[0];
        return item.GetProperty("status").GetString() == "rejected" ? FieldOf(item) : string.Empty;
    }

    private static string FieldOf(JsonElement item)
    {
        item.GetProperty("code").GetString().ShouldBe("forbidden");
        return item.GetProperty("field").GetString()!;
    }

    private async Task<string> RunOfColleagueAsync()
    {
        var answer = await Server.SendAsync("POST", "/api/v1/runs", People.Service.Key, $$"""{"user":"{{People.Colleague.EngineerId}}"}""");
        answer.Status.ShouldBe(201, answer.Body);
        return answer.Text("id")!;
    }

    private async Task<string?> CostAsync(string run)
    {
        var answer = await Server.SendAsync("GET", $"/api/v1/runs/{run}/statement", People.Admin.Key);
        answer.Status.ShouldBe(200, answer.Body);
        return answer.Body;
    }
}
