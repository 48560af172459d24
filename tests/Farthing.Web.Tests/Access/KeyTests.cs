using Farthing.Testing;
using Farthing.Workflows.Access;

namespace Farthing.Web.Tests.Access;

/// <summary>Keys as they are made, presented, and taken away.</summary>
public sealed class KeyTests
{
    private const string Admin = TestServer.AdminKey;
    private const string Probe = "/api/v1/keys";

    [Fact]
    public async Task A_key_is_shown_once_and_listed_without_its_secret()
    {
        await using var server = await TestServer.StartAsync();

        var made = await server.SendAsync("POST", Probe, Admin, """{"name":"ci","role":"admin","expires_at":"2999-01-01T00:00:00Z"}""");
        var key = made.Text("api_key")!;
        var listed = await server.SendAsync("GET", Probe, key);

        listed.Status.ShouldBe(200);
        var item = listed.Json.GetProperty("items").EnumerateArray().Single();
        item.GetProperty("prefix").GetString().ShouldBe(key[3..11]);
        item.GetProperty("last_four").GetString().ShouldBe(key[^4..]);
        item.GetProperty("role").GetString().ShouldBe("admin");
        listed.Body.ShouldNotContain(key[12..]);
    }

    [Fact]
    public async Task A_key_is_taken_from_either_header()
    {
        await using var server = await TestServer.StartAsync();
        var key = await TestPeople.KeyAsync(server, Role.Admin);

        (await SendAsync(server, "Authorization", $"Bearer {key}")).Status.ShouldBe(200);
        (await SendAsync(server, "Authorization", $"bearer {key}")).Status.ShouldBe(200);
        (await SendAsync(server, "x-api-key", key)).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("x-admin-key", "primer-admin-dev-key", 401, "Authentication required")]
    [InlineData("x-admin-key", "", 401, "Authentication required")]
    [InlineData("x-api-key", "fk_short", 401, "Invalid API key")]
    [InlineData("Authorization", "Bearer nonsense", 401, "Invalid API key")]
    [InlineData("Authorization", "Basic ZGFuYTpkYW5h", 401, "Authentication required")]
    public async Task Whoever_cannot_be_known_is_refused(string header, string value, int status, string detail)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await SendAsync(server, header, value);

