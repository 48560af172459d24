using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Workflows.Crediting;
using static Farthing.Storage.Tests.Contract.Ledger.LedgerUnderTest;

namespace Farthing.Storage.Tests.Contract.Ledger;

/// <summary>How much is too much, for one amount and for an account in its whole life.</summary>
public abstract class LedgerAmountsContract
{
    private static readonly Credits TooMuch = LedgerLimits.AmountMax + new Credits(1);

    [Fact]
    public async Task An_amount_larger_than_any_is_refused_and_the_largest_is_not()
    {
        await using var ledger = Create();
        await ledger.OpenAsync();
        await ledger.AskAsync(ledger.Give("g1", LedgerLimits.AmountMax));
        await ledger.AskAsync(Reserve("h1", LedgerLimits.AmountMax));

        (await ledger.RefusalAsync(ledger.Give("g2", TooMuch))).ShouldBe("amount_too_large");
        (await ledger.RefusalAsync(Reserve("h2", TooMuch))).ShouldBe("amount_too_large");
        (await ledger.RefusalAsync(Capture("h1", TooMuch, overrun: true))).ShouldBe("amount_too_large");
        (await ledger.RefusalAsync(Adjust("a1", TooMuch))).ShouldBe("amount_too_large");
        (await ledger.RefusalAsync(Adjust("a2", Credits.Zero - TooMuch))).ShouldBe("amount_too_large");

        await ledger.AskAsync(Capture("h1", LedgerLimits.AmountMax));
        (await ledger.BalanceAsync()).Balance.ShouldBe(Credits.Zero);
    }

    [Fact]
    public async Task What_an_account_cannot_count_any_more_is_refused_and_whatever_is_asked_beside_it_is_done()
    {
        await using var ledger = Create();
        await FillAsync(ledger);
        var (small, giant, paid) = (
            ledger.Give("small", Of(1), wallet: "w2", category: GrantCategory.Promo),
            ledger.Give("giant", LedgerLimits.AmountMax, wallet: "w2", category: GrantCategory.Promo),
            ledger.Give("paid", LedgerLimits.AmountMax, wallet: "w2"));

        var answers = await Task.WhenAll(ledger.Ledger.AskAsync(small, Cancellation), ledger.Ledger.AskAsync(giant, Cancellation), ledger.Ledger.AskAsync(paid, Cancellation));

        answers.Select(answer => answer.Problem?.Code ?? "done").ShouldBe(["done", "account_full", "done"]);
        (await ledger.Queries.GrantsAsync(new() { Org = Org, Wallet = "w2" }, Cancellation)).Select(balance => balance.Grant.Id).ShouldBe(["paid", "small"]);
        (await new VerifyLedger(ledger.Upkeep).VerifyAsync(Org, Cancellation)).Broken.ShouldBeNull();
    }

    [Fact]
    public async Task A_unit_that_no_account_can_count_does_nothing_at_all()
    {
        await using var ledger = Create();
        await FillAsync(ledger);
        var before = (await ledger.ChainAsync()).Count;

        await Should.ThrowAsync<OverflowException>(() => ledger.Store.ApplyAsync(
            [ledger.Give("small", Of(1), wallet: "w2"), ledger.Give("giant", LedgerLimits.AmountMax, wallet: "w2", category: GrantCategory.Promo)], Cancellation));

        (await ledger.ChainAsync()).Count.ShouldBe(before);
        (await ledger.BalanceAsync(wallet: "w2")).Balance.ShouldBe(Credits.Zero);
    }

    protected abstract LedgerUnderTest Create();

    /// <summary>Fills the account of what was given away as far as it goes, through one wallet, and opens another one.</summary>
    private static async Task FillAsync(LedgerUnderTest ledger)
    {
        await ledger.OpenAsync();
        await ledger.OpenAsync(id: "w2");
        var most = (int)(long.MaxValue / LedgerLimits.AmountMax.Nanocredits);
        await ledger.Store.ApplyAsync(
            [.. Enumerable.Range(0, most).Select(number => ledger.Give($"g{number}", LedgerLimits.AmountMax, category: GrantCategory.Promo))], Cancellation);
    }

    private static AdjustWallet Adjust(string id, Credits amount) => new() { Org = Org, Wallet = Main, Id = id, Amount = amount, Reason = "test" };
}
