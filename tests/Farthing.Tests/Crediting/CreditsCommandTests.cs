using System.Text.Json;
using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Reports;
using Farthing.Testing;
using Farthing.Workflows.Billing;

namespace Farthing.Tests.Crediting;

public sealed class CreditsCommandTests
{
    [Fact]
    public async Task A_wallet_with_nothing_but_credit_is_one_cell()
    {
        var scene = await CreditScene.CreateAsync();
        await scene.OpenAsync("plain");
        await scene.GiveAsync("plain-1", GrantCategory.Paid, "12.34567", "purchase", wallet: "plain");
        using var run = new CommandRun([]) { Ledger = scene.Ledger };

        (await run.RunAsync("credits", "--wallet", "plain")).ShouldBe(0);

        run.Out.ReplaceLineEndings("\n").ShouldBe(
            """
            +-----------------+
            | CREDITS BALANCE |
            +-----------------+
            | $12.3457        |
            +-----------------+

            """.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("credits-80", 80, false)]
    [InlineData("credits-120", 120, false)]
    [InlineData("credits-several-80", 80, true)]
    public async Task The_pages_look_as_committed(string name, int width, bool several)
    {
        var scene = await CreditScene.CreateAsync();
        if (several)
        {
            await scene.OpenAsync("empty");
        }

        using var run = new CommandRun([]) { Ledger = scene.Ledger, Terminal = new(IsTerminal: true, width, Colors: false) };

        (await run.RunAsync("credits")).ShouldBe(0);

        GoldenFile.Compare(run.Out, $"tests/Farthing.Tests/Golden/{name}.txt");
        run.Out.Split('\n').ShouldAllBe(row => DisplayText.WidthOf(row.TrimEnd('\r')) <= width);
    }

    [Fact]
    public async Task Without_a_wallet_it_says_how_to_make_one()
    {
        using var run = new CommandRun([]);

        (await run.RunAsync("credits")).ShouldBe(0);

        run.Out.ShouldStartWith("There is no wallet yet.");
        run.Out.ShouldContain("farthing serve");
        run.Out.ShouldContain("POST /api/v1/wallets");
    }

    [Fact]
    public async Task An_unknown_wallet_is_refused_and_not_the_same_as_none()
    {
        using var run = new CommandRun([]) { Ledger = (await CreditScene.CreateAsync()).Ledger };

        (await run.RunAsync("credits", "--wallet", "nobody\u001b[1m")).ShouldBe(1);
        (await run.RunAsync("credits", "--org", "elsewhere")).ShouldBe(0);

        run.Error.ShouldStartWith("There is no wallet 'nobody\uFFFD[1m'");
        run.Out.ShouldStartWith("There is no wallet yet.");
    }

    [Fact]
    public async Task The_json_holds_exact_amounts()
    {
        using var run = new CommandRun([]) { Ledger = (await CreditScene.CreateAsync()).Ledger };

        (await run.RunAsync("credits", "--json")).ShouldBe(0);

        GoldenFile.Compare(run.Out, "tests/Farthing.Tests/Golden/credits.json");
        using var document = JsonDocument.Parse(run.Out);
        var wallet = document.RootElement.GetProperty("wallets")[0];
        wallet.GetProperty("balance").GetRawText().ShouldBe("23.450413");
        wallet.GetProperty("held").GetRawText().ShouldBe("0.75");
        wallet.GetProperty("available").GetRawText().ShouldBe("22.700413");
        wallet.GetProperty("uncollected").GetRawText().ShouldBe("0");
    }

    [Fact]
    public async Task What_nobody_paid_has_a_column_where_there_is_any()
    {
        var scene = await CreditScene.CreateAsync();
        await scene.OpenAsync("poor", OverdraftPolicy.Deny);
        await scene.GiveAsync("poor-1", GrantCategory.Paid, "2", "purchase", wallet: "poor");
        await scene.DoAsync(new StartRun { Org = "local", Id = "run-poor", Plan = "poor", Wallet = "poor", Prices = RunPrices.Default });
        await scene.DoAsync(new CompleteRun { Org = "local", Run = "run-poor", Outcome = RunState.Succeeded, Total = Usd.FromDecimal(1.25m), Prices = RunPrices.Default });
        using var page = new CommandRun([]) { Ledger = scene.Ledger };
        using var json = new CommandRun([]) { Ledger = scene.Ledger };

        (await page.RunAsync("credits", "--wallet", "poor")).ShouldBe(0);
        (await json.RunAsync("credits", "--wallet", "poor", "--json")).ShouldBe(0);

        page.Out.ReplaceLineEndings("\n").ShouldBe(
            """
            +-----------------+-------------+
            | CREDITS BALANCE | UNCOLLECTED |
            +-----------------+-------------+
            | $0.00           | $0.25       |
            +-----------------+-------------+

            """.ReplaceLineEndings("\n"));
        using var document = JsonDocument.Parse(json.Out);
        document.RootElement.GetProperty("wallets")[0].GetProperty("uncollected").GetRawText().ShouldBe("0.25");
    }
}
