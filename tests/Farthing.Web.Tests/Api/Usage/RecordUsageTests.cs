using System.IO.Compression;
using System.Text;
using Farthing.Workflows.Spending;
using Microsoft.Extensions.DependencyInjection;
using static Farthing.Web.Tests.Api.Usage.UsageBodies;

namespace Farthing.Web.Tests.Api.Usage;

public sealed class RecordUsageTests
{
    [Fact]
    public async Task Every_member_is_kept()
    {
        await using var server = await TestServer.StartAsync();
        var body = $$"""
            {"id":"call-1","occurred_at":"{{At}}","provider":"anthropic","model":"{{Model}}","input_tokens":100,"cache_read_tokens":200,
             "cache_write_5m_tokens":30,"cache_write_1h_tokens":40,"output_tokens":50,"reasoning_tokens":5,"web_searches":2,
             "service_tier":"batch","fast":false,"geo":"us","duration_ms":1234,"outcome":"failed","session":"s-1","run":"r-1","request_id":"req-1",
             "team":"core","user":"ada","project":"engine","plan":"p","branch":"main","agent":"claude","agent_version":"2.1.3","model_pack":"daily",
             "role":"coder","environment":"prod","billing_mode":"metered","reported_cost_usd":"0.000000000001"}
            """;

        (await server.RecordAsync(body)).Counts().ShouldBe("1/0/0/0/0/0");

        var call = (await CallsAsync(server)).ShouldHaveSingleItem();
        call.Usage.Dimensions.ShouldBe(new()
        {
            Team = "core", User = "ada", Project = "engine", Plan = "p", Branch = "main", Agent = "claude", ModelPack = "daily", Role = "coder",
            Environment = "prod", BillingMode = "metered", Provider = "anthropic", Model = Model,
        });
        call.Usage.Tokens.ShouldBe(new() { Input = 100, CacheRead = 200, CacheWrite5m = 30, CacheWrite1h = 40, Output = 50, Reasoning = 5 });
        call.Usage.Terms.ShouldBe(new(Domain.Usage.ServiceTier.Batch, Fast: false, "us"));
        call.Usage.Session.ShouldBe(new("s-1", "2.1.3", Parent: string.Empty));
        (call.Usage.Run, call.Usage.WebSearches, call.Usage.DurationMilliseconds).ShouldBe(("r-1", 2, 1234L));
        call.Usage.ReportedCost.ShouldBe(new Domain.Money.Usd(1L));
        call.Usage.HasFailed.ShouldBeTrue();
    }

    [Theory]
    [InlineData("{\"events\":[%]}")]
    [InlineData("[%]")]
    [InlineData("%")]
    [InlineData("\uFEFF[%]")]
    public async Task A_list_under_a_name_a_bare_list_and_one_event_are_read(string form)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await server.RecordAsync(form.Replace("%", Event("a"), StringComparison.Ordinal));

