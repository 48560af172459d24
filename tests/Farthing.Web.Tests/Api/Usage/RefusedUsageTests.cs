using System.Globalization;
using System.IO.Compression;
using System.Text;
using static Farthing.Web.Tests.Api.Usage.UsageBodies;

namespace Farthing.Web.Tests.Api.Usage;

public sealed class RefusedUsageTests
{
    public static TheoryData<string, string, string> RefusedMembers
    {
        get
        {
            var cases = new TheoryData<string, string, string>
            {
                { ",\"prompt\":\"x\"", "unknown_field", "prompt" },
                { ",\"prompt\":{\"deep\":[1,{\"er\":2}]}", "unknown_field", "prompt" },
                { ",\"Team\":\"x\"", "unknown_field", "Team" },
                { ",\"id\":\"b\"", "duplicate_field", "id" },
                { ",\"mod\\u0065l\":\"b\"", "duplicate_field", "model" },
                { ",\"cache_read_tokens\":-1", "out_of_range", "cache_read_tokens" },
                { ",\"cache_read_tokens\":10000000001", "out_of_range", "cache_read_tokens" },
                { $",\"cache_read_tokens\":{new string('9', 400)}", "out_of_range", "cache_read_tokens" },
                { ",\"cache_read_tokens\":1.0", "wrong_type", "cache_read_tokens" },
                { ",\"cache_read_tokens\":1e3", "wrong_type", "cache_read_tokens" },
                { ",\"cache_read_tokens\":\"NaN\"", "wrong_type", "cache_read_tokens" },
                { ",\"cache_read_tokens\":\"5\"", "wrong_type", "cache_read_tokens" },
                { ",\"cache_read_tokens\":null", "wrong_type", "cache_read_tokens" },
                { ",\"cache_read_tokens\":[5]", "wrong_type", "cache_read_tokens" },
                { ",\"reasoning_tokens\":11", "out_of_range", "reasoning_tokens" },
                { ",\"web_searches\":1000001", "out_of_range", "web_searches" },
                { ",\"duration_ms\":2678400001", "out_of_range", "duration_ms" },
                { ",\"duration_ms\":-1", "out_of_range", "duration_ms" },
                { ",\"fast\":1", "wrong_type", "fast" },
                { ",\"service_tier\":\"turbo\"", "wrong_type", "service_tier" },
                { ",\"outcome\":\"stopped\"", "wrong_type", "outcome" },
                { ",\"outcome\":false", "wrong_type", "outcome" },
                { ",\"team\":{}", "wrong_type", "team" },
                { ",\"team\":null", "wrong_type", "team" },
                { $",\"team\":\"{new string('x', 257)}\"", "too_long", "team" },
                { ",\"team\":\"\\ud800\"", "invalid_text", "team" },
                { ",\"team\":\"a\\u0000b\"", "invalid_text", "team" },
                { ",\"reported_cost_usd\":0.0000000000001", "wrong_type", "reported_cost_usd" },
                { ",\"reported_cost_usd\":-1", "wrong_type", "reported_cost_usd" },
                { ",\"reported_cost_usd\":\"1,5\"", "wrong_type", "reported_cost_usd" },
                { ",\"reported_cost_usd\":1e99", "wrong_type", "reported_cost_usd" },
                { ",\"reported_cost_usd\":1000000.01", "wrong_type", "reported_cost_usd" },
                { $",\"reported_cost_usd\":{new string('9', 400)}", "wrong_type", "reported_cost_usd" },
            };
            foreach (var text in new[] { "provider", "geo", "session", "run", "request_id", "user", "project", "plan", "branch", "agent", "agent_version", "model_pack", "role", "environment", "billing_mode" })
            {
                cases.Add($",\"{text}\":7", "wrong_type", text);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(RefusedMembers))]
    public async Task A_member_that_cannot_be_is_named(string member, string code, string field)
    {
        await using var server = await TestServer.StartAsync();

        var item = await server.RecordOneAsync(Event("a", member));

        item.GetProperty("status").GetString().ShouldBe("rejected");
        (item.GetProperty("code").GetString(), item.GetProperty("field").GetString()).ShouldBe((code, field));
        item.GetProperty("id").GetString().ShouldBe("a");
        item.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("{}", "missing_field", "id")]
    [InlineData("{\"id\":\"\",\"model\":\"m\"}", "missing_field", "id")]
    [InlineData("{\"id\":\"a\"}", "missing_field", "model")]
    [InlineData("{\"model\":\"m\",\"id\":5}", "wrong_type", "id")]
    [InlineData("{\"id\":\"a\",\"model\":\"m\",\"occurred_at\":\"2019-12-31T23:59:59Z\"}", "too_old", "occurred_at")]
    [InlineData("{\"id\":\"a\",\"model\":\"m\",\"occurred_at\":\"2026-05-04T03:02:01\"}", "wrong_type", "occurred_at")]
    [InlineData("{\"id\":\"a\",\"model\":\"m\",\"occurred_at\":\"2026-05-04\"}", "wrong_type", "occurred_at")]
    [InlineData("{\"id\":\"a\",\"model\":\"m\",\"occurred_at\":\"2026-02-30T00:00:00Z\"}", "wrong_type", "occurred_at")]
    [InlineData("{\"id\":\"a\",\"model\":\"m\",\"occurred_at\":\"yesterday\"}", "wrong_type", "occurred_at")]
    [InlineData("{\"id\":\"a\",\"model\":\"m\",\"occurred_at\":1777863721}", "wrong_type", "occurred_at")]
    [InlineData("{\"id\":\"a\",\"model\":\"m\",\"occurred_at\":\"9999-12-31T23:59:59-14:00\"}", "wrong_type", "occurred_at")]
    [InlineData("{\"id\":\"a\",\"model\":\"m\",\"occurred_at\":\"9999-12-31T23:59:59Z\"}", "in_future", "occurred_at")]
    public async Task An_event_that_cannot_be_counted_says_why(string body, string code, string field)
    {
        await using var server = await TestServer.StartAsync();

        var item = await server.RecordOneAsync(body);

        (item.GetProperty("code").GetString(), item.GetProperty("field").GetString()).ShouldBe((code, field));
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("[null]")]
    [InlineData("[[{\"id\":\"a\"}]]")]
    [InlineData("[\"a\"]")]
    public async Task What_is_no_object_is_no_event(string body)
    {
        await using var server = await TestServer.StartAsync();

        (await server.RecordOneAsync(body)).GetProperty("code").GetString().ShouldBe("wrong_type");
    }

    [Fact]
    public async Task An_event_six_minutes_ahead_is_refused_and_one_four_minutes_ahead_is_not()
    {
        await using var server = await TestServer.StartAsync();

        string Ahead(int minutes) => Event("a").Replace(At, TimeProvider.System.GetUtcNow().AddMinutes(minutes).ToString("O", CultureInfo.InvariantCulture), StringComparison.Ordinal);

        (await server.RecordOneAsync(Ahead(6))).GetProperty("code").GetString().ShouldBe("in_future");
        (await server.RecordOneAsync(Ahead(4))).GetProperty("status").GetString().ShouldBe("accepted");
    }

    [Fact]
    public async Task Broken_utf8_in_a_text_refuses_that_event_only()
    {
        await using var server = await TestServer.StartAsync();
        var body = Encoding.Latin1.GetBytes(Batch([Event("a", ",\"team\":\"\xFF\xFE\""), Event("b")]));

        var answer = await server.RecordBytesAsync(body);

        answer.Counts().ShouldBe("1/0/0/0/1/0");
        answer.Json.GetProperty("items")[0].GetProperty("code").GetString().ShouldBe("invalid_text");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[{\"id\":\"a\",\"model\":\"m\"},")]
    [InlineData("[{\"id\":\"a\",\"model\":\"m\"}] x")]
    [InlineData("[{\"id\":\"a\",\"model\":\"m\"}][]")]
    [InlineData("{\"id\":\"a\",\"model\":\"m\",\"input_tokens\":NaN}")]
    [InlineData("{\"id\":\"a\",\"model\":\"m\",\"input_tokens\":01}")]
    [InlineData("{\"id\":\"a\",\"model\":\"m\",}")]
    [InlineData("// no\n[]")]
    [InlineData("7")]
    [InlineData("\"events\"")]
    [InlineData("null")]
    [InlineData("{\"events\":{}}")]
    [InlineData("{\"events\":[],\"more\":1}")]
    [InlineData("{\"events\":[],\"events\":[]}")]
    public async Task A_body_that_is_not_usage_is_refused_as_a_whole(string body)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await server.RecordAsync(body);

        answer.Status.ShouldBe(400, answer.Body);
        answer.ContentType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Nothing_of_a_body_that_breaks_off_is_stored()
    {
        await using var server = await TestServer.StartAsync();
        var whole = Batch([Event("a"), Event("b")]);

        (await server.RecordAsync(whole[..^3])).Status.ShouldBe(400);

        (await server.RecordAsync(whole)).Counts().ShouldBe("2/0/0/0/0/0");
    }

    [Fact]
    public async Task Utf16_is_refused()
    {
        await using var server = await TestServer.StartAsync();

        (await server.RecordBytesAsync([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Event("a"))])).Status.ShouldBe(400);
        (await server.RecordBytesAsync(Encoding.BigEndianUnicode.GetBytes(Event("a")))).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData(31, 200)]
    [InlineData(32, 400)]
    public async Task Nesting_ends_at_thirty_two(int depth, int status)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await server.RecordAsync(Event("a", $",\"deep\":{new string('[', depth)}{new string(']', depth)}"));

        answer.Status.ShouldBe(status, answer.Body);
    }

