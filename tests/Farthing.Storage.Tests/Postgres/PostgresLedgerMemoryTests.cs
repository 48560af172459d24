using System.Text;
using Farthing.Domain.Ledger;
using Farthing.Storage.Tests.Contract.Ledger;
using Farthing.Workflows.Crediting;
using static Farthing.Storage.Tests.Contract.Ledger.LedgerUnderTest;

namespace Farthing.Storage.Tests.Postgres;

/// <summary>What a server remembers of a wallet changes no answer, whatever became of the wallet meanwhile.</summary>
public sealed class PostgresLedgerMemoryTests
{
    [Fact]
    public async Task What_another_server_reserved_gave_and_closed_is_seen_by_one_that_remembers()
    {
        await using var ledger = await OpenedAsync();
        await using var other = new CreditLedger(ledger.Another());
        await ledger.AskAsync(Reserve("h1", Of(1)));

        (await other.AskAsync(Reserve("h2", Of(9)), Cancellation)).Succeeded.ShouldBeTrue();
        (await ledger.RefusalAsync(Reserve("h3", Of(1)))).ShouldBe(Refusals.InsufficientCredits);

        (await other.AskAsync(ledger.Give("g2", Of(5)), Cancellation)).Succeeded.ShouldBeTrue();
        (await ledger.AskAsync(Reserve("h3", Of(5)))).Lines.ShouldBe([new("g2", Of(5))]);

        (await other.AskAsync(Capture("h1", Of(1)), Cancellation)).Succeeded.ShouldBeTrue();
        (await ledger.RefusalAsync(new ReleaseHold { Org = Org, Hold = "h1" })).ShouldBe("hold_captured");
        (await new VerifyLedger(ledger.Upkeep).VerifyAsync(Org, Cancellation)).Broken.ShouldBeNull();
    }

    [Fact]
    public async Task A_hold_that_has_ended_is_known_when_it_is_asked_for_again()
    {
        await using var ledger = await OpenedAsync();
        var hold = await ledger.AskAsync(Reserve("h1", Of(10)));
        await ledger.AskAsync(Capture("h1", Of(10)));

        // Nothing is left that could be reserved; the answer is the hold all the same.
        var again = Reserve("h1", Of(10));
        (await ledger.AskAsync(again)).State.ShouldBe(HoldState.Captured);
        again.WasDone.ShouldBeTrue();
        (await ledger.RefusalAsync(Reserve("h1", Of(9)))).ShouldBe("id_taken");
        var captured = Capture("h1", Of(10));
        (await ledger.AskAsync(captured)).Id.ShouldBe(hold.Id);
        captured.WasDone.ShouldBeTrue();
    }

    [Fact]
    public async Task An_answer_that_was_given_is_given_again()
    {
        await using var ledger = await OpenedAsync();
        await ledger.AskAsync(Reserve("h0", Of(1)));

        foreach (var (id, replays) in new[] { ("h1", false), ("h2", true) })
        {
            var request = new ReserveCredit
            {
                Org = Org, Id = id, Wallet = Main, Amount = Of(1),
                Idempotency = new("key:1", "same", "print"),
                AnswerAs = result => new(201, "text/plain", Encoding.UTF8.GetBytes(result.Value.Id)),
            };
            (await ledger.Ledger.PostAsync(request, Cancellation)).ShouldBeNull();
            (request.Replay is not null).ShouldBe(replays);
        }

        (await ledger.BalanceAsync()).Held.ShouldBe(Of(2));
    }

    [Fact]
    public async Task A_unit_that_fails_in_the_database_leaves_nothing_behind_in_memory()
    {
        await using var ledger = await OpenedAsync();
        await ledger.AskAsync(Reserve("h1", Of(1)));
        await ledger.ExecuteAsync("ALTER TABLE holds ADD CONSTRAINT small CHECK (amount < 5000000000) NOT VALID");

        await Should.ThrowAsync<Exception>(() => ledger.AskAsync(Reserve("h2", Of(8))));

        (await ledger.AskAsync(Reserve("h3", Of(4)))).State.ShouldBe(HoldState.Open);
        (await ledger.AskAsync(Reserve("h4", Of(4)))).State.ShouldBe(HoldState.Open);
        (await ledger.BalanceAsync()).Held.ShouldBe(Of(9));
    }

    private static async Task<LedgerUnderTest> OpenedAsync()
    {
        var ledger = PostgresLedgerUnderTest.Create();
        await ledger.OpenAsync();
        await ledger.AskAsync(ledger.Give("g1", Of(10)));
        return ledger;
    }
}
