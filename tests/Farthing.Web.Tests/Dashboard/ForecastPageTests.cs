using System.Globalization;
using System.Net;
using Farthing.Testing;
using Farthing.Web.Tests.Api.Usage;
using Farthing.Workflows.Access;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>The days that the page of the forecast draws.</summary>
public sealed class ForecastPageTests
{
    [Theory]
    [InlineData(12, "-12 -11 -3")]
    [InlineData(60, "-90 -10 -9 -8")]
    [InlineData(2, "-2 0")]
    public async Task Days_of_the_past_without_calls_are_drawn_as_days_that_cost_nothing(int past, string days)
    {
        var time = new ManualTime();
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = time });
        var people = await TestPeople.SeedAsync(server);
        var spent = days.Split(' ').Select(static day => int.Parse(day, CultureInfo.InvariantCulture)).ToList();
        (await server.RecordAsync(UsageBodies.Batch(spent.Select(day =>
            $$"""{"id":"c{{day}}","occurred_at":"{{time.GetUtcNow().AddDays(day).AddMinutes(-1):O}}","model":"claude-opus-4-6","input_tokens":1000000}""")))).Status.ShouldBe(200);
        var signIn = (await server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret;

        var page = await ReadPage.OpenAsync(server, signIn, "/finops/forecast");
        var rows = RowsOf(page);

        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        rows.Take(past + 1).Select(static row => row.Day).ShouldBe(Enumerable.Range(-past, past + 1).Select(day => today.AddDays(day).ToString("d MMM", CultureInfo.InvariantCulture)));
        rows.Take(past).Select(static row => row.Actual).ShouldBe(Enumerable.Range(-past, past).Select(day => spent.Contains(day) ? "$5.00" : "$0.00"));
        page.Anchors.ShouldContain(static link => link.Href == "#days" && link.Text.StartsWith('$'), "The straight line leads to the days that it is the sum of.");
        page.Html.ShouldContain("id=\"days\"");
        rows[past].Actual.ShouldBe(spent.Contains(0) ? "$5.00" : "–");
    }

    /// <summary>The rows of the table behind the chart.</summary>
    private static List<(string Day, string Actual)> RowsOf(ReadPage page)
    {
        var table = WebUtility.HtmlDecode(page.Html[page.Html.IndexOf("<th scope=\"col\">Day</th>", StringComparison.Ordinal)..]);
        return
        [
            .. table[..table.IndexOf("</table>", StringComparison.Ordinal)].Split("<tr>").Skip(1)
                .Select(static row => row.Split('<').Select(static part => part[(part.IndexOf('>') + 1)..].Trim()).Where(static text => text.Length > 0).ToList())
                .Select(static cells => (cells[0], cells[1])),
        ];
    }
}