        (answer.Status, answer.Code).ShouldBe((status, "unauthenticated"));
        answer.Text("detail")!.ShouldStartWith(detail);
    }

    [Fact]
    public async Task A_wrong_operators_secret_is_as_good_as_none()
    {
        await using var server = await TestServer.StartAsync();
        var key = await TestPeople.KeyAsync(server, Role.Admin);
        using var request = new HttpRequestMessage(HttpMethod.Get, Probe);
        request.Headers.Add("x-admin-key", "wrong");
        request.Headers.Add("x-api-key", key);

        using var response = await server.Client.SendAsync(request, TestServer.Cancellation);

        ((int)response.StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task Changing_one_character_of_a_key_makes_it_worthless()
    {
        await using var server = await TestServer.StartAsync();
        var key = await TestPeople.KeyAsync(server, Role.Admin);

        for (var at = 0; at < key.Length; at += 5)
        {
            var changed = string.Concat(key.AsSpan(0, at), key[at] == 'b' ? "c" : "b", key.AsSpan(at + 1));
            (await server.SendAsync("GET", Probe, changed)).Status.ShouldBe(401, changed);
        }
    }

    [Fact]
    public async Task A_revoked_key_is_dead_at_once_and_a_rotated_one_lives_under_its_new_secret()
    {
        await using var server = await TestServer.StartAsync();
        var made = await server.SendAsync("POST", Probe, Admin, """{"name":"ci","role":"admin"}""");
        var (id, key) = (made.Json.GetProperty("key").GetProperty("id").GetString(), made.Text("api_key")!);
        (await server.SendAsync("GET", Probe, key)).Status.ShouldBe(200);

        var rotated = (await server.SendAsync("POST", $"{Probe}/{id}/rotate", Admin)).Text("api_key")!;
        (await server.SendAsync("GET", Probe, key)).Status.ShouldBe(401);
        (await server.SendAsync("GET", Probe, rotated)).Status.ShouldBe(200);

        (await server.SendAsync("DELETE", $"{Probe}/{id}", Admin)).Status.ShouldBe(204);
        (await server.SendAsync("GET", Probe, rotated)).Status.ShouldBe(401);
        (await server.SendAsync("DELETE", $"{Probe}/{id}", Admin)).Status.ShouldBe(204);
        (await server.SendAsync("POST", $"{Probe}/{id}/rotate", Admin)).Code.ShouldBe("key_revoked");
    }

    [Fact]
    public async Task A_key_dies_when_its_time_has_come()
    {
        var time = new ManualTime();
        await using var server = await TestServer.StartAsync(new() { Time = time });
        var expires = time.GetUtcNow().AddMinutes(1);
        var made = await server.SendAsync("POST", Probe, Admin, $$"""{"name":"ci","role":"admin","expires_at":"{{expires:O}}"}""");
        (await server.SendAsync("GET", Probe, made.Text("api_key")!)).Status.ShouldBe(200);

        time.Move(TimeSpan.FromMinutes(1));

        var refused = await server.SendAsync("GET", Probe, made.Text("api_key")!);
        (refused.Status, refused.Code).ShouldBe((401, "unauthenticated"));
    }

    [Theory]
    [InlineData("""{"name":"k"}""", "role")]
    [InlineData("""{"name":"k","role":"operator"}""", "role")]
    [InlineData("""{"name":"k","role":"root"}""", "role")]
    [InlineData("""{"name":"k","role":"engineer"}""", "engineer_id")]
    [InlineData("""{"name":"k","role":"engineer","engineer_id":"nope"}""", "engineer_id")]
    [InlineData("""{"name":"k","role":"service","expires_at":"2001-01-01T00:00:00Z"}""", "expires_at")]
    [InlineData("""{"name":" ","role":"service"}""", "name")]
    public async Task A_key_that_cannot_be_is_refused(string body, string field)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await server.SendAsync("POST", Probe, Admin, body);

        (answer.Status, answer.Text("field")).ShouldBe((422, field), answer.Body);
    }

    [Fact]
    public async Task Whoever_tries_too_many_wrong_keys_is_told_to_wait_while_right_ones_go_on_working()
    {
        var time = new ManualTime();
        await using var server = await TestServer.StartAsync(new() { WrongKeysMax = 3, Time = time });
        var wrong = "fk_aaaaaaaa_" + new string('A', 43);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            (await server.SendAsync("GET", Probe, wrong)).Status.ShouldBe(401);
        }

        var answer = await server.SendAsync("GET", Probe, wrong);
        (answer.Status, answer.Code, answer.RetryAfter).ShouldBe((429, "rate_limited", "60"));
        (await server.SendAsync("GET", Probe, await TestPeople.KeyAsync(server, Role.Admin))).Status.ShouldBe(200);

        time.Move(TimeSpan.FromMinutes(1));
        (await server.SendAsync("GET", Probe, wrong)).Status.ShouldBe(401);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_guesses_the_operators_secret_is_told_to_wait(bool hasKey)
    {
        var time = new ManualTime();
        await using var server = await TestServer.StartAsync(new() { WrongKeysMax = 3, Time = time });
        var key = hasKey ? await TestPeople.KeyAsync(server, Role.Engineer) : null;
        var statuses = new List<int>();
        for (var attempt = 0; attempt < 4; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Probe);
            request.Headers.Add("x-admin-key", $"guess {attempt}");
            if (key is not null)
            {
                request.Headers.Authorization = new("Bearer", key);
            }

            using var response = await server.Client.SendAsync(request, TestServer.Cancellation);
            statuses.Add((int)response.StatusCode);
        }

        var before = hasKey ? 403 : 401;
        statuses.ShouldBe([before, before, before, 429]);
        (await server.SendAsync("GET", Probe, TestServer.AdminKey)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task When_a_key_was_used_last_is_kept_off_the_request()
    {
        await using var server = await TestServer.StartAsync();
        var key = await TestPeople.KeyAsync(server, Role.Admin);
        await server.SendAsync("GET", Probe, key);

        await server.Get<KeyRing>().KeepUsesAsync(TestServer.Cancellation);

        var item = (await server.SendAsync("GET", Probe, key)).Json.GetProperty("items").EnumerateArray().Single();
        item.GetProperty("last_used_at").GetDateTimeOffset().ShouldBeGreaterThanOrEqualTo(item.GetProperty("created_at").GetDateTimeOffset());
    }

    [Fact]
    public async Task No_secret_reaches_the_log()
    {
        await using var server = await TestServer.StartAsync();
        var people = await TestPeople.SeedAsync(server);
        var wrong = "fk_aaaaaaaa_" + new string('A', 43);
        foreach (var key in (string[])[people.Admin.Key, people.Engineer.Key, TestServer.AdminKey, wrong])
        {
            await server.SendAsync("GET", $"{Probe}?limit=x", key);
            await server.SendAsync("POST", Probe, key, """{"name":"x","rolle":"y"}""");
        }

        server.Log.ShouldNotContain("fk_");
        server.Log.ShouldNotContain(TestServer.AdminKey);
    }

    private static async Task<TestAnswer> SendAsync(TestServer server, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Probe);
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await server.Client.SendAsync(request, TestServer.Cancellation);
        return await TestAnswer.ReadAsync(response);
    }
}
