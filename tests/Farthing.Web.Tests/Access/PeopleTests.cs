using System.Text.Json;

namespace Farthing.Web.Tests.Access;

/// <summary>Teams, engineers and organisations, as Primer's clients know the first two.</summary>
public sealed class PeopleTests
{
    private const string Admin = TestServer.AdminKey;

    [Fact]
    public async Task A_second_team_of_one_name_is_a_conflict()
    {
        await using var server = await TestServer.StartAsync();
        (await server.SendAsync("POST", "/api/v1/teams", Admin, """{"name":"Platform"}""")).Status.ShouldBe(201);
        var other = (await server.SendAsync("POST", "/api/v1/teams", Admin, """{"name":"Product"}""")).Text("id");

        var made = await server.SendAsync("POST", "/api/v1/teams", Admin, """{"name":"platform"}""");
        var renamed = await server.SendAsync("PATCH", $"/api/v1/teams/{other}", Admin, """{"name":"PLATFORM"}""");

        (made.Status, made.Text("code"), made.Text("field")).ShouldBe((409, "name_taken", "name"));
        (renamed.Status, renamed.Text("code"), renamed.Text("field")).ShouldBe((409, "name_taken", "name"));
    }

    [Fact]
    public async Task A_team_is_founded_found_and_renamed()
    {
        await using var server = await TestServer.StartAsync();

        var made = await server.SendAsync("POST", "/api/v1/teams", Admin, """{"name":"Platform"}""");
        var id = made.Text("id");
        var renamed = await server.SendAsync("PATCH", $"/api/v1/teams/{id}", Admin, """{"name":"Core"}""");
        var untouched = await server.SendAsync("PATCH", $"/api/v1/teams/{id}", Admin, """{}""");
        var found = await server.SendAsync("GET", $"/api/v1/teams/{id}", Admin);

        made.Status.ShouldBe(201);
        Guid.Parse(id!).Version.ShouldBe(7);
        NamesOf(made.Json).ShouldBe(["id", "name", "created_at"]);
        (renamed.Status, renamed.Text("name")).ShouldBe((200, "Core"));
        untouched.ShouldBe(found);
        found.Text("created_at").ShouldBe(made.Text("created_at"));
    }

