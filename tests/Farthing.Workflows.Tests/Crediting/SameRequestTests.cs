using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Workflows.Crediting;

namespace Farthing.Workflows.Tests.Crediting;

/// <summary>The same request again is answered; another one under the same id is refused, whatever differs.</summary>
public sealed class SameRequestTests
{
    public static TheoryData<string> Differences { get; } = ["expiry", "cost_basis", "priority", "applicability", "funding", "effective_at"];

    [Theory]
    [MemberData(nameof(Differences))]
    public async Task A_grant_of_the_same_id_that_differs_is_refused(string field)
    {
        var desk = await Desk.WithAsync("1");
        var known = desk.Giving("g", "5");
        await desk.DoAsync(known);

        (await desk.DoAsync(desk.Giving("g", "5"))).Problem.ShouldBeNull();
        var other = new GiveCredit { Org = Desk.Org, FromNow = field != "effective_at", Grant = Change(known.Grant, field, desk.Time.Now) };
        (await desk.DoAsync(other)).Problem!.Code.ShouldBe("id_taken");
    }

    [Fact]
    public async Task A_wallet_of_the_same_id_with_another_overdraft_is_refused()
    {
        var desk = await Desk.WithAsync("1");

        (await desk.OpenAsync("w")).Problem.ShouldBeNull();
        (await desk.OpenAsync("w", overdraft: OverdraftPolicy.Deny)).Problem!.Code.ShouldBe("id_taken");
    }

    [Fact]
    public async Task Books_that_were_read_before_something_was_booked_do_not_close_the_month()
    {
        var desk = await Desk.WithAsync("1");
        var month = AccountingMonth.Of(desk.Time.Now);
        var books = await desk.Store.TrialBalanceAsync(Desk.Org, month, Desk.Cancellation);
        await desk.GiveAsync("late", "5");
        desk.Time.Move(TimeSpan.FromDays(40));

        await Should.ThrowAsync<LedgerRaceException>(() => desk.DoAsync(new ClosePeriod { Org = Desk.Org, Month = month, TrialBalance = books }));
        books = await desk.Store.TrialBalanceAsync(Desk.Org, month, Desk.Cancellation);
        (await desk.DoAsync(new ClosePeriod { Org = Desk.Org, Month = month, TrialBalance = books })).Problem.ShouldBeNull();
    }

    private static Grant Change(Grant grant, string field, DateTimeOffset now) => field switch
    {
        "expiry" => grant with { ExpiresAt = now.AddDays(9) },
        "cost_basis" => grant with { CostBasis = new Usd(1L) },
        "priority" => grant with { Priority = 1 },
        "applicability" => grant with { Applicability = new([], ["m"], []) },
        "funding" => grant with { Funding = "stripe" },
        _ => grant with { EffectiveAt = now.AddDays(1) },
    };
}
