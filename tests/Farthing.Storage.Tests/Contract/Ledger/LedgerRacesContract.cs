using System.Globalization;
using Farthing.Domain.Money;
using Farthing.Workflows.Crediting;
using static Farthing.Storage.Tests.Contract.Ledger.LedgerUnderTest;

namespace Farthing.Storage.Tests.Contract.Ledger;

/// <summary>Many callers at once, on two servers with one database.</summary>
public abstract class LedgerRacesContract
{
    private const int Callers = 16;

    [Fact]
    public async Task Sixteen_callers_on_one_wallet_never_overdraw_it()
    {
        await using var ledger = Create();
        await using var other = new CreditLedger(ledger.Another());
        await ledger.OpenAsync();
        await ledger.AskAsync(ledger.Give("g1", Of(100)));

        var captured = await AtOnceAsync(Callers, async caller =>
        {
            var mine = caller % 2 == 0 ? ledger.Ledger : other;
            var done = 0;
            for (var step = 0; step < 20; step++)
            {
                var hold = string.Create(CultureInfo.InvariantCulture, $"h-{caller}-{step}");
                if ((await mine.AskAsync(Reserve(hold, Of(1)), Cancellation)).Succeeded)
                {
                    (await mine.AskAsync(Capture(hold, Of(1)), Cancellation)).Succeeded.ShouldBeTrue();
                    done++;
                }
            }

            return done;
        });

        captured.Sum().ShouldBe(100);
        (await ledger.BalanceAsync()).Balance.ShouldBe(Credits.Zero);
        (await ledger.ChainAsync()).Select(link => link.Sequence).ShouldBe(Enumerable.Range(1, 101).Select(number => (long)number));
        (await new VerifyLedger(ledger.Upkeep).VerifyAsync(Org, Cancellation)).Broken.ShouldBeNull();
    }

    [Fact]
    public async Task Requests_under_one_key_have_one_effect_and_one_answer()
    {
        await using var ledger = Create();
        await using var other = new CreditLedger(ledger.Another());
        await ledger.OpenAsync();
        await ledger.AskAsync(ledger.Give("g1", Of(100)));

        var answers = await AtOnceAsync(Callers, async caller =>
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"h-{caller}");
            var request = new ReserveCredit
            {
                Org = Org,
                Id = id,
                Wallet = Main,
                Amount = Of(1),
                Idempotency = new("key:1", "same", "print"),
                AnswerAs = result => new(201, "text/plain", System.Text.Encoding.UTF8.GetBytes(result.Value.Id)),
            };
            (await (caller % 2 == 0 ? ledger.Ledger : other).PostAsync(request, Cancellation)).ShouldBeNull();
            return request.Replay is { } replay ? System.Text.Encoding.UTF8.GetString(replay.Body) : request.Result.Value.Id;
        });

        answers.Distinct().Count().ShouldBe(1);
        (await ledger.BalanceAsync()).Held.ShouldBe(Of(1));
    }

    [Fact]
    public async Task The_same_grant_and_attempt_from_two_servers_are_made_once()
    {
        await using var ledger = Create();
        await using var other = new CreditLedger(ledger.Another());
        await ledger.OpenAsync();

        await AtOnceAsync(Callers, async caller =>
        {
            var mine = caller % 2 == 0 ? ledger.Ledger : other;
            (await mine.AskAsync(ledger.Give("g1", Of(5)), Cancellation)).Succeeded.ShouldBeTrue();
            return (await mine.AskAsync(Start("r1"), Cancellation)).Value.Attempt;
        });

        (await ledger.BalanceAsync()).Balance.ShouldBe(Of(5));
        (await ledger.Runs.RunsAsync(new() { Org = Org }, Cancellation)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Ten_thousand_completions_of_one_run_give_one_charge()
    {
        await using var ledger = Create();
        await using var other = new CreditLedger(ledger.Another());
        await ledger.OpenAsync();
        await ledger.AskAsync(ledger.Give("g1", Of(5)));
        await ledger.AskAsync(Start("r1"));

        var charged = await AtOnceAsync(10_000, async caller =>
            (await (caller % 2 == 0 ? ledger.Ledger : other).AskAsync(Complete("r1", cents: 50), Cancellation)).Value.Charged);

        charged.Distinct().ShouldBe([new Credits(1_500_000_000)]);
        (await ledger.Queries.CountTransactionsAsync(new() { Org = Org, Run = "r1" }, Cancellation)).ShouldBe(1);
        (await ledger.BalanceAsync()).Balance.ShouldBe(new(3_500_000_000));
    }

    protected abstract LedgerUnderTest Create();

    private static Task<T[]> AtOnceAsync<T>(int callers, Func<int, Task<T>> call) =>
        Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => call(caller))));
}
