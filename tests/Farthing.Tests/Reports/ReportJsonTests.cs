using System.Text.Json;
using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Testing;

namespace Farthing.Tests.Reports;

public sealed class ReportJsonTests
{
    /// <summary>The names that ccusage 20.0.24 writes in every line, total and part by model.</summary>
    private static readonly string[] CcusageRow =
    [
        "agent", "cacheCreationTokens", "cacheReadTokens", "inputTokens", "metadata", "modelBreakdowns", "modelsUsed", "outputTokens", "period",
        "totalCost", "totalTokens",
    ];

    private static readonly string[] CcusageTotals = ["cacheCreationTokens", "cacheReadTokens", "inputTokens", "outputTokens", "totalCost", "totalTokens"];

    private static readonly string[] CcusageModel = ["cacheCreationTokens", "cacheReadTokens", "cost", "inputTokens", "modelName", "outputTokens"];

    private static readonly string[] CcusageBlock =
    [
        "actualEndTime", "burnRate", "costUSD", "endTime", "entries", "id", "isActive", "isGap", "models", "projection", "startTime", "tokenCounts",
        "totalTokens",
    ];

    [Theory]
    [InlineData("daily", "daily --last 2")]
    [InlineData("weekly", "weekly --last 1")]
    [InlineData("monthly", "monthly --last 1")]
    [InlineData("session", "session --since 2026-03-16")]
    [InlineData("blocks", "blocks --recent --agent all --since 2026-03-17")]
    [InlineData("home", "--since 2026-03-17")]
    public async Task An_example_stands_in_the_reference(string name, string line)
    {
        var json = await RunAsync($"{line} --json");

        GoldenFile.Compare(json, $"docs/reference/examples/{name}.json");
    }

    [Theory]
    [InlineData("daily", "daily")]
    [InlineData("daily", "daily --by agent")]
    [InlineData("daily", "daily --by project --breakdown")]
    [InlineData("daily", "daily --since 2030-01-01")]
    [InlineData("weekly", "weekly --by branch --start-of-week sunday")]
    [InlineData("monthly", "monthly --by session --order desc")]
    [InlineData("monthly", "monthly --by model --agent codex")]
    [InlineData("session", "session --by branch")]
    [InlineData("session", "session --since 2030-01-01")]
    [InlineData("blocks", "blocks")]
    [InlineData("blocks", "blocks --active --agent all --token-limit 100000 --session-length 12 --breakdown")]
    [InlineData("blocks", "blocks --by project --agent all")]
    [InlineData("home", "--since 2026-02-01 --until 2026-02-28")]
    [InlineData("home", "--by agent")]
    [InlineData("home", "--by branch --agent codex")]
    public async Task The_answer_fits_its_schema(string schema, string line) =>
        SchemaCheck.Faults(await RunAsync($"{line} --json"), $"{schema}.schema.json").ShouldBeEmpty();

    [Fact]
    public void The_schema_check_finds_what_is_wrong()
    {
        SchemaCheck.Faults("""{ "daily": [{}], "totals": 5, "more": 1 }""", "daily.schema.json").ShouldContain("$ lacks timezone");
        SchemaCheck.Faults("""{ "daily": [], "totals": 5, "timezone": "UTC" }""", "daily.schema.json").ShouldContain("$.totals is Number, not object");
        SchemaCheck.Faults("""{ "blocks": [{ "burnRate": 1 }], "timezone": "UTC" }""", "blocks.schema.json").ShouldContain("$.blocks[0].burnRate fits none of its forms");
        SchemaCheck.Faults("""{ "blocks": [], "timezone": "UTC", "x": 0 }""", "blocks.schema.json").ShouldBe(["$ has x, which is not described"]);
    }

