using Farthing.Domain.Ledger;
using Farthing.Workflows.Crediting;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Web.Tests.Api.Ledger;

public sealed class SweepTests
{
    [Fact]
    public async Task What_is_overdue_goes_back_or_waits_or_leaves()
    {
        await using var till = await Till.OpenAsync();
        await till.GrantAsync("5", ""","id":"short","expires_at":"2026-11-26T13:00:00Z" """);
        await till.PostAsync("wallets/w1/holds", """{"id":"h1","amount":6,"ttl_seconds":60}""");
        await till.PostAsync("wallets/w1/holds", """{"id":"h2","amount":1,"ttl_seconds":60}""");
        await till.PostAsync("holds/h2/forward");
        till.Time.Move(TimeSpan.FromHours(2));

        (await till.Server.App.Services.GetRequiredService<SweepLedger>().SweepAsync(TestServer.Cancellation)).ShouldBeGreaterThan(0);
        await till.Server.App.Services.GetRequiredService<SweepLedger>().SweepAsync(TestServer.Cancellation);

        (await till.GetAsync("holds/h1")).Text("state").ShouldBe("expired");
        (await till.GetAsync("holds/h2")).Text("state").ShouldBe("unsettled");
        (await till.GetAsync("grants/short")).Text("left").ShouldBe("0");
        (await till.GetAsync("wallets/w1/balance")).Body.ShouldBe("""{"wallet":"w1","balance":"10","held":"1","available":"9","owed":"0","uncollected":"0"}""");
    }

    [Fact]
    public async Task A_sweep_that_fails_in_any_way_is_logged_and_the_next_one_comes()
    {
        var upkeep = new FailingUpkeep();
        await using var server = await TestServer.StartAsync(services => services.AddSingleton<ILedgerUpkeep>(upkeep), new HastyTime());

        await upkeep.ThirdSweepAsync(TestServer.Cancellation);

        server.Log.ShouldContain("The ledger could not be swept");
        (await server.SendAsync("GET", "/healthz")).Status.ShouldBe(200);
    }

    /// <summary>A clock whose timers never wait.</summary>
    private sealed class HastyTime : TimeProvider
    {
        private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(1);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, Soon, Soon);
    }

    /// <summary>Fails in ways that no store fails in.</summary>
    private sealed class FailingUpkeep : ILedgerUpkeep
    {
        private readonly TaskCompletionSource third = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int sweeps;

        public Task ThirdSweepAsync(CancellationToken cancellationToken) => third.Task.WaitAsync(cancellationToken);

        public Task<IReadOnlyList<Overdue>> OverdueAsync(int limit, CancellationToken cancellationToken)
        {
            if (++sweeps == 3)
            {
                third.SetResult();
            }

            throw sweeps % 2 == 1 ? new InvalidOperationException("a mistake") : new OperationCanceledException("somebody else's");
        }

        public Task<TrialBalance> TrialBalanceAsync(string org, AccountingMonth through, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<string>> OrgsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<SealedTransaction> ChainAsync(string org, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<LedgerRecord> RecordsAsync(string org, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<LedgerCounters> CountersAsync(string org, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
