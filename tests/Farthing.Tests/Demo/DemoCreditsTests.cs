using Farthing.Demo;
using Farthing.Domain.Ledger;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Testing;
using Farthing.Workflows.Billing;
using Farthing.Workflows.Crediting;
using Farthing.Workflows.Pricing;

namespace Farthing.Tests.Demo;

/// <summary>The ledger of the demo is one like any other.</summary>
public sealed class DemoCreditsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("farthing-demo-");
    private readonly ManualTime time = new();

    [Fact]
    public async Task It_verifies_and_has_something_of_everything()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var stores = UsageStores.OpenEmbedded(folder.FullName, TimeZoneInfo.Utc);

        var calls = await DemoCredits.WriteAsync(stores, new Rater(EmbeddedCatalog.Load()), time.Now, stop);

        var ledger = LedgerPorts.Of(stores, time);
        (await new VerifyLedger(ledger.Upkeep).VerifyAsync(Dimensions.LocalOrg, stop)).Broken.ShouldBeNull();
        var all = new LedgerQuery { Org = Dimensions.LocalOrg };
        (await ledger.Ledger.WalletsAsync(all, stop)).Count.ShouldBe(2);
        (await ledger.Ledger.HoldsAsync(all with { OnlyOpen = true }, stop)).ShouldHaveSingleItem().State.ShouldBe(HoldState.Forwarded);
        var runs = await ledger.Runs.RunsAsync(all, stop);
        var statements = new StateRun(ledger.Runs, ledger.Ledger, new RunMeter(stores.Spending, ledger.Runs));
        var explained = 0;
        foreach (var run in runs)
        {
            var statement = (await statements.FindAsync(all, run.Id, stop)).Value;
            statement.Charges.ShouldHaveSingleItem().Transaction.BookedAt.ShouldBeLessThan(time.Now);
            explained += statement.Calls.Count;
        }

        explained.ShouldBe(calls);
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Delete(recursive: true);
}
