using Farthing.Storage.Sqlite.Engine;
using Farthing.Storage.Tests.Contract;

namespace Farthing.Storage.Tests.Sqlite;

public sealed class SqliteRunCallsTests : RunCallsContract
{
    [Fact]
    public async Task The_calls_of_a_run_are_found_through_the_index()
    {
        await using var store = new SqliteStoreUnderTest(TimeZoneInfo.Utc);
        using var connection = Connection.Open(store.Path, readOnly: true, 0);
        using var plan = connection.Prepare("EXPLAIN QUERY PLAN SELECT id FROM events WHERE run = ?1 ORDER BY id"u8);

        plan.Step().ShouldBeTrue();

        plan.Text(3).ShouldContain("events_of_runs");
        plan.Step().ShouldBeFalse();
    }

    protected override StoreUnderTest Create() => new SqliteStoreUnderTest(TimeZoneInfo.Utc);
}
