using System.Text;
using System.Text.Json;
using Farthing.Domain.Pricing;
using Farthing.Reports;
using Farthing.Testing;
using Farthing.Workflows.Pricing;

namespace Farthing.Tests.Prices;

public sealed class PricesCommandTests
{
    private const string Catalog = """
        {"schema":1,"version":"test-1","as_of":"2026-11-20","currency":"USD","unit":"USD per 1,000,000 tokens","sources":[],
        "providers":[
        {"id":"anthropic","name":"Anthropic API","spellings":["claude-code"],"families":["claude"],"units":{"web_search":{"per":1000,"usd":"10"}}},
        {"id":"bedrock","name":"Bedrock","spellings":[],"families":[],"profiles":["us","eu"]},
        {"id":"deepseek","name":"DeepSeek","spellings":[],"families":["deepseek"]}],
        "models":[
        {"key":"anthropic/claude-big","name":"Claude Big","ids":["claude-big-20260101"],"profile":"1.1","released":"2026-01-01","context":1000000,"disputed":true,"conflicts":["output: 30 (elsewhere)"],
        "prices":[{"to":"2026-06-01","rates":{"input":"6","output":"30"},"source":"an old page","as_of":"2026-05-01","confidence":"aggregated"},
        {"from":"2026-06-01","rates":{"input":"5","cache_read":"0.5","cache_write_5m":"6.25","cache_write_1h":"10","output":"25"},
        "tiers":[{"over":200000,"rates":{"input":"10","output":"37.5"}}],
        "service_tiers":{"batch":{"rates":{"input":"2.5","output":"12.5"}}},"fast":{"rates":{"input":"10","output":"50"}},"geo":{"us":"1.1"},
        "units":{"web_search":{"per":1000,"usd":"10"}},"note":"a note","source":"a page","as_of":"2026-10-24","confidence":"mirrored-official"}]},
        {"key":"bedrock/claude-big","name":"Claude Big","prices":[{"rates":{"input":"5","output":"25"},"source":"another page","as_of":"2026-10-01","confidence":"aggregated"}]},
        {"key":"deepseek/deepseek-v9","name":"DeepSeek V9","prices":[{"rates":{"input":"0.66","cache_read":"0.003625","output":"1.98"},
        "windows":[{"label":"peak","tz":"UTC","days":["mon","tue"],"ranges":[["01:00","04:00"],["22:00","02:00"]],"rates":{"input":"1.32"}}],"source":"docs","as_of":"2026-09-20","confidence":"api"}]}
        ]}
        """;

    [Theory]
    [InlineData("prices-list-80", 80, "prices list --at 2026-11-18")]
    [InlineData("prices-list-120", 120, "prices list --at 2026-11-18T12:00:00Z")]
    [InlineData("prices-list-old-120", 120, "prices list BIG --provider claude-code --at 2026-01-05")]
    [InlineData("prices-show-80", 80, "prices show claude-big")]
    [InlineData("prices-show-window-120", 120, "prices show deepseek/deepseek-v9")]
    [InlineData("prices-explain-80", 80, "prices explain claude-big-20260101 --at 2026-11-18")]
    [InlineData("prices-explain-call-120", 120, "prices explain us.anthropic.claude-big --provider bedrock --at 2026-11-18 --tokens input=1000,cache_read=200000,output=7 --searches 2")]
    [InlineData("prices-explain-unknown-80", 80, "prices explain claude-huge[red] --at 2026-11-18")]
    public async Task A_page_looks_as_committed(string name, int width, string line)
    {
        using var run = Run(width);

        (await run.RunAsync(line.Split(' '))).ShouldBe(0);

        run.Error.ShouldBeEmpty();
        GoldenFile.Compare(run.Out, $"tests/Farthing.Tests/Golden/{name}.txt");
        run.Out.Split('\n').ShouldAllBe(row => DisplayText.WidthOf(row.TrimEnd('\r')) <= width);
    }

    [Theory]
    [InlineData("prices-list.json", "prices list big --at 2026-11-18 --json")]
    [InlineData("prices-show.json", "prices show deepseek-v9 --json")]
    [InlineData("prices-explain.json", "prices explain claude-big --at 2026-11-18 --geo us --tier batch --tokens input=1000 --json")]
    public async Task The_json_looks_as_committed(string name, string line)
    {
        using var run = Run(width: 120);

        (await run.RunAsync(line.Split(' '))).ShouldBe(0);

        JsonDocument.Parse(run.Out).Dispose();
        GoldenFile.Compare(run.Out, $"tests/Farthing.Tests/Golden/{name}");
    }

    [Fact]
    public async Task A_model_without_a_price_is_refused_with_similar_ones()
    {
        using var run = Run(width: 80);

        (await run.RunAsync("prices", "show", "claude-huge")).ShouldBe(1);

        run.Error.ShouldBe("The catalog has no price for 'claude-huge'.\nSimilar: anthropic/claude-big.\n", StringCompareShould.IgnoreLineEndings);
    }

    [Theory]
    [InlineData("prices list --at yesterday", "'yesterday' is not a value of --at")]
    [InlineData("prices explain x --tokens input", "'input' is not a value of --tokens")]
    [InlineData("prices explain x --tokens input=-1", "is not a value of --tokens")]
    [InlineData("prices explain x --tokens input=10000000000000000000", "is not a value of --tokens")]
    [InlineData("prices explain x --tokens inputs=1", "is not a value of --tokens")]
    [InlineData("prices explain x --tier gold", "'gold' is not a value of --tier")]
    [InlineData("prices explain x --searches many", "'many' is not a value of --searches")]
    public async Task A_wrong_option_is_refused_with_what_is_expected(string line, string message)
    {
        using var run = Run(width: 80);

        (await run.RunAsync(line.Split(' '))).ShouldBe(2);

        run.Error.ShouldContain(message);
        run.Error.ShouldContain("expected is");
    }

    [Fact]
    public async Task The_catalog_that_travels_with_the_program_passes_its_own_traps()
    {
        using var run = new CommandRun([]);

        (await run.RunAsync("prices", "verify")).ShouldBe(0);

        run.Out.ShouldContain("pass  golden: an ordinary cached call");
        run.Out.ShouldEndWith(" passed, 0 failed" + Environment.NewLine);
    }

    [Fact]
    public async Task Another_catalog_fails_the_traps_and_the_command()
    {
        using var run = Run(width: 80);

        (await run.RunAsync("prices", "verify")).ShouldBe(1);

        run.Out.ShouldContain("FAIL  golden: an ordinary cached call");
        run.Out.ShouldContain("expected  anthropic/claude-sonnet-4-5 exact 93878700000000 fUSD = 0.0938787 USD");
        run.Out.ShouldNotContain(", 0 failed");
    }

    [Fact]
    public async Task The_traps_are_told_in_json_too()
    {
        using var run = Run(width: 80);

        (await run.RunAsync("prices", "verify", "--json")).ShouldBe(1);

        using var document = JsonDocument.Parse(run.Out);
        document.RootElement.GetProperty("failed").GetInt32().ShouldBeGreaterThan(0);
    }

    private static CommandRun Run(int width) => new([])
    {
        Terminal = new(IsTerminal: true, width, Colors: false),
        Prices = static () => new Rater(CatalogFile.Read(Encoding.UTF8.GetBytes(Catalog)).Catalog ?? throw new InvalidOperationException(CatalogFile.Read(Encoding.UTF8.GetBytes(Catalog)).Refusal)),
    };
}
