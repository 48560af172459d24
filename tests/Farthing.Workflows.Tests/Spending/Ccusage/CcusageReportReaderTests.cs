using System.Text;
using Farthing.Workflows.Spending.Ccusage;

namespace Farthing.Workflows.Tests.Spending.Ccusage;

public sealed class CcusageReportReaderTests
{
    private const string Model = """{"modelName":"m","inputTokens":1,"outputTokens":2,"cacheCreationTokens":3,"cacheReadTokens":4,"cost":0.1}""";
    private const string Row = $$""" "inputTokens":1,"outputTokens":2,"cacheCreationTokens":3,"cacheReadTokens":4,"totalCost":0.1,"modelBreakdowns":[{{Model}}]""";

    [Theory]
    [InlineData("mixed", "daily", "daily", null, CcusagePeriod.Day, CcusageLoader.Daily)]
    [InlineData("mixed", "weekly", "weekly", null, CcusagePeriod.Week, CcusageLoader.Daily)]
    [InlineData("mixed", "monthly", "monthly", null, CcusagePeriod.Month, CcusageLoader.Daily)]
    [InlineData("mixed", "session", "session", null, CcusagePeriod.Session, CcusageLoader.Session)]
    [InlineData("mixed", "blocks", "blocks", "claude", CcusagePeriod.Block, CcusageLoader.Session)]
    [InlineData("mixed", "claude-daily", "claude daily", "claude", CcusagePeriod.Day, CcusageLoader.Daily)]
    [InlineData("mixed", "claude-weekly", "claude weekly", "claude", CcusagePeriod.Week, CcusageLoader.Session)]
    [InlineData("mixed", "claude-session", "claude session", "claude", CcusagePeriod.Session, CcusageLoader.Session)]
    [InlineData("mixed", "codex-daily", "codex daily", "codex", CcusagePeriod.Day, CcusageLoader.Daily)]
    [InlineData("long", "codex-session", "codex session", "codex", CcusagePeriod.Session, CcusageLoader.Session)]
    public async Task The_kind_is_told_from_the_shape(string tree, string file, string title, string? agent, CcusagePeriod period, CcusageLoader loader)
    {
        var report = await GoldenTree.ReportAsync(tree, file);

        (report.Title, report.Agent, report.Period, report.Loader).ShouldBe((title, agent, period, loader));
    }

    [Fact]
    public async Task Projects_are_read_as_one_daily_report_of_Claude() =>
        (await ReadAsync($$"""{"projects":{"-a":[{"date":"2026-01-05",{{Row}} }],"-b":[{"date":"2026-01-05",{{Row}} }]},"totals":{} }"""))
            .Reports.ShouldHaveSingleItem().Rows.Count.ShouldBe(2);

    [Fact]
    public async Task Several_sections_are_several_reports() =>
        (await ReadAsync($$"""{"daily":[{"period":"2026-01-05","agent":"all",{{Row}} }],"weekly":[],"totals":[]}""")).Reports.Select(report => report.Title).ShouldBe(["daily", "claude weekly"]);

    [Fact]
    public async Task Whose_report_it_is_can_be_said() =>
        (await ReadAsync($$"""{"daily":[{"date":"2026-01-05",{{Row}} }]}""", "opencode")).Reports.ShouldHaveSingleItem().Title.ShouldBe("opencode daily");

    [Fact]
    public async Task Doubles_lose_their_dust_at_the_twelfth_decimal()
    {
        var reading = await ReadAsync($$"""{"daily":[{"date":"2026-01-05",{{Row.Replace("\"totalCost\":0.1", "\"totalCost\":1.3882346000000003e-1", StringComparison.Ordinal)}} }]}""");

        reading.Reports[0].Rows[0].Cost.ShouldNotBeNull().ToString().ShouldBe("0.13882346");
    }

    [Fact]
    public async Task A_report_without_costs_has_none() =>
        (await ReadAsync("""{"daily":[{"date":"2026-01-05","inputTokens":1,"outputTokens":2,"cacheCreationTokens":3,"cacheReadTokens":4,"modelBreakdowns":[]}]}"""))
            .Reports[0].Cost.ShouldBeNull();

    [Theory]
    [InlineData("", "the JSON is broken in line 1")]
    [InlineData("{", "the JSON is broken")]
    [InlineData("[]", "the JSON is not an object")]
    [InlineData("""{"sessionId":"x","entries":[]}""", "holds none of ccusage's reports")]
    [InlineData("""{"daily":3}""", "a list of rows is not an array")]
    [InlineData("""{"daily":[3]}""", "a row is not an object")]
    [InlineData("""{"daily":[{"date":"2026-01-05"}]}""", "'inputTokens' is not a number of tokens")]
    [InlineData("""{"daily":[{"inputTokens":1,"outputTokens":2,"cacheCreationTokens":3,"cacheReadTokens":4}]}""", "a row has no 'date'")]
    [InlineData("""{"daily":[{"date":"d","inputTokens":-1,"outputTokens":2,"cacheCreationTokens":3,"cacheReadTokens":4}]}""", "'inputTokens' is not a number of tokens")]
    [InlineData("""{"daily":[{"date":"d","inputTokens":1e30,"outputTokens":2,"cacheCreationTokens":3,"cacheReadTokens":4}]}""", "'inputTokens' is not a number of tokens")]
    [InlineData("""{"daily":[{"date":"d","inputTokens":1,"outputTokens":2,"cacheCreationTokens":3,"cacheReadTokens":4,"totalCost":"x"}]}""", "a cost is not a number")]
    [InlineData("""{"blocks":[{"id":"x","isGap":false}]}""", "a block has no 'tokenCounts'")]
    [InlineData("""{"blocks":[{"id":"x","isGap":false,"tokenCounts":3}]}""", "a row is not an object")]
    public async Task Bad_content_is_refused_with_a_reason_and_advice(string json, string reason)
    {
        var reading = await ReadAsync(json);

        reading.Reports.ShouldBeEmpty();
        reading.Refusal.ShouldNotBeNull().ShouldContain(reason);
        reading.Refusal.ShouldContain("--json");
    }

    [Fact]
    public async Task Nesting_without_end_is_refused() =>
        (await ReadAsync(new string('[', 200) + new string(']', 200))).Refusal.ShouldNotBeNull();

    [Fact]
    public async Task A_report_without_end_is_refused()
    {
        var blanks = new MemoryStream(Encoding.UTF8.GetBytes(new string(' ', CcusageReportReader.BytesMax + 1)));

        (await CcusageReportReader.ReadAsync(blanks, null, TestContext.Current.CancellationToken)).Refusal.ShouldNotBeNull().ShouldContain("larger than");
    }

    private static Task<CcusageReading> ReadAsync(string json, string? agent = null) =>
        CcusageReportReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(json)), agent, TestContext.Current.CancellationToken);
}