    [Fact]
    public async Task An_engineer_comes_with_a_key_that_works_until_they_are_deactivated()
    {
        await using var server = await TestServer.StartAsync();
        var team = (await server.SendAsync("POST", "/api/v1/teams", Admin, """{"name":"Platform"}""")).Text("id");

        var made = await server.SendAsync("POST", "/api/v1/engineers", Admin, $$"""{"name":"Dana","email":"dana@example.org","team_id":"{{team}}"}""");
        var engineer = made.Json.GetProperty("engineer");
        var (id, key) = (engineer.GetProperty("id").GetString(), made.Text("api_key")!);

        made.Status.ShouldBe(201);
        NamesOf(made.Json).ShouldBe(["engineer", "api_key"]);
        NamesOf(engineer).ShouldBe(["id", "name", "email", "team_id", "role", "is_active", "avatar_url", "github_username", "display_name", "created_at"]);
        engineer.GetProperty("role").GetString().ShouldBe("engineer");
        key.ShouldMatch("^fk_[a-z2-7]{8}_[A-Za-z0-9_-]{43}$");

        (await server.SendAsync("GET", "/api/v1/teams", key)).Text("detail").ShouldBe("Insufficient permissions");
        (await server.SendAsync("DELETE", $"/api/v1/engineers/{id}", Admin)).Status.ShouldBe(204);
        var refused = await server.SendAsync("GET", "/api/v1/teams", key);
        (refused.Status, refused.Text("detail")).ShouldBe((403, "Account deactivated"));
        (await server.SendAsync("GET", $"/api/v1/engineers/{id}", Admin)).Json.GetProperty("is_active").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_changed_role_counts_for_the_keys_that_are_out_there()
    {
        await using var server = await TestServer.StartAsync();
        var made = await server.SendAsync("POST", "/api/v1/engineers", Admin, """{"name":"Dana","email":"dana@example.org"}""");
        var (id, key) = (made.Json.GetProperty("engineer").GetProperty("id").GetString(), made.Text("api_key")!);
        (await server.SendAsync("GET", "/api/v1/teams", key)).Status.ShouldBe(403);

        (await server.SendAsync("PATCH", $"/api/v1/engineers/{id}", Admin, """{"role":"admin"}""")).Text("role").ShouldBe("admin");

        (await server.SendAsync("GET", "/api/v1/teams", key)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_rotated_key_replaces_the_old_one_at_once()
    {
        await using var server = await TestServer.StartAsync();
        var made = await server.SendAsync("POST", "/api/v1/engineers", Admin, """{"name":"Dana","email":"dana@example.org"}""");
        var (id, old) = (made.Json.GetProperty("engineer").GetProperty("id").GetString(), made.Text("api_key")!);
        (await server.SendAsync("GET", "/api/v1/teams", old)).Status.ShouldBe(403);

        var rotated = await server.SendAsync("POST", $"/api/v1/engineers/{id}/rotate-key", Admin);

        (await server.SendAsync("GET", "/api/v1/teams", old)).Status.ShouldBe(401);
        (await server.SendAsync("GET", "/api/v1/teams", rotated.Text("api_key")!)).Status.ShouldBe(403);
    }

    [Theory]
    [InlineData("""{"name":"D","email":"dana@example.org"}""", 409, "email_taken", "email")]
    [InlineData("""{"name":"D","email":"DANA@example.org"}""", 409, "email_taken", "email")]
    [InlineData("""{"name":"D","email":"nowhere"}""", 422, "invalid", "email")]
    [InlineData("""{"name":"","email":"d@example.org"}""", 422, "invalid", "name")]
    [InlineData("""{"name":"D","email":"d@example.org","team_id":"nope"}""", 422, "invalid", "team_id")]
    public async Task An_engineer_that_cannot_be_is_refused(string body, int status, string code, string field)
    {
        await using var server = await TestServer.StartAsync();
        await server.SendAsync("POST", "/api/v1/engineers", Admin, """{"name":"Dana","email":"dana@example.org"}""");

        var answer = await server.SendAsync("POST", "/api/v1/engineers", Admin, body);

        (answer.Status, answer.Code, answer.Text("field")).ShouldBe((status, code, field));
    }

    [Theory]
    [InlineData("service")]
    [InlineData("operator")]
    [InlineData("Admin")]
    public async Task An_engineer_cannot_become_what_no_person_is(string role)
    {
        await using var server = await TestServer.StartAsync();
        var made = await server.SendAsync("POST", "/api/v1/engineers", Admin, """{"name":"Dana","email":"dana@example.org"}""");

        var answer = await server.SendAsync("PATCH", $"/api/v1/engineers/{made.Json.GetProperty("engineer").GetProperty("id")}", Admin, $$"""{"role":"{{role}}"}""");

        (answer.Status, answer.Text("field")).ShouldBe((422, "role"));
    }

    [Fact]
    public async Task A_team_of_another_organisation_is_no_team()
    {
        await using var server = await TestServer.StartAsync();
        var people = await TestPeople.SeedAsync(server);

        var made = await server.SendAsync("POST", "/api/v1/engineers", people.Admin.Key, $$"""{"name":"D","email":"d@example.org","team_id":"{{people.ForeignTeam}}"}""");
        var moved = await server.SendAsync("PATCH", $"/api/v1/engineers/{people.Engineer.EngineerId}", people.Admin.Key, $$"""{"team_id":"{{people.ForeignTeam}}"}""");

        (made.Status, moved.Status).ShouldBe((422, 422));
    }

    [Fact]
    public async Task Lists_are_read_page_by_page()
    {
        await using var server = await TestServer.StartAsync();
        for (var count = 0; count < 5; count++)
        {
            await server.SendAsync("POST", "/api/v1/teams", Admin, $$"""{"name":"Team {{count}}"}""");
        }

        var names = new List<string?>();
        for (var path = "/api/v1/teams?limit=2"; path is not null;)
        {
            var page = await server.SendAsync("GET", path, Admin);
            page.Json.GetArrayLength().ShouldBeLessThanOrEqualTo(2);
            names.AddRange(page.Json.EnumerateArray().Select(static team => team.GetProperty("name").GetString()));
            path = page.Link is { } link ? link[1..link.IndexOf('>')] : null;
        }

        // In the order of ids, which is that of their making but within a millisecond.
        names.ShouldBe(["Team 0", "Team 1", "Team 2", "Team 3", "Team 4"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=501")]
    [InlineData("limit=1000000000")]
    [InlineData("limit=many")]
    [InlineData("limit=99999999999999")]
    public async Task A_page_of_a_size_that_cannot_be_is_refused(string query)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await server.SendAsync("GET", $"/api/v1/keys?{query}", Admin);

        (answer.Status, answer.Text("field")).ShouldBe((422, "limit"), answer.Body);
    }

    [Theory]
    [InlineData("zz")]
    [InlineData("%00")]
    [InlineData("01934567-89AB-7DEF-8123-456789ABCDEF")]
    public async Task A_place_that_is_none_is_refused_by_every_list(string place)
    {
        await using var server = await TestServer.StartAsync();
        (await server.SendAsync("POST", "/api/v1/wallets", Admin, """{"id":"w1","owner":{"kind":"org"}}""")).Status.ShouldBe(201);

        var document = (await server.SendAsync("GET", "/openapi/v1.json")).Json;
        var lists = document.GetProperty("paths").EnumerateObject().Where(static path => path.Value.TryGetProperty("get", out var read)
            && read.TryGetProperty("parameters", out var parameters) && parameters.EnumerateArray().Any(static parameter => parameter.GetProperty("name").GetString() == "after")).ToList();

        lists.Count.ShouldBeGreaterThan(12);
        foreach (var list in lists)
        {
            var answer = await server.SendAsync("GET", $"{list.Name.Replace("{id}", "w1", StringComparison.Ordinal)}?after={place}", Admin);
            (answer.Status, answer.Text("field")).ShouldBe((422, "after"), $"{list.Name}: {answer.Body}");
        }
    }

    [Theory]
    [InlineData("/api/v1/wallets?owing=perhaps", "owing")]
    [InlineData("/api/v1/audit?from=2026-11-01&to=tomorrow", "to")]
    [InlineData("/api/v1/keys?limit=1&limit=2", "limit")]
    public async Task What_cannot_be_read_is_refused_by_its_name(string path, string field)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await server.SendAsync("GET", path, Admin);

        (answer.Status, answer.Code, answer.Text("field")).ShouldBe((422, "wrong_type", field), answer.Body);
    }

    [Fact]
    public async Task The_operator_acts_in_the_organisation_they_name()
    {
        await using var server = await TestServer.StartAsync();
        var org = (await server.SendAsync("POST", "/api/v1/orgs", Admin, """{"name":"Acme"}""")).Text("id");

        (await server.SendAsync("POST", "/api/v1/teams", Admin, """{"name":"Theirs"}""", org)).Status.ShouldBe(201);

        (await server.SendAsync("GET", "/api/v1/teams", Admin)).Json.GetArrayLength().ShouldBe(0);
        (await server.SendAsync("GET", "/api/v1/teams", Admin, org: org)).Json.GetArrayLength().ShouldBe(1);
        (await server.SendAsync("GET", "/api/v1/teams", Admin, org: "nobody")).Status.ShouldBe(404);
        (await server.SendAsync("GET", "/api/v1/orgs", Admin)).Json.GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("name").GetString())
            .ShouldBe(["Acme", "local"], ignoreOrder: true);
    }

    [Fact]
    public async Task Every_change_leaves_a_line_in_the_audit_without_secrets()
    {
        await using var server = await TestServer.StartAsync();
        var people = await TestPeople.SeedAsync(server);
        var before = (await server.Audit.ReadAsync(new() { Org = "local", Limit = 1_000 }, TestServer.Cancellation)).Count;

        await server.SendAsync("PATCH", $"/api/v1/teams/{people.Team}", people.Admin.Key, """{"name":"Renamed"}""");
        await server.SendAsync("PATCH", $"/api/v1/teams/{people.Team}", people.Admin.Key, """{"name":"Renamed"}""");
        var key = (await server.SendAsync("POST", "/api/v1/keys", people.Admin.Key, """{"name":"ci","role":"service"}""")).Text("api_key")!;
        await server.SendAsync("DELETE", $"/api/v1/engineers/{people.Engineer.EngineerId}", people.Admin.Key);

        var lines = await server.Audit.ReadAsync(new() { Org = "local", Limit = 1_000 }, TestServer.Cancellation);
        lines.Take(lines.Count - before).Select(static line => line.Action).ShouldBe(["engineer.deactivated", "key.created", "team.changed"]);
        lines[2].Stamp.Actor.ShouldBe($"key:{people.Admin.Caller.KeyId}");
        lines[2].Stamp.RequestId.ShouldNotBeEmpty();
        lines[2].Before.ShouldContain("\"name\":\"First\"");
        lines[2].After.ShouldContain("\"name\":\"Renamed\"");
        var secret = key[12..];
        lines.ShouldAllBe(line => !line.After.Contains(secret, StringComparison.Ordinal) && !line.After.Contains("hash", StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> NamesOf(JsonElement json) => json.EnumerateObject().Select(static member => member.Name);
}
