using Farthing.Storage.Tests.Contract.Budgets;

namespace Farthing.Storage.Tests.Sqlite;

public sealed class SqliteBudgetsTests : BudgetsContract
{
    protected override Task<OpenedBudgets> OpenAsync()
    {
        var store = new SqliteStoreUnderTest(TimeZoneInfo.Utc);
        return Task.FromResult(new OpenedBudgets(() => BudgetStores.Of(store.Store), store.DisposeAsync));
    }
}
