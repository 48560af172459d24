using Farthing.Storage.Sqlite.Engine;
using Farthing.Storage.Tests.Contract;
using Farthing.Storage.Tests.Contract.Budgets;

namespace Farthing.Storage.Tests.Sqlite;

public sealed class SqliteMarksOfAmountsTests : MarksOfAmountsContract
{
    protected override StoreUnderTest Create() => new SqliteStoreUnderTest(TimeZoneInfo.Utc);

    protected override BudgetStores StoresOf(StoreUnderTest store) => BudgetStores.Of(((SqliteStoreUnderTest)store).Store);

    protected override async Task MigrateAsync(StoreUnderTest store, string older)
    {
        var under = (SqliteStoreUnderTest)store;
        await under.Store.DisposeAsync();
        using (var connection = Connection.Open(under.Path, readOnly: false, 1_000))
        {
            connection.Execute(older);
            connection.Execute(Migration.Read("sqlite/", "marks_of_amounts"));
        }

        await under.ReopenAsync(TimeZoneInfo.Utc);
    }
}
