using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using FsCheck;

namespace Farthing.Domain.Tests.Ledger;

/// <summary>What calls cost the seller stands beside what the customer is charged, and disturbs nothing of it.</summary>
public sealed class CostOfChargesTests
{
    private static readonly string[] Providers = ["anthropic", "openai"];

    private readonly OneWallet wallet = new();

    private static Credits Amount(string text) => OneWallet.Amount(text);

    private string Cost(string provider) => $"{wallet.On(Chart.Cost(provider))} {wallet.On(Chart.Payable(provider))}";

    private Transaction Charge(string passthrough, string markup = "0", string fee = "0", params (string Provider, string Amount)[] costs) => wallet.Book.Charge(
        new(Amount(passthrough), Amount(markup), Amount(fee)) { Costs = [.. costs.Select(cost => new ProviderCost(cost.Provider, Amount(cost.Amount)))] },
        CreditUse.Any, wallet.Because(TransactionKind.Charge));

    private Refusal? Reverse(Transaction original, string? amount = null, string undone = "0") => wallet.Book.Reverse(
        original, Amount(undone), amount is null ? null : Amount(amount), wallet.Because(TransactionKind.Reversal));

    [Fact]
    public void A_charge_owes_its_provider_and_moves_the_wallet_as_before()
    {
        wallet.Give("g", "10");
        var charge = Charge("2", "0.5", "1", ("anthropic", "2"));

        (wallet.Balance, charge.Delta.ToString(), charge.Amount.ToString(), charge.Cost.ToString()).ShouldBe(("6.5", "-3.5", "3.5", "2"));
        Cost("anthropic").ShouldBe("-2 2");
        charge.Total(EntrySide.Debit).ShouldBe(charge.Total(EntrySide.Credit));
    }

    [Fact]
    public void A_provider_is_the_same_however_it_is_capitalised() => Chart.Payable("OpenRouter").ShouldBe(Chart.Payable("openrouter"));

    [Fact]
    public void A_hold_owes_the_provider_that_it_was_for_and_one_for_anything_owes_nobody()
    {
        wallet.Give("g", "10");
        var parts = new ChargeParts(Amount("0.25"), Amount("0.05"), Credits.Zero);
        wallet.Book.Capture(wallet.Reserve("1"), parts.OwedTo("anthropic"), allowOverrun: false, wallet.Because(TransactionKind.Capture), out _).ShouldBeNull();
        wallet.Book.Capture(wallet.Reserve("1", "other"), parts.OwedTo(string.Empty), allowOverrun: false, wallet.Because(TransactionKind.Capture), out _).ShouldBeNull();

        (wallet.Balance, Cost("anthropic")).ShouldBe(("9.4", "-0.25 0.25"));
    }

    [Fact]
    public void A_reversal_undoes_the_cost_too()
    {
        wallet.Give("g", "10");
        Reverse(Charge("2", "0.5", "1", ("anthropic", "1.5"), ("openai", "0.25"))).ShouldBeNull();

        (wallet.Balance, Cost("anthropic"), Cost("openai")).ShouldBe(("10", "0 0", "0 0"));
        (wallet.Last.Amount.ToString(), wallet.Last.Cost.ToString()).ShouldBe(("3.5", "1.75"));
    }

    [Fact]
    public void The_fee_the_markup_and_what_cost_nothing_come_back_before_the_cost_does_the_last_provider_first()
    {
        wallet.Give("g", "10");
        var charge = Charge("2", "0.5", "1", ("anthropic", "1"), ("openai", "0.5"));

        Reverse(charge, "2").ShouldBeNull();
        (Cost("anthropic"), Cost("openai")).ShouldBe(("-1 1", "-0.5 0.5"));
        Reverse(charge, "0.75", undone: "2").ShouldBeNull();
        (Cost("anthropic"), Cost("openai")).ShouldBe(("-0.75 0.75", "0 0"));
        Reverse(charge, null, undone: "2.75").ShouldBeNull();

        (wallet.Balance, Cost("anthropic"), Cost("openai"), wallet.On(Chart.Passthrough)).ShouldBe(("10", "0 0", "0 0", "0"));
    }

    [Theory]
    [InlineData("2.000000001")]
    [InlineData("0")]
    [InlineData("-1")]
    public void No_provider_is_owed_more_than_is_passed_through(string cost) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Charge("2", "5", "0", ("anthropic", cost)));

    /// <summary>P8: however a charge is undone piece by piece, in the end every account is as it was, and never beyond.</summary>
    [Fact]
    public void Pieces_of_a_reversal_add_up_to_the_charge_on_every_account() => Laws.Hold<PositiveInt, NonNegativeInt[], NonNegativeInt[]>((passthrough, more, pieces) =>
    {
        var (purse, sizes) = (new OneWallet(), more.Select(size => size.Get).Concat([0, 0, 0]).ToArray());
        purse.Give("small", "0.00000003");
        var before = purse.Balance;
        var costs = sizes[1..3].Zip(Providers, (cost, provider) => new ProviderCost(provider, new(cost))).Where(cost => cost.Amount > Credits.Zero);
        var parts = new ChargeParts(new(passthrough.Get + sizes[1] + sizes[2]), Credits.Zero, new(sizes[0])) { Costs = [.. costs] };
        var charge = purse.Book.Charge(parts, CreditUse.Any, purse.Because(TransactionKind.Charge));
        var undone = Credits.Zero;
        foreach (var piece in pieces.Select(piece => new Credits(piece.Get)).Append(charge.Amount))
        {
            var amount = piece < charge.Amount - undone ? piece : charge.Amount - undone;
            if (amount > Credits.Zero)
            {
                purse.Book.Reverse(charge, undone, amount, purse.Because(TransactionKind.Reversal)).ShouldBeNull();
                purse.Last.Amount.ShouldBe(amount);
            }

            undone += amount;
            var left = charge.Amount - undone;
            var owed = Providers.Aggregate(Credits.Zero, (sum, provider) => sum + Amount(purse.On(Chart.Payable(provider))));
            owed.ShouldBe(charge.Cost < left ? charge.Cost : left);
        }

        return (purse.Balance, purse.On(Chart.Passthrough), purse.On(Chart.SuccessFee)) == (before, "0", "0");
    });
}
