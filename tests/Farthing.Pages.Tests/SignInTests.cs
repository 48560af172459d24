using System.Net;
using Farthing.Domain.Usage;
using Farthing.Workflows.Access;

namespace Farthing.Pages.Tests;

/// <summary>Signing in by a link or a key, and out again.</summary>
public sealed class SignInTests(Dashboard dashboard)
{
    private static readonly Caller Operator = new() { Org = Dimensions.LocalOrg, Role = Role.Operator };

    [Fact]
    public async Task A_link_signs_in_once()
    {
        var link = await dashboard.Get<SignIns>().MakeLinkAsync(Operator, TestContext.Current.CancellationToken);
        using var client = dashboard.NewClient();

        using var first = await client.GetAsync($"/sign-in?link={link}", TestContext.Current.CancellationToken);
        using var second = await client.GetAsync($"/sign-in?link={link}", TestContext.Current.CancellationToken);

        first.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        CookieOf(first).ShouldNotBeNull().ShouldContain("samesite=strict; httponly");
        second.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        CookieOf(second).ShouldBeNull();
    }

    [Fact]
    public async Task A_link_is_not_used_up_by_a_browser_that_fetches_ahead()
    {
        var link = await dashboard.Get<SignIns>().MakeLinkAsync(Operator, TestContext.Current.CancellationToken);

        using var ahead = await SendAsync(HttpMethod.Get, $"/sign-in?link={link}", headers: ("Sec-Purpose", "prefetch"));
        using var followed = await SendAsync(HttpMethod.Get, $"/sign-in?link={link}");

        CookieOf(ahead).ShouldBeNull();
        followed.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task Secrets_of_one_kind_open_nothing_of_another()
    {
        var stop = TestContext.Current.CancellationToken;
        var link = await dashboard.Get<SignIns>().MakeLinkAsync(Operator, stop);
        var signIn = (await dashboard.Get<SignIns>().EnterAsync(dashboard.People.Admin, "test", stop)).Value.Secret;

        foreach (var secret in new[] { link, signIn, "fk" + link[2..], "fk" + signIn[2..] })
        {
            using var answer = await SendAsync(HttpMethod.Get, "/api/v1/keys", headers: ("Authorization", $"Bearer {secret}"));
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, secret[..2]);
        }

        using var byCookie = await SendAsync(HttpMethod.Get, "/api/v1/keys", signIn);
        using var byKey = await SendAsync(HttpMethod.Get, "/", dashboard.People.Admin);
        byCookie.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        byKey.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_sign_in_ends_with_the_key_that_made_it()
    {
        var stop = TestContext.Current.CancellationToken;
        var keys = dashboard.Get<ManageKeys>();
        var key = (await keys.CreateAsync(Operator, new() { Name = "short", Role = Role.Finance }, stop)).Value;
        var signIn = (await dashboard.Get<SignIns>().EnterAsync(key.Secret, "test", stop)).Value.Secret;
        using var before = await SendAsync(HttpMethod.Get, "/sign-ins", signIn);

        await keys.RevokeAsync(Operator, key.Stored.Key.Id, stop);

        using var after = await SendAsync(HttpMethod.Get, "/sign-ins", signIn);
        before.StatusCode.ShouldBe(HttpStatusCode.OK);
        after.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_form_without_its_token_or_from_another_site_changes_nothing()
    {
        var signIn = (await dashboard.Get<SignIns>().EnterAsync(dashboard.People.Admin, "test", TestContext.Current.CancellationToken)).Value.Secret;

        using var bare = await SendAsync(HttpMethod.Post, "/sign-out", signIn);
        using var foreign = await SendAsync(HttpMethod.Post, "/sign-out", signIn, ("Sec-Fetch-Site", "cross-site"));
        using var still = await SendAsync(HttpMethod.Get, "/sign-ins", signIn);

        bare.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        foreign.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        still.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Signing_in_by_key_leads_to_the_page_that_was_asked_for_and_signing_out_closes_it()
    {
        await using var window = await dashboard.OpenAsync(key: null);
        await window.GoAsync("/finops?range=7d", 401);
        await window.ShootAsync("sign-in");
        (await window.StumblesAsync()).ShouldBeEmpty();

        window.Expect(401, "/sign-in");
        await window.Page.FillAsync("#key", "fk_aaaaaaaa_" + new string('A', 43));
        await window.Page.ClickAsync("button[type=submit]");
        (await window.Page.InnerTextAsync("#problem")).ShouldContain("does not work");

        await window.Page.FillAsync("#key", dashboard.People.Lead);
        await window.Page.ClickAsync("button[type=submit]");
        await window.Page.WaitForURLAsync("**/finops?range=7d");

        await window.Page.ClickAsync("text=Sign out");
        await window.Page.WaitForURLAsync("**/sign-in");
        await window.GoAsync("/", 401);
        window.Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    public async Task Signing_in_leads_nowhere_else(string to)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = new FormUrlEncodedContent([new("key", dashboard.People.Admin), new("to", to)]) };
        using var client = dashboard.NewClient();

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        answer.Headers.Location!.OriginalString.ShouldBe("/");
    }

    [Fact]
    public async Task A_browser_that_is_ended_is_out_at_once()
    {
        // Somebody whom no other test signs in, so that the other browser is the only other one.
        var key = (await dashboard.Get<ManageEngineers>().CreateAsync(Operator, "Two Browsers", "two-browsers@example.org", null, TestContext.Current.CancellationToken)).Value.Secret;
        await using var window = await dashboard.OpenAsync(key);
        await using var other = await dashboard.OpenAsync(key);
        await window.GoAsync("/sign-ins");

        // A click does not wait for what it sends.
        await window.Page.RunAndWaitForResponseAsync(
            () => window.Page.ClickAsync("tbody tr:not(:has-text('This browser')) button"),
            static response => response.Request.Method == "GET" && response.Url.EndsWith("/sign-ins?done=sign-in-ended", StringComparison.Ordinal));

        await other.GoAsync("/", 401);
        await window.GoAsync("/");
    }

    private static string? CookieOf(HttpResponseMessage answer) => answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Single() : null;

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? cookie = null, params (string Name, string Value)[] headers)
    {
        using var client = dashboard.NewClient();
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post)
        {
            request.Content = new FormUrlEncodedContent([]);
        }

        if (cookie is not null)
        {
            request.Headers.Add("Cookie", $"farthing_sign_in={cookie}");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
