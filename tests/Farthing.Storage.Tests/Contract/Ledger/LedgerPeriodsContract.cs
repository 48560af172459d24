using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Testing.Ledger;
using Farthing.Workflows;
using Farthing.Workflows.Crediting;
using static Farthing.Storage.Tests.Contract.Ledger.LedgerUnderTest;

namespace Farthing.Storage.Tests.Contract.Ledger;

/// <summary>The months of the books: closed in steps, opened again by two persons, proven from the entries (P15).</summary>
public abstract class LedgerPeriodsContract
{
    private static readonly AccountingMonth November = AccountingMonth.Parse("2026-11");
    private static readonly AccountingMonth December = AccountingMonth.Parse("2026-12");

    /// <summary>Takes the trigger away that keeps trial balances as they are.</summary>
    protected abstract string LetTrialBalancesChange { get; }

    [Fact]
    public async Task Nothing_is_booked_in_a_closed_month_and_its_balance_is_kept()
    {
        await using var ledger = await InDecemberAsync();
        var expected = await ledger.Upkeep.TrialBalanceAsync(Org, November, Cancellation);

        var closed = (await CloseAsync(ledger)).Value;

        closed.TrialBalance.ShouldBe(PeriodClose.Describe(expected.Lines));
        closed.Lines.ShouldBe(expected.Lines);
        expected.Lines.ShouldContain(new TrialLine("wallet.grant.g1", Of(4).Nanocredits, Of(10).Nanocredits));
        (await CloseAsync(ledger)).Problem!.Code.ShouldBe("period_closed");
        (await CloseAsync(ledger, December)).Problem!.Code.ShouldBe("period_not_over");
        await Should.ThrowAsync<Exception>(() => ledger.ExecuteAsync(Copy("''", ledger.Time.Now.AddDays(-31))));
        await Should.ThrowAsync<Exception>(() => ledger.ExecuteAsync(Copy("'2026-11'", ledger.Time.Now)));
        await Should.ThrowAsync<Exception>(() => ledger.ExecuteAsync(Copy("'2026-10'", ledger.Time.Now)));
        await Should.ThrowAsync<Exception>(() => ledger.ExecuteAsync("UPDATE trial_balances SET hash = 'x'"));
        await Should.ThrowAsync<Exception>(() => ledger.ExecuteAsync("DELETE FROM trial_balances"));
        await ledger.AskAsync(Capture("h9", Of(1)));
        var late = (await ledger.ChainAsync())[^1].Transaction;
        (late.Kind, late.Month, AccountingMonth.Of(late.ServiceAt)).ShouldBe((TransactionKind.LateUsage, December, November));
        await ProveAsync(ledger);
    }

    [Fact]
    public async Task Usage_of_a_month_belongs_to_it_while_it_is_open_whenever_it_is_booked()
    {
        await using var ledger = await InDecemberAsync();

        await ledger.AskAsync(Capture("h9", Of(1)));

        var charge = (await ledger.ChainAsync())[^1].Transaction;
        (charge.Kind, charge.Month, AccountingMonth.Of(charge.BookedAt)).ShouldBe((TransactionKind.Capture, November, December));
        (await CloseAsync(ledger)).Value.Lines.ShouldContain(new TrialLine("wallet.grant.g1", Of(5).Nanocredits, Of(10).Nanocredits));
        await ProveAsync(ledger);
    }

    [Fact]
    public async Task Only_finance_posts_into_a_month_that_is_closed_softly()
    {
        await using var ledger = await InDecemberAsync();
        var soft = await ledger.AskAsync(new SoftClosePeriod { Org = Org, Month = November, Actor = "ada" });
        (soft.State, soft.Step).ShouldBe((PeriodState.SoftClosed, 1));

        await ledger.AskAsync(Capture("h9", Of(1)));
        (await ledger.RefusalAsync(Adjust("a1", isFinance: false))).ShouldBe("period_soft_closed");
        await ledger.AskAsync(Adjust("a2", isFinance: true));
        await ledger.AskAsync(Adjust("a2", isFinance: true));

        var chain = await ledger.ChainAsync();
        chain.TakeLast(2).Select(link => (link.Transaction.Kind, link.Transaction.Month)).ShouldBe([(TransactionKind.LateUsage, December), (TransactionKind.Adjustment, November)]);
        (await CloseAsync(ledger)).Value.Lines.ShouldContain(new TrialLine("promo_expense", Of(1).Nanocredits, 0));
        (await ledger.RefusalAsync(Adjust("a3", isFinance: true))).ShouldBe("period_closed");
        (await ledger.AskAsync(Adjust("a2", isFinance: true))).Balance.ShouldBe(Of(6));
        await ProveAsync(ledger);
    }

