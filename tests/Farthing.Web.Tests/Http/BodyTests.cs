using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Farthing.Web.Tests.Api;

namespace Farthing.Web.Tests.Http;

/// <summary>What bodies may be, shown at an endpoint that takes one.</summary>
public sealed class BodyTests
{
    private const string Teams = "/api/v1/teams";
    private const int BombBytes = 256 * 1024 * 1024;

    [Theory]
    [InlineData("""{"name":"T","is_admin":true}""", "unknown_field", "is_admin")]
    [InlineData("""{"name":"T","org":"other"}""", "unknown_field", "org")]
    [InlineData("""{"name":"T","balance":"1000000"}""", "unknown_field", "balance")]
    [InlineData("""{"name":"T","id":"x"}""", "unknown_field", "id")]
    [InlineData("""{"Name":"T"}""", "unknown_field", "Name")]
    [InlineData("""{"name":"T","name":"U"}""", "duplicate_field", "name")]
    [InlineData("""{}""", "missing_field", "name")]
    [InlineData("""{"name":"T"} trailing""", "malformed", null)]
    [InlineData("""[]""", "malformed", null)]
    [InlineData("""{"name":""", "malformed", "name")]
    [InlineData("", "malformed", null)]
    public async Task What_does_not_fit_is_refused_with_its_name(string body, string code, string? field)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await server.SendAsync("POST", Teams, TestServer.AdminKey, body);

