using System.Text.Json;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Storage;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Crediting;

namespace Farthing.Tests.Importing;

/// <summary>Credits and usage over the store that the program itself opens.</summary>
public sealed class EmbeddedLedgerTests : IDisposable
{
    private readonly Machine machine = new();

    public void Dispose() => machine.Dispose();

    [Fact]
    public async Task What_was_booked_in_the_embedded_store_is_shown()
    {
        await BookAsync();

        var credits = await machine.RunAsync("credits");
        var log = await machine.RunAsync("usage", "--log");

        (credits.ExitCode, log.ExitCode).ShouldBe((0, 0), credits.Error + log.Error);
        credits.Out.ShouldContain("| $3.50 ");
        log.Out.ShouldContain("| +$4.00 | $4.00 ");
        log.Out.ShouldContain("| -$0.50 | $3.50 ");
        log.Out.ShouldContain("Purchased credits");
    }

    [Fact]
    public async Task The_sums_of_usage_import_what_is_new_first()
    {
        machine.Write(machine.Transcript("a"), Machine.Call("m1", 5));
        var first = await SpentAsync("usage");
        machine.Write(machine.Transcript("b"), Machine.Call("m2", 5));

        var second = await SpentAsync("usage", "--month");

        first.ShouldBeGreaterThan(0);
        second.ShouldBe(2 * first);
    }

    [Fact]
    public async Task An_entry_that_was_changed_in_the_file_is_found_and_its_place_told()
    {
        await BookAsync();
        var before = await machine.RunAsync("ledger", "verify");
        using (var connection = Connection.Open(Path.Combine(machine.Data, "farthing.db"), readOnly: false, 10_000))
        {
            connection.Execute("DROP TRIGGER entries_are_not_changed; UPDATE entries SET amount = amount + 1 WHERE seq = 2 AND line = 1");
        }

        var after = await machine.RunAsync("ledger", "verify");
        var json = await machine.RunAsync("ledger", "verify", "--json");

        before.ExitCode.ShouldBe(0, before.Out + before.Error);
        before.Out.ShouldStartWith("balanced  local");
        (after.ExitCode, json.ExitCode).ShouldBe((1, 1), after.Out + after.Error);
        after.Out.ShouldStartWith("BROKEN    local\n          1 transaction checked before it broke\n          at        transaction 2\n          expected  the hash ");
        after.Out.ShouldEndWith("0 balanced, 1 broken\n");
        using var document = JsonDocument.Parse(json.Out);
        document.RootElement.GetProperty("balanced").GetBoolean().ShouldBeFalse();
        var broken = document.RootElement.GetProperty("ledgers")[0].GetProperty("broken");
        broken.GetProperty("sequence").GetInt64().ShouldBe(2);
        broken.GetProperty("place").GetString().ShouldBe("transaction 2");
    }

    private async Task<decimal> SpentAsync(params string[] arguments)
    {
        var answer = await machine.RunAsync([.. arguments, "--json"]);
        answer.ExitCode.ShouldBe(0, answer.Error);
        using var document = JsonDocument.Parse(answer.Out);
        return document.RootElement.GetProperty("spent").GetDecimal();
    }

    private async Task BookAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var store = await SqliteStore.OpenAsync(Path.Combine(machine.Data, "farthing.db"), TimeZoneInfo.Utc, cancellation);
        var ledger = new SqliteLedger(store, new Frozen(machine.Now));
        await ledger.ApplyAsync(
            [
                new OpenWallet { Org = "local", Wallet = new() { Org = "local", Id = "acme", Owner = new("org", string.Empty), CreatedAt = default } },
                new GiveCredit
                {
                    Org = "local",
                    FromNow = true,
                    Grant = new()
                    {
                        Org = "local", Id = "order-1", Wallet = "acme", Category = GrantCategory.Paid,
                        Amount = new(4 * Credits.NanocreditsPerCredit), EffectiveAt = machine.Now, CreatedAt = machine.Now,
                    },
                },
                new AdjustWallet { Org = "local", Id = "adj-1", Wallet = "acme", Amount = new(-Credits.NanocreditsPerCredit / 2), Reason = "a test" },
            ],
            cancellation);
    }

    private sealed class Frozen(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
