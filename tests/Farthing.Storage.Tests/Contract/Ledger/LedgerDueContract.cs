using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Workflows.Crediting;
using static Farthing.Storage.Tests.Contract.Ledger.LedgerUnderTest;

namespace Farthing.Storage.Tests.Contract.Ledger;

/// <summary>What the sweeper is told to look at, and what comes of it.</summary>
public abstract class LedgerDueContract
{
    [Fact]
    public async Task A_grant_that_begins_later_pays_what_is_owed_when_it_begins()
    {
        await using var ledger = Create();
        await ledger.OpenAsync(overdraft: OverdraftPolicy.AllowToLimit);
        await ledger.AskAsync(Later(ledger, "g1", Of(5), TimeSpan.FromHours(1)));
        await ledger.AskAsync(Deduct("a1", Of(3)));
        ledger.Time.Move(TimeSpan.FromMinutes(59));
        (await SweepAsync(ledger)).ShouldBe(0);
        (await ledger.BalanceAsync()).Owed.ShouldBe(Of(3));

        ledger.Time.Move(TimeSpan.FromMinutes(1));
        (await SweepAsync(ledger)).ShouldBe(1);

        var balance = await ledger.BalanceAsync();
        (balance.Owed, balance.Available).ShouldBe((Credits.Zero, Of(2)));
        (await ledger.ChainAsync())[^1].Transaction.Kind.ShouldBe(TransactionKind.OverdraftRepaid);
        (await SweepAsync(ledger)).ShouldBe(0);
    }

    [Fact]
    public async Task A_grant_is_looked_at_when_it_begins_and_when_it_ends_and_never_again()
    {
        await using var ledger = Create();
        await ledger.OpenAsync();
        var later = Later(ledger, "g1", Of(5), TimeSpan.FromHours(1));
        await ledger.AskAsync(new GiveCredit { Org = Org, Grant = later.Grant with { ExpiresAt = ledger.Time.Now.AddHours(2) } });

        var looks = new List<int>();
        for (var hour = 0; hour < 5; hour++)
        {
            looks.Add(await SweepAsync(ledger));
            ledger.Time.Move(TimeSpan.FromHours(1));
        }

        looks.ShouldBe([0, 1, 1, 0, 0]);
        (await ledger.BalanceAsync()).Balance.ShouldBe(Credits.Zero);
    }

    [Fact]
    public async Task What_comes_back_to_a_grant_while_the_clock_is_set_back_leaves_at_its_end()
    {
        await using var ledger = Create();
        await ledger.OpenAsync();
        await ledger.AskAsync(ledger.Give("g1", Of(5), lifetime: TimeSpan.FromHours(1)));
        await ledger.AskAsync(Reserve("h1", Of(5)));
        await ledger.AskAsync(Capture("h1", Of(5)));
        ledger.Time.Move(TimeSpan.FromHours(2));
        await SweepAsync(ledger);
        ledger.Time.Move(TimeSpan.FromHours(-2));
        var charge = (await ledger.ChainAsync()).Single(link => link.Transaction.Kind == TransactionKind.Capture).Transaction.Id;
        await ledger.AskAsync(new ReverseTransaction { Org = Org, Id = "x1", Transaction = charge, Reason = "test" });
        (await ledger.BalanceAsync()).Balance.ShouldBe(Of(5));

        ledger.Time.Move(TimeSpan.FromHours(2));

        (await SweepAsync(ledger)).ShouldBe(1);
        (await ledger.BalanceAsync()).Balance.ShouldBe(Credits.Zero);
    }

    [Fact]
    public async Task A_hold_that_waits_for_its_cost_is_not_looked_at_again()
    {
        await using var ledger = Create();
        await ledger.OpenAsync();
        await ledger.AskAsync(ledger.Give("g1", Of(5)));
        await ledger.AskAsync(Reserve("h1", Of(5)));
        await ledger.AskAsync(new ForwardHold { Org = Org, Hold = "h1" });
        ledger.Time.Move(TimeSpan.FromHours(1));

        (await SweepAsync(ledger)).ShouldBe(1);
        (await SweepAsync(ledger)).ShouldBe(0);
    }

    protected abstract LedgerUnderTest Create();

    private static GiveCredit Later(LedgerUnderTest ledger, string id, Credits amount, TimeSpan wait) => new()
    {
        Org = Org,
        Grant = ledger.Give(id, amount).Grant with { EffectiveAt = ledger.Time.Now + wait },
    };

    private static AdjustWallet Deduct(string id, Credits amount) =>
        new() { Org = Org, Wallet = Main, Id = id, Amount = Credits.Zero - amount, Reason = "test" };

    private static Task<int> SweepAsync(LedgerUnderTest ledger) => new SweepLedger(ledger.Upkeep, ledger.Turn, ledger.Ledger).SweepAsync(Cancellation);
}
