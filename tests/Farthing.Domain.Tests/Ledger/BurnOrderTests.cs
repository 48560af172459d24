using Farthing.Domain.Ledger;

namespace Farthing.Domain.Tests.Ledger;

public sealed class BurnOrderTests
{
    private readonly OneWallet wallet = new();

    private static IReadOnlyList<string> PaidBy(Transaction charge) =>
        [.. charge.Entries.Where(entry => entry.Side == EntrySide.Debit).Select(entry => $"{entry.Account}={entry.Amount}")];

    [Fact]
    public void Smaller_priorities_burn_first()
    {
        wallet.Give("late", "5", grant => grant with { Priority = 60 });
        wallet.Give("early", "5", grant => grant with { Priority = 10 });

        PaidBy(wallet.Charge("7")).ShouldBe(["wallet.grant.early=5", "wallet.grant.late=2"]);
    }

    [Fact]
    public void Of_equal_priority_the_one_that_expires_first_burns_first_and_those_that_never_do_last()
    {
        wallet.Give("never", "1");
        wallet.Give("next_year", "1", grant => grant with { ExpiresAt = OneWallet.Noon.AddYears(1) });
        wallet.Give("tomorrow", "1", grant => grant with { ExpiresAt = OneWallet.Noon.AddDays(1) });

        PaidBy(wallet.Charge("3")).ShouldBe(["wallet.grant.tomorrow=1", "wallet.grant.next_year=1", "wallet.grant.never=1"]);
    }

    [Fact]
    public void What_was_given_burns_before_what_was_paid()
    {
        wallet.Give("bought", "1");
        wallet.Give("gift", "1", grant => grant with { Category = GrantCategory.Promo });

        PaidBy(wallet.Charge("1.5")).ShouldBe(["wallet.grant.gift=1", "wallet.grant.bought=0.5"]);
    }

    [Fact]
    public void Then_effective_time_creation_time_and_id_decide()
    {
        wallet.Give("d", "1");
        wallet.Give("c", "1");
        wallet.Give("b", "1", grant => grant with { CreatedAt = OneWallet.Noon.AddSeconds(-1) });
        wallet.Give("a", "1", grant => grant with { EffectiveAt = OneWallet.Noon.AddSeconds(-1) });

        PaidBy(wallet.Charge("4")).ShouldBe(["wallet.grant.a=1", "wallet.grant.b=1", "wallet.grant.c=1", "wallet.grant.d=1"]);
    }

    [Fact]
    public void A_grant_serves_only_what_it_may_be_used_for()
    {
        wallet.Give("claude", "5", grant => grant with { Priority = 0, Applicability = new([], ["claude-sonnet-5"], []) });
        wallet.Give("all", "5");

        PaidBy(wallet.Charge("1", new("openai", "gpt-5", "farthing"))).ShouldBe(["wallet.grant.all=1"]);
        PaidBy(wallet.Charge("1", new("anthropic", "claude-sonnet-5", "farthing"))).ShouldBe(["wallet.grant.claude=1"]);
        PaidBy(wallet.Charge("1")).ShouldBe(["wallet.grant.all=1"]);
    }

    [Fact]
    public void Every_restriction_of_a_grant_must_fit()
    {
        wallet.Give("narrow", "5", grant => grant with { Applicability = new(["anthropic"], ["claude-sonnet-5"], ["farthing"]) });

        wallet.TryReserve("1", new("anthropic", "claude-sonnet-5", "other"))!.Reason.ShouldBe(RefusalReason.InsufficientCredits);
        wallet.TryReserve("1", new("anthropic", "claude-sonnet-5", "farthing")).ShouldBeNull();
    }

    [Fact]
    public void A_grant_that_is_not_yet_good_is_not_used()
    {
        wallet.Give("tomorrow", "5", grant => grant with { EffectiveAt = OneWallet.Noon.AddDays(1) });

        wallet.Available.ShouldBe("0");
        wallet.Balance.ShouldBe("5");
        wallet.Now = OneWallet.Noon.AddDays(1);
        wallet.Available.ShouldBe("5");
    }

    [Fact]
    public void A_grant_ends_at_its_end_and_not_a_tick_later()
    {
        wallet.Give("short", "5", grant => grant with { ExpiresAt = OneWallet.Noon.AddHours(1) });

        wallet.Now = OneWallet.Noon.AddHours(1).AddTicks(-1);
        wallet.Available.ShouldBe("5");
        wallet.Now = OneWallet.Noon.AddHours(1);
        wallet.Available.ShouldBe("0");
    }
}
