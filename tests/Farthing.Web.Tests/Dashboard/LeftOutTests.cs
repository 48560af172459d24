using System.Net;
using System.Text.RegularExpressions;
using Farthing.Testing;
using Farthing.Web.Tests.Api.Usage;
using Farthing.Workflows.Access;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>What a page says of an address that it does not understand in full.</summary>
public sealed partial class LeftOutTests
{
    private const string Said = "Not understood and left out:";
    private const int MatchMillisecondsMax = 2_000;

    [Theory]
    [InlineData("/explorer?modle=gpt-5.5", "modle=gpt-5.5")]
    [InlineData("/explorer?from=2026-13-01&to=2026-12-01", "from=2026-13-01, to=2026-12-01")]
    [InlineData("/explorer?from=2026-12-01", "from=2026-12-01")]
    [InlineData("/explorer?range=xx&model=a", "range=xx")]
    [InlineData("/explorer?by=nope", "by=nope")]
    [InlineData("/explorer?by=model&show=zz&grain=hour&sort=zz&order=down&top=7", "show=zz, grain=hour, sort=zz, order=down, top=7")]
    [InlineData("/explorer/bridge?before=zz&before-from=2026-01-01", "before=zz, before-from=2026-01-01")]
    [InlineData("/sessions?sort=zzz&outcome=nope&after=x", "sort=zzz, outcome=nope, after=x")]
    [InlineData("/calls?before=zz&pricing=zz&show=zz", "before=zz, pricing=zz, show=zz")]
    [InlineData("/finops?range=xx&work=some", "range=xx, work=some")]
    [InlineData("/finops/cache?page=0", "page=0")]
    [InlineData("/finops/cache/savings?team=a", "team=a")]
    [InlineData("/finops/modeling?mode=zz&provider=zz", "mode=zz, provider=zz")]
    [InlineData("/admin/quality?range=xx", "range=xx")]
    [InlineData("/calls?x=%3Cscript%3E", "x=<script>")]
    public async Task What_is_not_understood_of_an_address_is_told(string path, string leftOut)
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });

        var page = await ReadPage.OpenAsync(server, await SignInAsync(server), path);

        page.Status.ShouldBe(200);
        WebUtility.HtmlDecode(Tag().Replace(Line().Match(page.Html).Groups["said"].Value, string.Empty)).Trim().ShouldBe(leftOut);
        page.Html.ShouldNotContain("<script>");
    }

    [Fact]
    public async Task No_more_is_told_than_a_line_has_room_for()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });

        var page = await ReadPage.OpenAsync(server, await SignInAsync(server), $"/explorer?{string.Join('&', Enumerable.Range(0, 50).Select(static at => $"q{at}={new string('x', 100)}"))}");

        Line().Match(page.Html).Groups["said"].Value.Length.ShouldBeLessThan(1_000);
    }

    [Fact]
    public async Task Every_page_understands_the_links_that_pages_have_and_what_forms_add()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var signIn = await SignInAsync(server);
        await server.RecordAsync(UsageBodies.Batch([.. Enumerable.Range(0, 60).Select(static at =>
            $$"""{"id":"c-{{at}}","occurred_at":"2026-11-{{(at % 15) + 1:00}}T09:00:00Z","model":"claude-opus-4-{{(at % 4) + 5}}","input_tokens":{{1000 + at}},"cache_read_tokens":3000,"session":"s-{{at}}","user":"u-{{at % 3}}","agent":"claude"}""")]));
        string[] begun = ["/", "/finops", "/finops/cache", "/finops/cache/savings", "/finops/modeling?mode=cheapest", "/explorer?by=team,engineer&show=tokens&sort=name&order=up&top=10", "/explorer/bridge?before=month", "/sessions?sort=cost", "/calls?pricing=exact", "/admin/quality", "/calls?form=1&add-model=x&was-from=1", "/explorer?form=1&add-engineer=nobody"];
        var followed = 0;

        foreach (var path in begun)
        {
            var page = await ReadPage.OpenAsync(server, signIn, path);
            page.Html.ShouldNotContain(Said, Case.Sensitive, path);
            foreach (var link in page.Anchors.Select(static link => link.Href.Split('#')[0]).Where(static href => href.Contains('?', StringComparison.Ordinal) && href[0] == '/').Distinct().Take(25))
            {
                (await ReadPage.OpenAsync(server, signIn, link)).Html.ShouldNotContain(Said, Case.Sensitive, link);
                followed++;
            }
        }

        followed.ShouldBeGreaterThan(60);
    }

    private static async Task<string> SignInAsync(TestServer server)
    {
        var people = await TestPeople.SeedAsync(server);
        return (await server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret;
    }

    [GeneratedRegex("Not understood and left out: (?<said>.*?)</p>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, MatchMillisecondsMax)]
    private static partial Regex Line();

    [GeneratedRegex("</?span[^>]*>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchMillisecondsMax)]
    private static partial Regex Tag();
}