    [Theory]
    [InlineData("daily", "daily")]
    [InlineData("weekly", "weekly")]
    [InlineData("monthly", "monthly")]
    [InlineData("session", "session")]
    public async Task Lines_have_the_names_that_scripts_for_ccusage_read(string line, string list)
    {
        using var report = JsonDocument.Parse(await RunAsync($"{line} --json"));

        NamesOf(report.RootElement).ShouldBe([list, "timezone", "totals"], ignoreOrder: true);
        CcusageTotals.Append("unpricedModels").ShouldBeSubsetOf(NamesOf(report.RootElement.GetProperty("totals")));
        report.RootElement.GetProperty(list).GetArrayLength().ShouldBeGreaterThan(0);
        foreach (var row in report.RootElement.GetProperty(list).EnumerateArray())
        {
            CcusageRow.ShouldBeSubsetOf(NamesOf(row));
            NamesOf(row.GetProperty("metadata")).ShouldContain(line == "session" ? "lastActivity" : "agents");
            row.GetProperty("modelBreakdowns").EnumerateArray().ShouldAllBe(model => !CcusageModel.Except(NamesOf(model)).Any());
        }
    }

    [Fact]
    public async Task Blocks_have_the_names_that_scripts_for_ccusage_read()
    {
        using var report = JsonDocument.Parse(await RunAsync("blocks --json"));

        foreach (var block in report.RootElement.GetProperty("blocks").EnumerateArray())
        {
            CcusageBlock.ShouldBeSubsetOf(NamesOf(block));
            NamesOf(block.GetProperty("tokenCounts")).ShouldBe(
                ["cacheCreationInputTokens", "cacheReadInputTokens", "inputTokens", "outputTokens"], ignoreOrder: true);
        }
    }

    [Fact]
    public async Task Rows_per_agent_add_up_to_their_line()
    {
        using var report = JsonDocument.Parse(await RunAsync("monthly --by-agent --json"));

        foreach (var row in report.RootElement.GetProperty("monthly").EnumerateArray())
        {
            var agents = row.GetProperty("agents").EnumerateArray().ToList();
            agents.Select(agent => agent.GetProperty("agent").GetString()).ShouldBe(["claude", "codex"]);
            agents.Sum(agent => agent.GetProperty("totalCost").GetDecimal()).ShouldBe(row.GetProperty("totalCost").GetDecimal());
            agents.Sum(agent => agent.GetProperty("totalTokens").GetInt64()).ShouldBe(row.GetProperty("totalTokens").GetInt64());
        }
    }

    [Fact]
    public async Task Money_is_an_exact_number()
    {
        var at = SampleSpend.Now.AddHours(-1);
        using var run = new CommandRun(
        [
            SampleSpend.Call(at, "m", new() { Input = 1 }, usd: "0.1"),
            SampleSpend.Call(at, "m", new() { Input = 1 }, usd: "0.2"),
            SampleSpend.Call(at, "m", new() { Input = 1 }, usd: "123456789012.000000000001"),
            SampleSpend.Call(at, "guess", new() { Input = 1 }, PricingStatus.Fallback, usd: "0.000000000007"),
        ]);

        (await run.RunAsync("daily", "--json")).ShouldBe(0);

        run.Out.ShouldContain("\"totalCost\": 123456789012.300000000001,");
        run.Out.ShouldContain("\"estimatedCost\": 0.000000000007,");
    }

    [Fact]
    public async Task The_total_is_the_sum_of_all_calls()
    {
        var whole = SampleSpend.Calls().Aggregate(Usd.Zero, (sum, call) =>
            call.Rating.Card.Status is PricingStatus.Exact or PricingStatus.AssumedHost ? sum + call.Rating.Cost.Total : sum);

        using var report = JsonDocument.Parse(await RunAsync("session --json"));

        report.RootElement.GetProperty("totals").GetProperty("totalCost").GetRawText().ShouldBe(whole.ToString());
    }

    private static IEnumerable<string> NamesOf(JsonElement value) => value.EnumerateObject().Select(property => property.Name);

    private static async Task<string> RunAsync(string line)
    {
        using var run = new CommandRun(SampleSpend.Calls());
        (await run.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldBe(0);
        return run.Out;
    }
}
