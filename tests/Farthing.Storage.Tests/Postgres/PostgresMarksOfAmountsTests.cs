using Farthing.Storage.Tests.Contract;
using Farthing.Storage.Tests.Contract.Budgets;

namespace Farthing.Storage.Tests.Postgres;

public sealed class PostgresMarksOfAmountsTests : MarksOfAmountsContract
{
    protected override StoreUnderTest Create() => Await.Value(() => PostgresStoreUnderTest.CreateAsync(TimeZoneInfo.Utc));

    protected override BudgetStores StoresOf(StoreUnderTest store) => BudgetStores.Of(((PostgresStoreUnderTest)store).Database);

    protected override async Task MigrateAsync(StoreUnderTest store, string older)
    {
        await using var migration = ((PostgresStoreUnderTest)store).Database.Source.CreateCommand(older + Migration.Read("postgres/", "marks_of_amounts"));
        await migration.ExecuteNonQueryAsync(StoreUnderTest.Cancellation);
    }
}
