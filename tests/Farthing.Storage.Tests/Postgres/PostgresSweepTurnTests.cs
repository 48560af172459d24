using Farthing.Storage.Tests.Contract.Ledger;

namespace Farthing.Storage.Tests.Postgres;

/// <summary>Servers that share a database take turns.</summary>
public sealed class PostgresSweepTurnTests
{
    [Fact]
    public async Task One_server_sweeps_at_a_time_and_the_others_do_not_wait_for_it()
    {
        await using var ledger = PostgresLedgerUnderTest.Create();
        var first = await ledger.Turn.TryTakeAsync(LedgerUnderTest.Cancellation);

        first.ShouldNotBeNull();
        (await ledger.Turn.TryTakeAsync(LedgerUnderTest.Cancellation)).ShouldBeNull();
        await first.DisposeAsync();

        var next = await ledger.Turn.TryTakeAsync(LedgerUnderTest.Cancellation);
        next.ShouldNotBeNull();
        await next.DisposeAsync();
    }

    [Fact]
    public async Task The_turn_of_a_server_that_died_is_the_next_ones()
    {
        await using var ledger = PostgresLedgerUnderTest.Create();
        var dead = await ledger.Turn.TryTakeAsync(LedgerUnderTest.Cancellation);
        dead.ShouldNotBeNull();
        await ledger.ExecuteAsync(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");

        var next = await ledger.Turn.TryTakeAsync(LedgerUnderTest.Cancellation);

        next.ShouldNotBeNull();
        await next.DisposeAsync();
        await dead.DisposeAsync();
    }
}
