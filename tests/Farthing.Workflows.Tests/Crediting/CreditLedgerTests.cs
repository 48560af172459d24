using Farthing.Domain.Money;
using Farthing.Workflows.Crediting;

namespace Farthing.Workflows.Tests.Crediting;

public sealed class CreditLedgerTests
{
    [Fact]
    public async Task A_store_that_is_down_is_asked_a_few_times_and_not_once_for_each_that_waits()
    {
        var store = new TroubledStore { Failure = static _ => new IOException("no connection") };
        await using var ledger = new CreditLedger(store);

        (await PostManyAsync(ledger, store, 2_000, static _ => "good")).ShouldAllBe(static answer => answer == "no connection");

        store.Tries.ShouldBeLessThan(20);
    }

    [Fact]
    public async Task A_store_that_is_back_is_used_again()
    {
        var store = new TroubledStore { Failure = static _ => new IOException("no connection") };
        await using var ledger = new CreditLedger(store);
        (await PostManyAsync(ledger, store, 1_000, static _ => "good")).ShouldAllBe(static answer => answer == "no connection");

        store.Failure = static _ => null;

        (await PostAsync(ledger, Request(0, "good"))).ShouldBe("done");
    }

    [Fact]
    public async Task Requests_that_fail_by_themselves_spoil_nothing_for_the_others()
    {
        var store = new TroubledStore { Failure = static requests => requests.Any(request => request.Actor == "bad") ? new InvalidOperationException("bad") : null };
        await using var ledger = new CreditLedger(store);

        var answers = await PostManyAsync(ledger, store, 100, ActorOf);

        answers.ShouldBe(Enumerable.Range(0, 100).Select(number => ActorOf(number) == "bad" ? "bad" : "done"));

        static string ActorOf(int number) => number % 2 == 0 || number < 10 ? "bad" : "good";
    }

    [Fact]
    public async Task A_request_that_no_account_can_count_is_refused_and_the_others_are_done()
    {
        var store = new TroubledStore { Failure = static requests => requests.Any(request => request.Actor == "giant") ? new OverflowException() : null };
        await using var ledger = new CreditLedger(store);

        var answers = await PostManyAsync(ledger, store, 20, static number => number == 7 ? "giant" : "good");

        answers.ShouldBe(Enumerable.Range(0, 20).Select(static number => number == 7 ? "account_full" : "done"));
    }

    /// <summary>Posts requests that all wait before the first one is done, and tells how each went.</summary>
    private static async Task<string[]> PostManyAsync(CreditLedger ledger, TroubledStore store, int count, Func<int, string> actor)
    {
        var answers = new List<Task<string>> { PostAsync(ledger, Request(0, actor(0))) };
        await store.ArrivedAsync(Desk.Cancellation);
        answers.AddRange(Enumerable.Range(1, count - 1).Select(number => PostAsync(ledger, Request(number, actor(number)))));
        store.Open();
        return await Task.WhenAll(answers);
    }

    private static async Task<string> PostAsync(CreditLedger ledger, LedgerRequest request)
    {
        try
        {
            return (await ledger.PostAsync(request, Desk.Cancellation))?.Code ?? "done";
        }
        catch (Exception failure) when (failure is IOException or InvalidOperationException)
        {
            return failure.Message;
        }
    }

    private static AdjustWallet Request(int number, string actor) =>
        new() { Org = Desk.Org, Id = $"a{number}", Wallet = "w", Amount = Credits.Zero, Reason = "test", Actor = actor };

    /// <summary>A store that does nothing, or fails as it is told.</summary>
    private sealed class TroubledStore : ILedgerStore
    {
        private readonly TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public required Func<IReadOnlyList<LedgerRequest>, Exception?> Failure { get; set; }

        public Task ArrivedAsync(CancellationToken cancellationToken) => arrived.Task.WaitAsync(cancellationToken);

        public int Tries { get; private set; }

        public bool AppliesInParallel => false;

        public void Open() => gate.SetResult();

        public async Task ApplyAsync(IReadOnlyList<LedgerRequest> requests, CancellationToken cancellationToken)
        {
            arrived.TrySetResult();
            await gate.Task.WaitAsync(cancellationToken);
            Tries++;
            if (Failure(requests) is { } failure)
            {
                throw failure;
            }
        }
    }
}
