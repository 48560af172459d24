using Farthing.Domain.Ledger;
using Farthing.Workflows.Crediting;

namespace Farthing.Workflows.Tests.Crediting;

public sealed class SweepLedgerTests
{
    [Fact]
    public async Task One_sweep_takes_everything_that_is_overdue_however_much_it_is()
    {
        const int count = (2 * SweepLedger.PageMax) + 1;
        var desk = await Desk.WithAsync("10000");
        await desk.Store.ApplyAsync([.. Enumerable.Range(0, count).Select(number => desk.Reserving($"h{number}", "1"))], Desk.Cancellation);
        desk.Time.Move(TimeSpan.FromDays(1));
        await using var ledger = new CreditLedger(desk.Store);

        (await new SweepLedger(desk.Store, new SoleTurn(), ledger).SweepAsync(Desk.Cancellation)).ShouldBe(count);

        (await desk.Store.OverdueAsync(10, Desk.Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sweep_ends_when_it_changes_nothing()
    {
        var desk = await Desk.WithAsync("10");
        await using var ledger = new CreditLedger(desk.Store);
        var stuck = new StuckUpkeep(desk.Store);

        await new SweepLedger(stuck, new SoleTurn(), ledger).SweepAsync(Desk.Cancellation);

        stuck.Looks.ShouldBe(2);
    }

    [Fact]
    public async Task A_server_whose_turn_it_is_not_sweeps_nothing()
    {
        var desk = await Desk.WithAsync("10");
        await desk.Store.ApplyAsync([desk.Reserving("h1", "1")], Desk.Cancellation);
        desk.Time.Move(TimeSpan.FromDays(1));
        await using var ledger = new CreditLedger(desk.Store);

        (await new SweepLedger(desk.Store, new OthersTurn(), ledger).SweepAsync(Desk.Cancellation)).ShouldBe(0);

        (await desk.Store.OverdueAsync(10, Desk.Cancellation)).Count.ShouldBe(1);
    }

    private sealed class OthersTurn : ISweepTurn
    {
        public Task<IAsyncDisposable?> TryTakeAsync(CancellationToken cancellationToken) => Task.FromResult<IAsyncDisposable?>(null);
    }

    /// <summary>Tells the same things for ever, which are not even there.</summary>
    private sealed class StuckUpkeep(ILedgerUpkeep upkeep) : ILedgerUpkeep
    {
        public int Looks { get; private set; }

        public Task<IReadOnlyList<Overdue>> OverdueAsync(int limit, CancellationToken cancellationToken)
        {
            Looks++;
            return Task.FromResult<IReadOnlyList<Overdue>>([.. Enumerable.Range(0, limit).Select(number => new Overdue(Desk.Org, "w", $"h{number}", IsHold: true))]);
        }

        public Task<TrialBalance> TrialBalanceAsync(string org, AccountingMonth through, CancellationToken cancellationToken) =>
            upkeep.TrialBalanceAsync(org, through, cancellationToken);

        public Task<IReadOnlyList<string>> OrgsAsync(CancellationToken cancellationToken) => upkeep.OrgsAsync(cancellationToken);

        public IAsyncEnumerable<Domain.Ledger.SealedTransaction> ChainAsync(string org, CancellationToken cancellationToken) => upkeep.ChainAsync(org, cancellationToken);

        public IAsyncEnumerable<LedgerRecord> RecordsAsync(string org, CancellationToken cancellationToken) => upkeep.RecordsAsync(org, cancellationToken);

        public Task<LedgerCounters> CountersAsync(string org, CancellationToken cancellationToken) => upkeep.CountersAsync(org, cancellationToken);
    }
}
