using Farthing.Storage.Tests.Contract;
using Farthing.Workflows.Access;
using Farthing.Workflows.Alerting;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Sessions;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Tests.Sqlite;

/// <summary>A store in a folder of its own, which goes with it.</summary>
internal sealed class SqliteStoreUnderTest : StoreUnderTest
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("farthing-");

    public SqliteStoreUnderTest(TimeZoneInfo zone) => Store = SqliteStore.Open(Path, zone);

    public string Path => System.IO.Path.Combine(folder.FullName, "usage.db");

    public SqliteStore Store { get; private set; }

    public override IUsageStore Usage => Store;

    public override ISpendQueries Spending => Store;

    public override IUsageRepeats Repeats => Store;

    public override IAgentSessions Sessions => Store.Sessions;

    public override ISessionOutcomes Outcomes => BudgetStores.Of(Store).Outcomes;

    public override IEngineers Engineers => Store.Access.Engineers;

    public override Task<IReadOnlyList<UsageConflict>> ConflictsAsync(string org) => Store.ReadConflictsAsync(org, 100, Cancellation);

    public async Task ReopenAsync(TimeZoneInfo zone)
    {
        await Store.DisposeAsync();
        Store = SqliteStore.Open(Path, zone);
    }

    public override async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
