using Farthing.Domain.Ledger;
using Farthing.Domain.Money;

namespace Farthing.Domain.Tests.Ledger;

/// <summary>A charge of several uses: each is paid by the grants that serve it.</summary>
public sealed class ChargeByUseTests
{
    private static readonly CreditUse Opus = new("anthropic", "opus", string.Empty);
    private static readonly CreditUse Gpt = new("openai", "gpt", string.Empty);

    private readonly OneWallet wallet = new();

    private static Credits Amount(string text) => OneWallet.Amount(text);

    private static UseShare Share(CreditUse use, string amount) => new(use, Amount(amount), IsAtOurCost: false);

    private Transaction Charge(string amount, params UseShare[] shares) =>
        wallet.Book.Charge(ChargeParts.Of(Amount(amount)), shares, wallet.Because(TransactionKind.Charge));

    private void GiveFor(string id, string amount, string provider) =>
        wallet.Give(id, amount, grant => grant with { Applicability = new([provider], [], []), Priority = 10 });

    [Fact]
    public void Each_share_burns_the_grants_that_serve_it_and_the_rest_what_serves_everything()
    {
        GiveFor("for-anthropic", "5", "anthropic");
        GiveFor("for-openai", "5", "openai");
        wallet.Give("for-all", "5");

        Charge("4", Share(Opus, "1"), Share(Gpt, "0.5"));

        (wallet.Left("for-anthropic"), wallet.Left("for-openai"), wallet.Left("for-all"), wallet.Balance).ShouldBe(("4", "4.5", "2.5", "11"));
    }

    [Fact]
    public void What_serves_everything_is_left_to_what_nothing_else_pays_for()
    {
        wallet.Give("for-all", "1", grant => grant with { Priority = 1 });
        GiveFor("for-anthropic", "1", "anthropic");

        Charge("2", Share(Opus, "1"));

        (wallet.Left("for-all"), wallet.Left("for-anthropic"), wallet.Owed).ShouldBe(("0", "0", "0"));
    }

    [Fact]
    public void A_grant_that_pays_several_shares_stands_there_once_and_is_never_taken_twice()
    {
        wallet.Give("for-all", "1");

        var charge = Charge("3", Share(Opus, "0.75"), Share(Gpt, "0.75"));

        charge.Entries.Where(entry => entry.Side == EntrySide.Debit).Select(entry => $"{entry.Account} {entry.Amount}")
            .ShouldBe(["wallet.grant.for-all 1", "receivable.w 2"]);
    }

    [Fact]
    public void Shares_are_never_more_than_the_charge_and_never_negative()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Charge("1", Share(Opus, "0.75"), Share(Gpt, "0.75")));
        Should.Throw<ArgumentOutOfRangeException>(() => Charge("1", Share(Opus, "2"), Share(Gpt, "-1")));
    }

    [Fact]
    public void What_shares_cost_is_owed_by_provider_but_not_where_the_customer_pays()
    {
        var parts = ChargeParts.Of(Amount("3")).OwedFor(
            [new(Opus, Amount("1"), IsAtOurCost: true), new(Opus with { Model = "haiku" }, Amount("0.5"), IsAtOurCost: true), new(Gpt, Amount("1"), IsAtOurCost: false), new(CreditUse.Any, Amount("0.5"), IsAtOurCost: true)]);

        parts.Costs.ShouldBe([new("anthropic", Amount("1.5"))]);
    }
}
