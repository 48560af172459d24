using Farthing.Storage.Tests.Contract.Ledger;

namespace Farthing.Storage.Tests.Postgres;

public sealed class PostgresLedgerRequestsTests : LedgerRequestsContract
{
    protected override LedgerUnderTest Create() => PostgresLedgerUnderTest.Create();
}

public sealed class PostgresLedgerConstraintsTests : LedgerConstraintsContract
{
    protected override LedgerUnderTest Create() => PostgresLedgerUnderTest.Create();
}

public sealed class PostgresLedgerRacesTests : LedgerRacesContract
{
    protected override LedgerUnderTest Create() => PostgresLedgerUnderTest.Create();
}

public sealed class PostgresLedgerQueriesTests : LedgerQueriesContract
{
    protected override LedgerUnderTest Create() => PostgresLedgerUnderTest.Create();
}

public sealed class PostgresLedgerAuditTests : LedgerAuditContract
{
    protected override LedgerUnderTest Create() => PostgresLedgerUnderTest.Create();
}

public sealed class PostgresLedgerStatisticsTests
{
    [Fact]
    public async Task A_unit_that_is_committed_is_told_so_even_when_the_statistics_behind_it_fail()
    {
        await using var ledger = PostgresLedgerUnderTest.Create();
        await ledger.OpenAsync();
        await ledger.AskAsync(ledger.Give("g1", LedgerUnderTest.Of(100)));
        await ledger.ExecuteAsync("ALTER TABLE runs RENAME TO elsewhere");

        // The statistics of all tables are taken behind the thirty-second unit; one of the tables is gone.
        for (var number = 0; number < 40; number++)
        {
            await ledger.AskAsync(LedgerUnderTest.Reserve($"h{number}", LedgerUnderTest.Of(1)));
        }

        (await ledger.Upkeep.CountersAsync(LedgerUnderTest.Org, LedgerUnderTest.Cancellation)).OpenHolds.Count.ShouldBe(40);
    }
}

public sealed class PostgresLedgerPeriodsTests : LedgerPeriodsContract
{
    protected override string LetTrialBalancesChange => "DROP TRIGGER trial_balances_are_final ON trial_balances";

    protected override LedgerUnderTest Create() => PostgresLedgerUnderTest.Create();
}

public sealed class PostgresLedgerAmountsTests : LedgerAmountsContract
{
    protected override LedgerUnderTest Create() => PostgresLedgerUnderTest.Create();
}

public sealed class PostgresLedgerDueTests : LedgerDueContract
{
    protected override LedgerUnderTest Create() => PostgresLedgerUnderTest.Create();
}

public sealed class PostgresLedgerPlansTests : LedgerPlansContract
{
    protected override LedgerUnderTest Create() => PostgresLedgerUnderTest.Create();
}
