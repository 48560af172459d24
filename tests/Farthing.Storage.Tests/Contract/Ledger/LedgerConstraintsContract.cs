using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Workflows.Crediting;
using static Farthing.Storage.Tests.Contract.Ledger.LedgerUnderTest;

namespace Farthing.Storage.Tests.Contract.Ledger;

/// <summary>What the database itself refuses, whoever asks; and what becomes of a ledger over time.</summary>
public abstract class LedgerConstraintsContract
{
    [Theory]
    [InlineData("UPDATE accounts SET debits_posted = debits_posted + 6000000001 WHERE name = 'wallet.grant.g1'")]
    [InlineData("UPDATE accounts SET debits_pending = 6000000001 WHERE name = 'wallet.grant.g1'")]
    [InlineData("UPDATE accounts SET debits_pending = -1 WHERE name = 'wallet.grant.g1'")]
    [InlineData("UPDATE transactions SET memo = 'x'")]
    [InlineData("DELETE FROM transactions")]
    [InlineData("UPDATE entries SET amount = 1")]
    [InlineData("DELETE FROM entries")]
    [InlineData("INSERT INTO entries (org, seq, line, account, side, amount) VALUES ('acme', 99, 1, 1, 0, 0)")]
    [InlineData("INSERT INTO transactions SELECT org, seq + 100, id || 'x', key, kind, wallet, source, external_id, reason, actor, memo, run, event, booked_at, service_at, reverses, delta, balance_after, hash, period FROM transactions WHERE seq = 1")]
    public async Task The_database_refuses(string sql)
    {
        await using var ledger = await UsedAsync();

        await Should.ThrowAsync<Exception>(() => ledger.ExecuteAsync(sql));

        (await VerifyAsync(ledger)).Broken.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_overdue_is_told_once_and_leaves()
    {
        await using var ledger = Create();
        await ledger.OpenAsync();
        await ledger.AskAsync(ledger.Give("g1", Of(5), lifetime: TimeSpan.FromHours(1)));
        await ledger.AskAsync(Reserve("h1", Of(2)));
        await ledger.AskAsync(Reserve("h2", Of(1)));
        await ledger.AskAsync(new ForwardHold { Org = Org, Hold = "h2" });
        (await ledger.Upkeep.OverdueAsync(10, Cancellation)).ShouldBeEmpty();

        ledger.Time.Move(TimeSpan.FromHours(2));
        (await ledger.Upkeep.OverdueAsync(10, Cancellation)).ShouldBe(
            [new(Org, Main, "h1", true), new(Org, Main, "h2", true), new(Org, Main, "g1", false)], ignoreOrder: true);
        await SweepAsync(ledger);
        await SweepAsync(ledger);

        (await ledger.Upkeep.OverdueAsync(10, Cancellation)).ShouldBeEmpty();
        var balance = await ledger.BalanceAsync();
        (balance.Balance, balance.Held).ShouldBe((Of(1), Of(1)));
        await ledger.AskAsync(new ReleaseHold { Org = Org, Hold = "h2" });
        (await ledger.BalanceAsync()).Balance.ShouldBe(Credits.Zero);
        (await ledger.ChainAsync()).SelectMany(link => link.Transaction.Entries).Where(entry => entry.Account == Chart.Breakage)
            .Sum(entry => entry.Amount.Nanocredits).ShouldBe(Of(5).Nanocredits);
        (await VerifyAsync(ledger)).Broken.ShouldBeNull();
    }

    [Fact]
    public async Task A_whole_ledger_verifies_and_a_changed_counter_is_named()
    {
        await using var ledger = await UsedAsync();
        var verdict = await VerifyAsync(ledger);
        verdict.Broken.ShouldBeNull();
        verdict.Transactions.ShouldBe(2);
        (await ledger.Upkeep.OrgsAsync(Cancellation)).ShouldBe([Org]);

        await ledger.ExecuteAsync("UPDATE accounts SET credits_posted = credits_posted + 1 WHERE name = 'revenue.passthrough'");

        (await VerifyAsync(ledger)).Broken.ShouldNotBeNull().Account.ShouldBe("revenue.passthrough");
    }

    [Fact]
    public async Task The_clock_set_back_does_not_set_the_books_back()
    {
        await using var ledger = await UsedAsync();
        var last = (await ledger.ChainAsync())[^1].Transaction.BookedAt;
        ledger.Time.Move(TimeSpan.FromDays(-3));

        await ledger.AskAsync(new AdjustWallet { Org = Org, Id = "a1", Wallet = Main, Amount = Of(1), Reason = "test" });

        (await ledger.ChainAsync())[^1].Transaction.BookedAt.ShouldBe(last);
        (await VerifyAsync(ledger)).Broken.ShouldBeNull();
    }

    protected abstract LedgerUnderTest Create();

    private static Task<LedgerVerdict> VerifyAsync(LedgerUnderTest ledger) => new VerifyLedger(ledger.Upkeep).VerifyAsync(Org, Cancellation);

    private static async Task SweepAsync(LedgerUnderTest ledger)
    {
        foreach (var thing in await ledger.Upkeep.OverdueAsync(10, Cancellation))
        {
            LedgerRequest request = thing.IsHold ? new ExpireHold { Org = thing.Org, Hold = thing.Id } : new ExpireGrant { Org = thing.Org, Grant = thing.Id };
            (await ledger.Ledger.PostAsync(request, Cancellation)).ShouldBeNull();
        }
    }

    /// <summary>Ten credits given, four used.</summary>
    private async Task<LedgerUnderTest> UsedAsync()
    {
        var ledger = Create();
        await ledger.OpenAsync();
        await ledger.AskAsync(ledger.Give("g1", Of(10)));
        await ledger.AskAsync(Reserve("h1", Of(5)));
        await ledger.AskAsync(Capture("h1", Of(4)));
        return ledger;
    }
}
