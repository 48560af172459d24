using Farthing.Storage.Tests.Contract.Budgets;

namespace Farthing.Storage.Tests.Sqlite;

public sealed class SqliteBudgetsTests : BudgetsContract
{
    protected override Task<OpenedBudgets> OpenAsync() => OneFile.OpenAsync();
}

public sealed class SqliteAlertsTests : AlertsContract
{
    protected override Task<OpenedBudgets> OpenAsync() => OneFile.OpenAsync();
}

public sealed class SqliteSavedViewsTests : SavedViewsContract
{
    protected override Task<OpenedBudgets> OpenAsync() => OneFile.OpenAsync();
}

/// <summary>A file that everybody shares.</summary>
internal static class OneFile
{
    public static Task<OpenedBudgets> OpenAsync()
    {
        var store = new SqliteStoreUnderTest(TimeZoneInfo.Utc);
        return Task.FromResult(new OpenedBudgets(() => BudgetStores.Of(store.Store), store.DisposeAsync));
    }
}