        answer.Status.ShouldBe(400, answer.Body);
        answer.ContentType.ShouldBe("application/problem+json");
        answer.Code.ShouldBe(code, answer.Body);
        answer.Text("field").ShouldBe(field, answer.Body);
        answer.Body.ShouldNotContain("Farthing.");
        answer.Body.ShouldNotContain("System.");
    }

    [Theory]
    [InlineData("""{"name":null}""")]
    [InlineData("""{"name":5}""")]
    [InlineData("""{"name":{"a":[]}}""")]
    public async Task A_member_that_cannot_be_what_it_must_be_is_refused_with_its_name(string body)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await server.SendAsync("POST", Teams, TestServer.AdminKey, body);

        (answer.Status, answer.Code, answer.Text("field")).ShouldBe((422, "wrong_type", "name"), answer.Body);
        answer.Body.ShouldNotContain("System.");
    }

    [Theory]
    [InlineData("/api/v1/teams", """{"name":"T","role":"admin"}""")]
    [InlineData("/api/v1/engineers", """{"name":"D","email":"d@example.org","role":"admin"}""")]
    [InlineData("/api/v1/engineers", """{"name":"D","email":"d@example.org","org":"other"}""")]
    [InlineData("/api/v1/engineers", """{"name":"D","email":"d@example.org","is_admin":true}""")]
    [InlineData("/api/v1/keys", """{"name":"k","role":"service","org":"other"}""")]
    [InlineData("/api/v1/keys", """{"name":"k","role":"service","hash":"AA=="}""")]
    [InlineData("/api/v1/orgs", """{"name":"o","id":"local"}""")]
    public async Task Fields_that_a_body_does_not_know_cannot_be_smuggled_in(string path, string body)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await server.SendAsync("POST", path, TestServer.AdminKey, body);

        (answer.Status, answer.Code).ShouldBe((400, "unknown_field"));
    }

    [Fact]
    public async Task Json_nests_thirty_two_deep_and_no_deeper()
    {
        await using var server = await TestServer.StartAsync();

        var answer = await server.SendAsync("POST", Teams, TestServer.AdminKey, new string('[', 1_000_000));

        answer.Status.ShouldBe(400);
    }

    [Theory]
    [InlineData(" ", 422)]
    [InlineData("two\\nlines", 422)]
    [InlineData("Ops \\u00e4\\u4e2d\\ud83d\\ude00", 201)]
    public async Task A_name_says_something_in_one_line(string name, int status)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await server.SendAsync("POST", Teams, TestServer.AdminKey, $$"""{"name":"{{name}}"}""");

        answer.Status.ShouldBe(status, answer.Body);
    }

    [Theory]
    [InlineData(256, 201)]
    [InlineData(257, 422)]
    public async Task A_name_has_at_most_256_characters(int length, int status)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await server.SendAsync("POST", Teams, TestServer.AdminKey, $$"""{"name":"{{new string('x', length)}}"}""");

        answer.Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_body_may_be_deflated(string encoding)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await SendEncodedAsync(server, encoding, Deflate(encoding, Encoding.UTF8.GetBytes("""{"name":"T"}"""), 1));

        answer.Status.ShouldBe(201, answer.Body);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_bomb_is_defused_at_32_mebibytes(string encoding)
    {
        await using var server = await TestServer.StartAsync();
        var spaces = new byte[1024 * 1024];
        Array.Fill(spaces, (byte)' ');

        var answer = await SendEncodedAsync(server, encoding, Deflate(encoding, spaces, BombBytes / spaces.Length));

        (answer.Status, answer.Code).ShouldBe((413, "too_large"));
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip, gzip")]
    public async Task An_encoding_that_nobody_undoes_is_refused(string encoding)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await SendEncodedAsync(server, encoding, [1, 2, 3]);

        (answer.Status, answer.Code).ShouldBe((415, "unsupported_encoding"));
    }

    [Theory]
    [InlineData("gzip", Teams)]
    [InlineData("br", Teams)]
    [InlineData("deflate", Teams)]
    [InlineData("gzip", "/api/v1/usage")]
    [InlineData("br", "/api/v1/usage")]
    [InlineData("deflate", "/api/v1/usage")]
    [InlineData("br", "/api/v1/wallets")]
    public async Task A_body_that_is_not_what_its_encoding_says_is_refused(string encoding, string path)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await SendEncodedAsync(server, encoding, """{"name":"T"}"""u8.ToArray(), path);

        (answer.Status, answer.Code, answer.Text("field")).ShouldBe((400, "malformed", "Content-Encoding"), answer.Body);
        answer.ContentType.ShouldBe("application/problem+json");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_body_that_is_cut_off_is_refused(string encoding)
    {
        await using var server = await TestServer.StartAsync();
        var whole = Deflate(encoding, Encoding.UTF8.GetBytes("""{"name":"Those who look after the ledger"}"""), 1);

        var answer = await SendEncodedAsync(server, encoding, whole[..(whole.Length / 2)]);

        (answer.Status, answer.ContentType).ShouldBe((400, "application/problem+json"), answer.Body);
    }

    [Theory]
    [InlineData(32, 200)]
    [InlineData(33, 400)]
    public async Task A_body_nests_thirty_two_deep_and_no_deeper(int depth, int status)
    {
        await using var till = await Till.OpenAsync();
        await till.PostAsync("runs", """{"id":"r1","user":"ada"}""");
        const int own = 2;
        var nest = string.Concat(Enumerable.Repeat("""{"deeper":""", depth - own)) + "0" + new string('}', depth - own);

        var answer = await till.PostAsync("runs/r1/complete", $$$"""{"outcome":"failed","activity_overview":{"total_cost":0.5,"more":{{{nest}}}}}""");

        answer.Status.ShouldBe(status, answer.Body);
    }

    [Fact]
    public async Task A_body_that_is_not_json_is_refused_for_its_type()
    {
        await using var server = await TestServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, Teams) { Content = new StringContent("""{"name":"T"}""") };
        request.Headers.Add("x-admin-key", TestServer.AdminKey);

        using var response = await server.Client.SendAsync(request, TestServer.Cancellation);

        var answer = await TestAnswer.ReadAsync(response);
        (answer.Status, answer.Code).ShouldBe((415, "unsupported_media_type"));
    }

    [Fact]
    public async Task A_chunked_body_without_end_is_cut_off()
    {
        await using var server = await TestServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, Teams) { Content = new EndlessContent() };
        request.Headers.Add("x-admin-key", TestServer.AdminKey);
        request.Headers.ExpectContinue = false;

        int? status = null;
        try
        {
            using var response = await server.Client.SendAsync(request, TestServer.Cancellation);
            status = (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            // The connection may be closed while the client still sends, before it has read the answer.
        }

        status.ShouldBeOneOf(413, null);
        (await server.SendAsync("GET", "/healthz")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_store_that_fails_is_answered_with_503_and_a_mistake_with_500_without_a_story()
    {
        await using var failing = await TestServer.StartAsync(new() { Replace = services => services.AddTeams(new FailingTeams(new IOException("disk full"))) });
        await using var mistaken = await TestServer.StartAsync(new() { Replace = services => services.AddTeams(new FailingTeams(new InvalidOperationException("secret story"))) });

        var unavailable = await failing.SendAsync("GET", Teams, TestServer.AdminKey);
        var wrong = await mistaken.SendAsync("GET", Teams, TestServer.AdminKey);

        (unavailable.Status, unavailable.Code, unavailable.RetryAfter).ShouldBe((503, "store_unavailable", "1"));
        (wrong.Status, wrong.Code).ShouldBe((500, "internal"));
        wrong.Body.ShouldNotContain("secret story");
        mistaken.Log.ShouldContain("secret story");
    }

    private static async Task<TestAnswer> SendEncodedAsync(TestServer server, string encoding, byte[] body, string path = Teams)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Headers.Add("x-admin-key", TestServer.AdminKey);
        request.Content.Headers.ContentType = new("application/json");
        request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        using var response = await server.Client.SendAsync(request, TestServer.Cancellation);
        return await TestAnswer.ReadAsync(response);
    }

    private static byte[] Deflate(string encoding, byte[] part, int times)
    {
        using var packed = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            _ => new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true),
        })
        {
            for (var count = 0; count < times; count++)
            {
                stream.Write(part);
            }
        }

        return packed.ToArray();
    }

    /// <summary>A body that goes on until the connection is closed.</summary>
    private sealed class EndlessContent : HttpContent
    {
        public EndlessContent() => Headers.ContentType = new MediaTypeHeaderValue("application/json");

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            var spaces = Encoding.ASCII.GetBytes(new string(' ', 64 * 1024));
            for (var sent = 0; sent < BombBytes; sent += spaces.Length)
            {
                await stream.WriteAsync(spaces);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
