using Farthing.Domain.Pricing;
using Farthing.Testing;
using Farthing.Web.Dashboard.Frame;
using Farthing.Workflows.Access;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>Where prices were read.</summary>
public sealed class PriceSourceTests
{
    private static readonly IReadOnlyList<CatalogSource> Lists =
        [new("litellm", "https://github.com/BerriAI/litellm prices.json (a copy)", "MIT", "2026-08-01", "base"), new("curated", "overrides.json", "own", "2026-11-20", "wins")];

    [Theory]
    [InlineData("https://ai.example/prices", "https://ai.example/prices", "ai.example", "")]
    [InlineData("ai.example/docs/pricing (copies read 2026-09-01)", "https://ai.example/docs/pricing", "ai.example", " (copies read 2026-09-01)")]
    [InlineData("ai.example/docs/pricing; litellm", "https://ai.example/docs/pricing", "ai.example", "; litellm")]
    [InlineData("litellm", "https://github.com/BerriAI/litellm", "litellm", "")]
    public void A_source_that_is_a_page_leads_there(string source, string page, string name, string behind)
    {
        var found = PriceSource.Of(source, Lists).ShouldNotBeNull();

        (found.Page.AbsoluteUri, found.Name, found.Behind).ShouldBe((page, name, behind));
    }

    [Theory]
    [InlineData("")]
    [InlineData("contract")]
    [InlineData("curated")]
    [InlineData("http://ai.example/prices")]
    [InlineData("javascript:alert(1)")]
    [InlineData("javascript:alert(1)/ai.example")]
    [InlineData("https://somebody@ai.example/prices")]
    [InlineData("Mistral Medium 3 / 3.1")]
    [InlineData("//ai.example/prices")]
    public void A_source_that_is_no_page_is_told_in_its_own_words(string source) => PriceSource.Of(source, Lists).ShouldBeNull();

    [Fact]
    public async Task The_list_of_prices_and_the_page_of_one_lead_to_where_they_were_read()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        var signIn = (await server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret;

        foreach (var path in (string[])["/prices?q=claude-sonnet-4-5", "/prices/anthropic/claude-sonnet-4-5"])
        {
            var page = await ReadPage.OpenAsync(server, signIn, path);

            page.Anchors.ShouldContain(static link => link.Href.StartsWith("https://", StringComparison.Ordinal) && link.Text.Contains('.', StringComparison.Ordinal), path);
            page.Html.ShouldContain("rel=\"noreferrer noopener\"");
        }
    }
}
