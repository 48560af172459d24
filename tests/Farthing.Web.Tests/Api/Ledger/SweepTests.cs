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
        (await till.GetAsync("wallets/w1/balance")).Body.ShouldBe("""{"wallet":"w1","balance":"10","held":"1","available":"9","owed":"0"}""");
    }
}