        answer.Counts().ShouldBe("1/0/0/0/0/0");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"events\":[]}")]
    public async Task An_empty_list_is_answered_with_zeros(string body)
    {
        await using var server = await TestServer.StartAsync();

        (await server.RecordAsync(body)).Counts().ShouldBe("0/0/0/0/0/0");
    }

    [Fact]
    public async Task One_bad_event_among_9999_good_ones_is_refused_alone()
    {
        await using var server = await TestServer.StartAsync();
        var events = Enumerable.Range(0, 10_000).Select(index => index == 4_321 ? Event($"e{index}", input: -1) : Event($"e{index}"));

        var answer = await server.RecordAsync(Batch(events));

        answer.Counts().ShouldBe("9999/0/0/0/1/0");
        var item = answer.Json.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        item.GetProperty("index").GetInt32().ShouldBe(4_321);
        item.GetProperty("id").GetString().ShouldBe("e4321");
        item.GetProperty("status").GetString().ShouldBe("rejected");
        item.GetProperty("field").GetString().ShouldBe("input_tokens");
        (await CallsAsync(server)).Count.ShouldBe(9_999);
    }

    [Fact]
    public async Task The_same_batch_twice_is_all_duplicates()
    {
        await using var server = await TestServer.StartAsync();
        var batch = Batch(Enumerable.Range(0, 100).Select(index => Event($"e{index}")));

        (await server.RecordAsync(batch)).Counts().ShouldBe("100/0/0/0/0/0");
        var again = await server.RecordAsync(batch);

        again.Counts().ShouldBe("0/100/0/0/0/0");
        again.Json.GetProperty("items").GetArrayLength().ShouldBe(100);
        (await CallsAsync(server)).Count.ShouldBe(100);
    }

    [Fact]
    public async Task An_event_twice_in_one_batch_is_counted_once()
    {
        await using var server = await TestServer.StartAsync();

        (await server.RecordAsync(Batch([Event("a"), Event("a")]))).Counts().ShouldBe("1/1/0/0/0/0");
    }

    [Fact]
    public async Task An_event_that_many_send_at_once_is_counted_once()
    {
        await using var server = await TestServer.StartAsync();
        var batch = Batch(Enumerable.Range(0, 50).Select(index => Event($"e{index}")));

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => server.RecordAsync(batch)));

        answers.Sum(answer => answer.Json.GetProperty("accepted").GetInt32()).ShouldBe(50);
        answers.Sum(answer => answer.Json.GetProperty("duplicates").GetInt32()).ShouldBe(15 * 50);
        (await CallsAsync(server)).Count.ShouldBe(50);
    }

    [Fact]
    public async Task Waiting_requests_are_each_told_of_their_own_events()
    {
        await using var server = await TestServer.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(index =>
            server.RecordAsync(Batch([Event($"e{index}"), Event($"e{index}"), Event($"e{index}", input: 2_000)]))));

        answers.Select(UsageBodies.Counts).Distinct().ShouldBe(["1/1/1/0/0/0"]);
        (await CallsAsync(server)).Count.ShouldBe(200);
    }

    [Fact]
    public async Task Another_payload_under_a_known_id_is_a_conflict_and_the_first_stands()
    {
        await using var server = await TestServer.StartAsync();
        await server.RecordAsync(Event("a"));

        var answer = await server.RecordAsync(Event("a").Replace("\"input_tokens\":1000,\"output_tokens\":10", "\"input_tokens\":10,\"output_tokens\":1000", StringComparison.Ordinal));

        answer.Counts().ShouldBe("0/0/0/1/0/0");
        answer.Json.GetProperty("items")[0].GetProperty("code").GetString().ShouldBe("conflict");
        (await CallsAsync(server)).ShouldHaveSingleItem().Usage.Tokens.Input.ShouldBe(1_000);
    }

    [Fact]
    public async Task A_larger_total_supersedes()
    {
        await using var server = await TestServer.StartAsync();
        await server.RecordAsync(Event("a"));

        (await server.RecordAsync(Event("a", input: 5_000))).Counts().ShouldBe("0/0/1/0/0/0");

        (await CallsAsync(server)).ShouldHaveSingleItem().Usage.Tokens.Input.ShouldBe(5_000);
    }

    [Fact]
    public async Task An_event_without_a_time_is_known_again_under_its_id()
    {
        await using var server = await TestServer.StartAsync();
        var timeless = Event("a").Replace($"\"occurred_at\":\"{At}\",", string.Empty, StringComparison.Ordinal);

        (await server.RecordAsync(timeless)).Counts().ShouldBe("1/0/0/0/0/0");
        (await server.RecordAsync(timeless)).Counts().ShouldBe("0/1/0/0/0/0");
    }

    [Fact]
    public async Task A_model_without_a_price_is_stored_and_told()
    {
        await using var server = await TestServer.StartAsync();

        var answer = await server.RecordAsync(Event("a").Replace(Model, "model-of-tomorrow", StringComparison.Ordinal), "?items=all");

        answer.Counts().ShouldBe("1/0/0/0/0/1");
        answer.Json.GetProperty("items")[0].GetProperty("pricing_status").GetString().ShouldBe("unpriced");
        answer.Json.GetProperty("items")[0].TryGetProperty("cost_usd", out _).ShouldBeFalse();
        (await CallsAsync(server)).ShouldHaveSingleItem().Rating.Card.Status.ShouldBe(Domain.Pricing.PricingStatus.Unpriced);
    }

    [Fact]
    public async Task Accepted_events_are_told_one_by_one_when_asked_for()
    {
        await using var server = await TestServer.StartAsync();

        var item = await server.RecordOneAsync(Event("a", input: 1_000_000));

        item.GetProperty("status").GetString().ShouldBe("accepted");
        item.GetProperty("pricing_status").GetString().ShouldBe("exact");
        // A million of input at 3 dollars (6 beyond 200,000) is told exactly, as text.
        item.GetProperty("cost_usd").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.String);
        (await server.RecordAsync(Event("b"))).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_compressed_body_is_inflated(string encoding)
    {
        await using var server = await TestServer.StartAsync();
        var batch = Encoding.UTF8.GetBytes(Batch(Enumerable.Range(0, 1_000).Select(index => Event($"e{index}"))));

        (await server.RecordBytesAsync(Compress(batch, encoding), encoding)).Counts().ShouldBe("1000/0/0/0/0/0");
    }

    [Fact]
    public async Task Organisations_are_apart()
    {
        await using var server = await TestServer.StartAsync();
        var acme = (await server.SendAsync("POST", "/api/v1/orgs", TestServer.AdminKey, """{"name":"Acme"}""")).Text("id");
        var umbrella = (await server.SendAsync("POST", "/api/v1/orgs", TestServer.AdminKey, """{"name":"Umbrella"}""")).Text("id");

        var here = await server.SendAsync("POST", "/api/v1/usage", TestServer.AdminKey, Event("a"), acme);
        var there = await server.SendAsync("POST", "/api/v1/usage", TestServer.AdminKey, Event("a", input: 9), umbrella);

        (here.Counts(), there.Counts()).ShouldBe(("1/0/0/0/0/0", "1/0/0/0/0/0"));
    }

    [Fact]
    public async Task A_server_that_is_disposed_has_stored_what_it_took()
    {
        var server = await TestServer.StartAsync();
        var sent = Enumerable.Range(0, 50).Select(index => server.RecordAsync(Event($"e{index}"))).ToList();

        var answers = await Task.WhenAll(sent);
        var calls = await CallsAsync(server);
        await server.DisposeAsync();

        calls.Count.ShouldBe(answers.Sum(answer => answer.Json.GetProperty("accepted").GetInt32()));
    }

    internal static byte[] Compress(byte[] bytes, string encoding)
    {
        using var memory = new MemoryStream();
        using (Stream packing = encoding switch
        {
            "gzip" => new GZipStream(memory, CompressionLevel.Fastest),
            "br" => new BrotliStream(memory, CompressionLevel.Fastest),
            _ => new ZLibStream(memory, CompressionLevel.Fastest),
        })
        {
            packing.Write(bytes);
        }

        return memory.ToArray();
    }

    private static async Task<IReadOnlyList<PricedCall>> CallsAsync(TestServer server)
    {
        var queries = server.App.Services.GetRequiredService<ISpendQueries>();
        return await queries.CallsAsync(new() { Zone = TimeZoneInfo.Utc }, TestServer.Cancellation).ToListAsync(TestServer.Cancellation);
    }
}