    [Fact]
    public async Task More_than_ten_thousand_events_are_too_many()
    {
        await using var server = await TestServer.StartAsync();

        var answer = await server.RecordAsync(Batch(Enumerable.Repeat(Event("a"), 10_001)));

        (answer.Status, answer.Code).ShouldBe((413, "too_many_events"));
        (await server.RecordAsync(Event("a"))).Counts().ShouldBe("1/0/0/0/0/0");
    }

    [Fact]
    public async Task A_body_beyond_32_MiB_is_too_large()
    {
        await using var server = await TestServer.StartAsync();

        var answer = await server.RecordBytesAsync([.. Enumerable.Repeat((byte)' ', (32 * 1024 * 1024) + 1)]);

        (answer.Status, answer.Code).ShouldBe((413, "too_large"));
    }

    [Fact]
    public async Task A_body_that_inflates_beyond_32_MiB_is_too_large()
    {
        await using var server = await TestServer.StartAsync();
        using var memory = new MemoryStream();
        await using (var packing = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
        {
            await packing.WriteAsync("["u8.ToArray(), TestServer.Cancellation);
            for (var mebibytes = 0; mebibytes < 64; mebibytes++)
            {
                await packing.WriteAsync(Enumerable.Repeat((byte)' ', 1024 * 1024).ToArray(), TestServer.Cancellation);
            }

            await packing.WriteAsync("]"u8.ToArray(), TestServer.Cancellation);
        }

        var answer = await server.RecordBytesAsync(memory.ToArray(), "gzip");

        (answer.Status, answer.Code).ShouldBe((413, "too_large"));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_body_that_is_not_packed_as_it_says_is_refused(string encoding)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await server.RecordBytesAsync(Encoding.UTF8.GetBytes(Event("a")), encoding);

        answer.Status.ShouldBe(400, answer.Body);
    }

    [Fact]
    public async Task What_does_not_say_that_it_is_JSON_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/usage") { Content = new StringContent(Event("a")) };
        request.Headers.Add("x-admin-key", TestServer.AdminKey);

        using var response = await server.Client.SendAsync(request, TestServer.Cancellation);

        (await TestAnswer.ReadAsync(response)).Code.ShouldBe("unsupported_media_type");
    }

    [Fact]
    public async Task Items_are_all_or_those_that_were_not_accepted()
    {
        await using var server = await TestServer.StartAsync();

        (await server.RecordAsync(Event("a"), "?items=some")).Status.ShouldBe(422);
    }

    [Fact]
    public async Task Nobody_without_a_key_records_usage()
    {
        await using var server = await TestServer.StartAsync();

        (await server.SendAsync("POST", "/api/v1/usage", key: null, Event("a"))).Status.ShouldBe(401);
    }
}
