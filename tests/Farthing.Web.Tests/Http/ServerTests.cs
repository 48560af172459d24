using System.Net.Sockets;
using System.Text;

namespace Farthing.Web.Tests.Http;

public sealed class ServerTests
{
    [Theory]
    [InlineData("/healthz", "ok")]
    [InlineData("/readyz", "ready")]
    public async Task Health_needs_no_key(string path, string status)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await server.SendAsync("GET", path);

        answer.Status.ShouldBe(200);
        answer.Text("status").ShouldBe(status);
    }

    [Fact]
    public async Task Answers_carry_safety_headers_and_do_not_name_the_server()
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.Client.GetAsync("/healthz", TestServer.Cancellation);

        response.Headers.Contains("Server").ShouldBeFalse();
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Theory]
    [InlineData("GET", "/nothing", 404, "no_such_path")]
    [InlineData("GET", "/api/v1/nothing", 404, "no_such_path")]
    [InlineData("DELETE", "/healthz", 405, "method_not_allowed")]
    [InlineData("TRACE", "/healthz", 405, "method_not_allowed")]
    public async Task What_does_not_exist_is_refused_as_a_problem(string method, string path, int status, string code)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await server.SendAsync(method, path);

        answer.Status.ShouldBe(status);
        answer.ContentType.ShouldBe("application/problem+json");
        answer.Code.ShouldBe(code);
        answer.Json.GetProperty("status").GetInt32().ShouldBe(status);
    }

    [Fact]
    public async Task A_header_line_without_end_is_cut_off()
    {
        await using var server = await TestServer.StartAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", server.Client.BaseAddress!.Port, TestServer.Cancellation);

        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("GET /healthz HTTP/1.1\r\nHost: x\r\nx-long: " + new string('a', 64 * 1024)), TestServer.Cancellation);
        using var reader = new StreamReader(stream);

        (await reader.ReadLineAsync(TestServer.Cancellation)).ShouldBe("HTTP/1.1 431 Request Header Fields Too Large");
    }
}
