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

        (await json.RunAsync("ledger", "close", "2026-01", "--all", "--json")).ShouldBe(0);
        (await first.RunAsync("ledger", "close", "2026-02", "--org", "local")).ShouldBe(0);
        (await again.RunAsync("ledger", "close", "2026-02", "--all")).ShouldBe(1);
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
    [InlineData("9999-12")]
    public async Task What_is_not_a_month_is_refused(string month)
    {
        using var run = new CommandRun([]);

        (await run.RunAsync("ledger", "close", month, "--all")).ShouldBe(2);

        run.Error.ShouldStartWith($"'{month}' is not a month; expected is year and month: 2026-10.");
    }

    [Theory]
    [InlineData("2026-03")]
    [InlineData("9998-12")]
    public async Task A_month_that_is_not_over_stays_open(string month)
    {
        using var run = new CommandRun([]) { Ledger = (await CreditScene.CreateAsync()).Ledger };

        (await run.RunAsync("ledger", "close", month, "--org", "local")).ShouldBe(1);

        run.Out.ShouldStartWith("refused   local\n");
    }

    [Fact]
    public async Task A_month_is_closed_softly_asked_for_again_and_read()
    {
        var scene = await CreditScene.CreateAsync();

        (await OutAsync(scene, 0, "ledger", "close", "2026-02", "--all", "--soft")).ShouldBe("done      local\n          2026-02 is soft closed\n");
        (await OutAsync(scene, 0, "ledger", "close", "2026-02", "--all")).ShouldStartWith("closed    local\n");
        (await OutAsync(scene, 0, "ledger", "reopen", "2026-02", "--org", "local", "--reason", "an invoice was forgotten")).ShouldStartWith(
            "asked     local\n          2026-02 is closed\n          operator asks for it to be opened again; somebody else may agree until 2026-03-24");
        var month = await OutAsync(scene, 0, "ledger", "periods", "2026-02");
        var all = await OutAsync(scene, 0, "ledger", "periods", "--json");
        var one = await OutAsync(scene, 0, "ledger", "periods", "2026-02", "--json");

        month.ShouldStartWith("local\n          2026-02  closed       2026-03-17 ");
        month.ShouldContain("closed 2026-03-17 08:32 UTC by operator\n");
        var listed = JsonDocument.Parse(all).RootElement.GetProperty("ledgers")[0].GetProperty("periods")[0];
        (listed.GetProperty("period").GetString(), listed.GetProperty("state").GetString(), listed.GetProperty("closes").GetInt32()).ShouldBe(("2026-02", "closed", 1));
        JsonDocument.Parse(one).RootElement.GetProperty("ledgers")[0].GetProperty("periods")[0].GetProperty("history").GetArrayLength().ShouldBe(1);
        (await OutAsync(scene, 0, "ledger", "periods", "2026-01")).ShouldBe("local\n          2026-01  closed\n");
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("three")]
    [InlineData("1000")]
    public async Task A_grace_that_cannot_be_meant_closes_nothing(string hours)
    {
        var scene = await CreditScene.CreateAsync();
        using var run = new CommandRun([])
        {
            Ledger = scene.Ledger,
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["FARTHING_CLOSE_GRACE_HOURS"] = hours },
        };

        (await run.RunAsync("ledger", "close", "2026-02", "--all")).ShouldNotBe(0);

        run.Error.ShouldContain("FARTHING_CLOSE_GRACE_HOURS must be a whole number of hours from 0 to 744");
        (await OutAsync(scene, 0, "ledger", "periods")).ShouldBe("local\n          No month was closed yet.\n");
    }

    private static async Task<string> OutAsync(CreditScene scene, int code, params string[] arguments)
    {
        using var run = new CommandRun([]) { Ledger = scene.Ledger };
        (await run.RunAsync(arguments)).ShouldBe(code);
        return run.Out;
    }
}
