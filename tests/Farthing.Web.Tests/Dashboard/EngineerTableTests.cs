using System.Globalization;
using System.Net;
using Farthing.Testing;
using Farthing.Web.Tests.Api.Usage;
using Farthing.Workflows.Access;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>More engineers than stand on a page.</summary>
public sealed class EngineerTableTests
{
    private const int Engineers = 250;

    [Theory]
    [InlineData("/finops/cache?range=7d", new[] { 1, 2 })]
    [InlineData("/finops/modeling?range=7d&mode=cheapest", new[] { 2, 4, 5 })]
    [InlineData("/finops/modeling?from=2026-11-09&to=2026-11-15", new[] { 2, 4, 5 })]
    public async Task Pages_of_engineers_join_and_the_lines_of_each_add_up_with_the_others_to_the_same_total(string path, int[] columns)
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var signIn = await SpendAsync(server, Engineers);

        var pages = new List<EngineerTable>();
        for (var next = path; next is not null; next = pages[^1].Next)
        {
            next.ShouldStartWith(path);
            pages.Add(EngineerTable.Of(await ReadPage.OpenAsync(server, signIn, next.Split('#')[0])));
        }

        pages.Select(static page => page.Lines.Count).ShouldBe([100, 100, 50]);
        pages.SelectMany(static page => page.Lines).Select(static line => line.Name).Distinct().Count().ShouldBe(Engineers);
        pages.Select(static page => page.Place).ShouldBe(["Engineers 1 to 100 of 250", "Engineers 101 to 200 of 250", "Engineers 201 to 250 of 250"]);
        foreach (var page in pages)
        {
            page.Foot[0].Name.ShouldBe("Engineers on other pages");
            page.Foot[^1].Name.ShouldBe("All 250 engineers");
            page.Foot[^1].Figures.ShouldBe(pages[0].Foot[^1].Figures);
            foreach (var column in columns)
            {
                page.Lines.Concat(page.Foot.SkipLast(1)).Sum(line => line.Figures[column]).ShouldBe(page.Foot[^1].Figures[column], $"{page.Place}, column {column}");
            }
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("4")]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("2&page=2")]
    [InlineData("99999999999")]
    public async Task What_is_no_page_of_the_table_means_the_first(string page)
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var signIn = await SpendAsync(server, Engineers);

        var table = EngineerTable.Of(await ReadPage.OpenAsync(server, signIn, $"/finops/cache?range=7d&page={page}"));

        table.Place.ShouldBe("Engineers 1 to 100 of 250");
        table.Next.ShouldBe("/finops/cache?range=7d&page=2#engineers");
    }

    [Fact]
    public async Task A_point_of_the_chart_leads_to_the_page_with_the_line_of_its_engineer()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var signIn = await SpendAsync(server, Engineers);

        var page = await ReadPage.OpenAsync(server, signIn, "/finops/modeling?range=7d&page=2");

        var points = page.Anchors.Where(static link => link.Href.EndsWith("#engineers", StringComparison.Ordinal) && link.Behind.StartsWith('$')).ToList();
        points.Count.ShouldBe(200);
        var groups = points.GroupBy(static point => point.Href).ToList();
        groups.Count.ShouldBe(3);
        foreach (var group in groups)
        {
            var table = EngineerTable.Of(group.Key == "#engineers" ? page : await ReadPage.OpenAsync(server, signIn, group.Key.Split('#')[0]));
            group.Select(static point => point.Text).ShouldBeSubsetOf(table.Lines.Select(static line => line.Name), group.Key);
        }
    }

    [Fact]
    public async Task A_table_that_is_whole_has_a_total_and_no_pages()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var signIn = await SpendAsync(server, 100);

        foreach (var path in new[] { "/finops/cache?range=7d", "/finops/modeling?range=7d" })
        {
            var table = EngineerTable.Of(await ReadPage.OpenAsync(server, signIn, path));

            (table.Lines.Count, table.Place, table.Next, table.Foot[^1].Name).ShouldBe((100, string.Empty, null, "Total"), path);
            table.Foot.ShouldNotContain(static line => line.Name == "Engineers on other pages");
        }
    }

    private static string NameOf(int engineer) => string.Create(CultureInfo.InvariantCulture, $"e-{engineer}");

    private static async Task<string> SpendAsync(TestServer server, int engineers)
    {
        var people = await TestPeople.SeedAsync(server);
        (await server.RecordAsync(UsageBodies.Batch(Enumerable.Range(0, engineers).Select(static engineer => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":"c-{{engineer}}","occurred_at":"2026-11-10T09:00:00Z","model":"claude-opus-4-8","user":"{{NameOf(engineer)}}","input_tokens":{{100_003 * (1 + (engineer * 37 % 101))}},"cache_read_tokens":{{7_001 * (1 + engineer)}}}"""))))).Status.ShouldBe(200);
        return (await server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret;
    }

    /// <summary>A line of the table.</summary>
    /// <param name="Name">Its head.</param>
    /// <param name="Figures">Its cells; 0 for one that holds no amount.</param>
    private sealed record Line(string Name, IReadOnlyList<decimal> Figures);

    /// <summary>The table of engineers as somebody reads it.</summary>
    private sealed record EngineerTable(IReadOnlyList<Line> Lines, IReadOnlyList<Line> Foot, string Place, string? Next)
    {
        public static EngineerTable Of(ReadPage page)
        {
            page.Status.ShouldBe(200);
            var html = page.Html[page.Html.IndexOf("id=\"engineers\"", StringComparison.Ordinal)..];
            var place = html.IndexOf("<p class=\"note\">Engineers ", StringComparison.Ordinal) is >= 0 and var at ? html[(at + "<p class=\"note\">".Length)..html.IndexOf(", most", at, StringComparison.Ordinal)] : string.Empty;
            return new(LinesIn(html, "tbody"), LinesIn(html, "tfoot"), place, page.Anchors.SingleOrDefault(static link => link.Text == "Next page")?.Href);
        }

        private static IReadOnlyList<Line> LinesIn(string html, string part)
        {
            var (from, to) = (html.IndexOf($"<{part}", StringComparison.Ordinal), html.IndexOf($"</{part}", StringComparison.Ordinal));
            return [.. html[from..to].Split("<tr").Skip(1).Select(static row => row.Split("<td").Select(TextOf).ToList()).Select(static cells => new Line(cells[0], [.. cells.Skip(1).Select(AmountOf)]))];
        }

        private static string TextOf(string cell) => WebUtility.HtmlDecode(string.Concat(cell.Split('<').Select(static part => part[(part.IndexOf('>') + 1)..]))).Trim();

        private static decimal AmountOf(string text) =>
            text.Contains('$', StringComparison.Ordinal) ? decimal.Parse(text.Replace("$", string.Empty, StringComparison.Ordinal), NumberStyles.Number, CultureInfo.InvariantCulture) : 0;
    }
}
