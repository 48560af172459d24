using System.Text.Json;
using Farthing.Testing;
using Farthing.Workflows.Crediting;

namespace Farthing.Tests.Crediting;

public sealed class LedgerCommandTests
{
    [Fact]
    public async Task A_ledger_that_holds_looks_as_committed()
    {
        var scene = await CreditScene.CreateAsync();
        await scene.DoAsync(new OpenWallet { Org = "other", Wallet = new() { Org = "other", Id = "w", Owner = new("org", string.Empty), CreatedAt = default } });
        using var page = new CommandRun([]) { Ledger = scene.Ledger };
        using var json = new CommandRun([]) { Ledger = scene.Ledger };

        (await page.RunAsync("ledger", "verify")).ShouldBe(0);
        (await json.RunAsync("ledger", "verify", "--json")).ShouldBe(0);

        GoldenFile.Compare(page.Out, "tests/Farthing.Tests/Golden/ledger-verify.txt");
        GoldenFile.Compare(json.Out, "tests/Farthing.Tests/Golden/ledger-verify.json");
    }

    [Fact]
    public async Task An_empty_ledger_says_so()
    {
        using var all = new CommandRun([]);
        using var one = new CommandRun([]);
        using var json = new CommandRun([]);
        using var close = new CommandRun([]);

        (await all.RunAsync("ledger", "verify")).ShouldBe(0);
        (await one.RunAsync("ledger", "verify", "--org", "elsewhere\u001b[1m")).ShouldBe(0);
        (await json.RunAsync("ledger", "verify", "--json")).ShouldBe(0);
        (await close.RunAsync("ledger", "close", "2026-02", "--all")).ShouldBe(0);

        all.Out.ShouldBe("There is no ledger yet: nothing was booked.\n");
        one.Out.ShouldBe("balanced  elsewhere\uFFFD[1m\n          Nothing was booked yet.\n\n1 balanced, 0 broken\n");
        JsonDocument.Parse(json.Out).RootElement.GetProperty("ledgers").GetArrayLength().ShouldBe(0);
        close.Out.ShouldBe(all.Out);
    }

    [Fact]
    public async Task A_month_is_closed_once_and_the_ledger_still_holds()
    {
        var scene = await CreditScene.CreateAsync();
        using var first = new CommandRun([]) { Ledger = scene.Ledger };
        using var again = new CommandRun([]) { Ledger = scene.Ledger };
        using var json = new CommandRun([]) { Ledger = scene.Ledger };
        using var verify = new CommandRun([]) { Ledger = scene.Ledger };

        (await first.RunAsync("ledger", "close", "2026-02", "--org", "local")).ShouldBe(0);
        (await again.RunAsync("ledger", "close", "2026-02", "--all")).ShouldBe(1);
        (await json.RunAsync("ledger", "close", "2026-01", "--all", "--json")).ShouldBe(0);
        (await verify.RunAsync("ledger", "verify")).ShouldBe(0);

        first.Out.ShouldStartWith("closed    local\n          2026-02, ");
        again.Out.ShouldBe("refused   local\n          The month 2026-02 is closed already.\n");
        GoldenFile.Compare(json.Out, "tests/Farthing.Tests/Golden/ledger-close.json");
    }

    [Theory]
    [InlineData]
    [InlineData("--org", "local", "--all")]
    public async Task Nobody_is_closed_who_was_not_named(params string[] whose)
    {
        var scene = await CreditScene.CreateAsync();
        using var run = new CommandRun([]) { Ledger = scene.Ledger };
        using var after = new CommandRun([]) { Ledger = scene.Ledger };

        (await run.RunAsync(["ledger", "close", "2026-02", .. whose])).ShouldBe(2);

        run.Error.ShouldStartWith("Say whose month is closed: --org NAME, or --all for every organisation.");
        (await after.RunAsync("ledger", "close", "2026-02", "--all")).ShouldBe(0);
    }

    [Theory]
    [InlineData("2026-13")]
    [InlineData("26-1")]
    [InlineData("october")]
    public async Task What_is_not_a_month_is_refused(string month)
    {
        using var run = new CommandRun([]);

        (await run.RunAsync("ledger", "close", month, "--all")).ShouldBe(2);

        run.Error.ShouldStartWith($"'{month}' is not a month; expected is year and month: 2026-10.");
    }

    [Theory]
    [InlineData("2026-03")]
    [InlineData("9999-12")]
    public async Task A_month_that_is_not_over_stays_open(string month)
    {
        using var run = new CommandRun([]) { Ledger = (await CreditScene.CreateAsync()).Ledger };

        (await run.RunAsync("ledger", "close", month, "--org", "local")).ShouldBe(1);

        run.Out.ShouldStartWith("refused   local\n");
    }
}
