using System.Net;
using Farthing.Domain.Usage;
using Farthing.Workflows.Access;

namespace Farthing.Web.Tests.Http;

/// <summary>What a proxy in front says about its callers.</summary>
public sealed class ForwardedCallersTests
{
    private static readonly IPNetwork Loopback = IPNetwork.Parse("127.0.0.0/8");
    private static readonly IPNetwork Elsewhere = IPNetwork.Parse("10.0.0.0/8");

    [Fact]
    public async Task The_cookie_of_a_sign_in_is_kept_to_https_when_a_known_proxy_was_called_by_https()
    {
        (await CookieAsync([Loopback], "https")).ShouldContain("; secure; ");
        (await CookieAsync([Loopback], "http")).ShouldNotContain("secure");
        (await CookieAsync([Loopback], null)).ShouldNotContain("secure");
    }

    [Fact]
    public async Task Nobody_is_believed_who_is_not_named_not_even_this_machine()
    {
        (await CookieAsync([], "https")).ShouldNotContain("secure");
        (await CookieAsync([Elsewhere], "https")).ShouldNotContain("secure");
    }

    [Fact]
    public async Task Wrong_keys_are_counted_by_the_address_that_a_known_proxy_tells()
    {
        await using var believing = await StartAsync([Loopback], wrongKeysMax: 1);
        await using var doubting = await StartAsync([], wrongKeysMax: 1);

        (await GuessAsync(believing, "192.0.2.1"), await GuessAsync(believing, "192.0.2.1"), await GuessAsync(believing, "192.0.2.2")).ShouldBe((401, 429, 401));
        (await GuessAsync(doubting, "192.0.2.1"), await GuessAsync(doubting, "192.0.2.2")).ShouldBe((401, 429));
    }

    private static Task<TestServer> StartAsync(IReadOnlyList<IPNetwork> proxies, int wrongKeysMax = 1_000) =>
        TestServer.StartAsync(new TestServerOptions { Proxies = proxies, WrongKeysMax = wrongKeysMax });

    private static async Task<string> CookieAsync(IReadOnlyList<IPNetwork> proxies, string? scheme)
    {
        await using var server = await StartAsync(proxies);
        var link = await server.Get<SignIns>().MakeLinkAsync(new() { Org = Dimensions.LocalOrg, Role = Role.Operator }, TestServer.Cancellation);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Client.BaseAddress!, $"/sign-in?link={link}"));
        if (scheme is not null)
        {
            request.Headers.Add("X-Forwarded-Proto", scheme);
        }

        using var answer = await client.SendAsync(request, TestServer.Cancellation);
        return answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
    }

    private static async Task<int> GuessAsync(TestServer server, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/keys");
        request.Headers.Authorization = new("Bearer", "fk_guess");
        request.Headers.Add("X-Forwarded-For", address);
        using var answer = await server.Client.SendAsync(request, TestServer.Cancellation);
        return (int)answer.StatusCode;
    }
}