    [Fact]
    public async Task A_month_takes_late_usage_for_three_days_unless_it_is_closed_by_force()
    {
        await using var ledger = await InDecemberAsync(TimeSpan.FromDays(16));

        (await CloseAsync(ledger)).Problem!.Code.ShouldBe("period_in_grace");
        (await CloseAsync(ledger, isForced: true)).Succeeded.ShouldBeTrue();

        (await ledger.ChainAsync())[^1].Transaction.Reason.ShouldBe("before_grace");
        await ProveAsync(ledger);
    }

    [Fact]
    public async Task Two_persons_open_a_closed_month_again_and_every_close_is_kept()
    {
        await using var ledger = await InDecemberAsync();
        var first = (await CloseAsync(ledger)).Value;

        (await ledger.AskAsync(Reopen("ada"))).State.ShouldBe(PeriodState.Closed);
        (await ledger.AskAsync(Reopen("ada"))).State.ShouldBe(PeriodState.Closed);
        (await ledger.AskAsync(Reopen("bob"))).State.ShouldBe(PeriodState.SoftClosed);
        await ledger.AskAsync(Adjust("a1", isFinance: true));
        var second = (await CloseAsync(ledger)).Value;

        (await ledger.ChainAsync()).Where(link => link.Transaction.Source == "period").Select(link => $"{link.Transaction.Key} {link.Transaction.Actor}").ShouldBe(
            ["period_close/2026-11/1 me", "period_reopen_request/2026-11/2 ada", "period_reopen/2026-11/3 bob", "period_close/2026-11/4 me"]);
        (await ledger.Periods.ClosesAsync(Org, November, Cancellation)).ShouldBe([first, second]);
        first.Hash.ShouldNotBe(second.Hash);
        var period = (await ledger.Periods.PeriodsAsync(Org, Cancellation)).Single();
        (period.State, period.Step, period.Closes, period.Hash).ShouldBe((PeriodState.Closed, 4, 2, second.Hash));
        await ProveAsync(ledger);
    }

    [Fact]
    public async Task A_request_to_open_a_month_again_is_good_for_a_week_and_for_the_last_month_only()
    {
        await using var ledger = await InDecemberAsync();
        (await ledger.RefusalAsync(Reopen("ada"))).ShouldBe("period_not_closed");
        (await CloseAsync(ledger)).Succeeded.ShouldBeTrue();
        await ledger.AskAsync(Reopen("ada"));
        ledger.Time.Move(TimeSpan.FromDays(7));

        (await ledger.AskAsync(Reopen("bob"))).State.ShouldBe(PeriodState.Closed);
        ledger.Time.Move(TimeSpan.FromDays(31));
        (await CloseAsync(ledger, December)).Succeeded.ShouldBeTrue();

        (await ledger.RefusalAsync(Reopen("ada"))).ShouldBe("later_period_closed");
        await ProveAsync(ledger);
    }

    [Fact]
    public async Task Whoever_closes_at_once_one_of_them_closes()
    {
        await using var ledger = await InDecemberAsync();
        await using var other = new CreditLedger(ledger.Another());
        CloseMonth[] closers = [new(ledger.Upkeep, ledger.Ledger, CloseGrace.Usual), new(ledger.Upkeep, other, CloseGrace.Usual)];

        var tries = Enumerable.Range(0, 8).Select(number => closers[number % 2].CloseAsync(Org, November, $"p{number}", isForced: false, Cancellation));
        var answers = await Task.WhenAll(tries);

        answers.Count(answer => answer.Succeeded).ShouldBe(1);
        answers.Where(answer => !answer.Succeeded).ShouldAllBe(answer => answer.Problem!.Code == "period_closed");
        (await ledger.Periods.ClosesAsync(Org, November, Cancellation)).Count.ShouldBe(1);
        await ProveAsync(ledger);
    }

    [Fact]
    public async Task Whoever_posts_while_a_month_is_closed_is_in_its_books_or_late()
    {
        await using var ledger = await InDecemberAsync(holds: 40);
        await using var other = new CreditLedger(ledger.Another());
        var close = new CloseMonth(ledger.Upkeep, other, CloseGrace.Usual);

        var captures = Enumerable.Range(0, 40).Select(number => ledger.Ledger.AskAsync(Capture($"n{number}", new(1)), Cancellation)).ToList();
        var closed = await close.CloseAsync(Org, November, "me", isForced: false, Cancellation);
        await Task.WhenAll(captures);

        closed.Problem.ShouldBeNull();
        await ProveAsync(ledger);
    }

