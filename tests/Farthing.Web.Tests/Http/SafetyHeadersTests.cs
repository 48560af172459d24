namespace Farthing.Web.Tests.Http;

public sealed class SafetyHeadersTests
{
    [Theory]
    [InlineData("/healthz")]
    [InlineData("/api/v1/wallets")]
    [InlineData("/nowhere")]
    public async Task Every_answer_says_that_nobody_frames_keeps_or_shares_a_window_with_it(string path)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.Client.GetAsync(path, TestServer.Cancellation);

        string[] names = ["X-Content-Type-Options", "Cache-Control", "Referrer-Policy", "Content-Security-Policy", "Cross-Origin-Opener-Policy"];
        names.Select(name => string.Join(',', response.Headers.GetValues(name))).ShouldBe(
            ["nosniff", "no-store", "no-referrer", "default-src 'none'; frame-ancestors 'none'", "same-origin"]);
    }
}