    [Theory]
    [InlineData("UPDATE trial_balances SET trial_balance = replace(trial_balance, '4', '5')", "trial_balances 2026-11, step 1")]
    [InlineData("UPDATE trial_balances SET hash = replace(hash, substr(hash, 1, 1), 'x')", "trial_balances 2026-11, step 1")]
    [InlineData("UPDATE trial_balances SET actor = 'nobody'", "trial_balances 2026-11, step 1")]
    [InlineData("UPDATE trial_balances SET closed_at = closed_at + 1", "trial_balances 2026-11, step 1")]
    [InlineData("UPDATE trial_balances SET month = '2026-1x'", "trial_balances 0000-01, step 1")]
    [InlineData("UPDATE trial_balances SET step = 9", "trial_balances 2026-11, step 9")]
    [InlineData("UPDATE periods SET state = 0", "periods 2026-11")]
    [InlineData("UPDATE periods SET step = 5000000000", "periods 2026-11")]
    [InlineData("UPDATE periods SET hash = ''", "periods 2026-11")]
    [InlineData("UPDATE periods SET changed_at = -1", "periods 2026-11")]
    [InlineData("UPDATE periods SET requested_by = 'ada'", "periods 2026-11")]
    [InlineData("DELETE FROM periods", "periods 2026-11")]
    public async Task What_somebody_changed_about_a_closed_month_is_found_and_named(string sql, string place)
    {
        await using var ledger = await InDecemberAsync();
        (await CloseAsync(ledger)).Succeeded.ShouldBeTrue();
        await ledger.ExecuteAsync(LetTrialBalancesChange);

        await ledger.ExecuteAsync(sql);

        (await VerifyAsync(ledger)).Broken.ShouldNotBeNull().Place.ShouldBe(place);
    }

    protected abstract LedgerUnderTest Create();

    private static ReopenPeriod Reopen(string actor) => new() { Org = Org, Month = November, Actor = actor, Reason = "an invoice was forgotten" };

    private static AdjustWallet Adjust(string id, bool isFinance) =>
        new() { Org = Org, Id = id, Wallet = Main, Amount = Of(1), Reason = "test", Actor = "fin", Posting = new(November, isFinance) };

    private static Task<Result<PeriodClose>> CloseAsync(LedgerUnderTest ledger, AccountingMonth? month = null, bool isForced = false) =>
        new CloseMonth(ledger.Upkeep, ledger.Ledger, CloseGrace.Usual).CloseAsync(Org, month ?? November, "me", isForced, Cancellation);

    private static Task<LedgerVerdict> VerifyAsync(LedgerUnderTest ledger) => new VerifyLedger(ledger.Upkeep).VerifyAsync(Org, Cancellation);

    private static async Task ProveAsync(LedgerUnderTest ledger)
    {
        (await VerifyAsync(ledger)).Broken.ShouldBeNull();
        (await LedgerProof.CheckAsync(ledger.Upkeep, ledger.Queries, Org, Cancellation)).ShouldBeEmpty();
    }

    private static string Copy(string period, DateTimeOffset bookedAt) =>
        $"""
        INSERT INTO transactions (org, seq, id, key, kind, wallet, source, external_id, reason, actor, memo, run, event, booked_at, service_at,
                                  reverses, delta, balance_after, hash, period)
        SELECT org, 100, 'x', 'x', kind, wallet, source, external_id, reason, actor, memo, run, event, {LedgerChain.MicrosecondsOf(bookedAt)}, service_at,
               reverses, delta, balance_after, hash, {period} FROM transactions WHERE seq = 1
        """;

    /// <summary>In November ten credits were given, four used, and one is held for a call that was sent; a month later.</summary>
    private async Task<LedgerUnderTest> InDecemberAsync(TimeSpan? later = null, int holds = 0)
    {
        var ledger = Create();
        await ledger.OpenAsync();
        await ledger.AskAsync(ledger.Give("g1", Of(10)));
        await ledger.AskAsync(Reserve("h1", Of(5)));
        await ledger.AskAsync(Capture("h1", Of(4)));
        foreach (var hold in Enumerable.Range(0, holds).Select(number => $"n{number}").Append("h9"))
        {
            await ledger.AskAsync(Reserve(hold, hold == "h9" ? Of(1) : new Credits(1)));
            await ledger.AskAsync(new ForwardHold { Org = Org, Hold = hold });
        }

        ledger.Time.Move(later ?? TimeSpan.FromDays(31));
        return ledger;
    }
}
