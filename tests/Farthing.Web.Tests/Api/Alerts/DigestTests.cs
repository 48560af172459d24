using Farthing.Domain.Pricing;
using Farthing.Testing;
using Farthing.Web.Tests.Api.Budgets;
using Farthing.Workflows.Digesting;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Notifying;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Web.Tests.Api.Alerts;

public sealed class DigestTests
{
    [Fact]
    public async Task A_digest_is_due_once_on_monday_from_eight_where_something_was_spent()
    {
        // A Sunday before midnight.
        await using var scene = await BudgetScene.OpenAsync("2026-02-15T23:00:00Z", replace: static services => services.AddSingleton<INotifier>(new Nobody()));
        await scene.SpendAsync(3);
        await EstimateAsync(scene);
        var first = Another(scene);

        (await first.SendDueAsync("local", TestServer.Cancellation)).ShouldBeFalse();
        scene.Time.Move(TimeSpan.FromHours(9) - TimeSpan.FromMinutes(1));
        (await first.SendDueAsync("local", TestServer.Cancellation)).ShouldBeFalse();
        scene.Time.Move(TimeSpan.FromMinutes(1));
        (await first.SendDueAsync("local", TestServer.Cancellation)).ShouldBeTrue();
        (await first.SendDueAsync("local", TestServer.Cancellation)).ShouldBeFalse();
        (await Another(scene).SendDueAsync("local", TestServer.Cancellation)).ShouldBeFalse();
        (await first.SendDueAsync(scene.People.OtherOrg, TestServer.Cancellation)).ShouldBeFalse();

        var sent = (await scene.Server.Get<IOutbox>().ClaimAsync(scene.Time.Now, TimeSpan.FromMinutes(1), 10, TestServer.Cancellation)).ShouldHaveSingleItem();
        (sent.Message.Notification.Kind, sent.Message.Notification.Title).ShouldBe(("digest.weekly", "$3.00 in the week of 2026-02-09"));
    }

    /// <summary>A call of an unknown model, as logs bring it: what it may have cost is told beside what was spent and never added.</summary>
    private static async Task EstimateAsync(BudgetScene scene)
    {
        var (usage, rating) = SampleSpend.Call(scene.Time.Now, "claude-lab-preview-x1", default, PricingStatus.Fallback, "70");
        await scene.Server.Get<IUsageStore>().AppendAsync(new([new(usage, rating, string.Empty)], []), TestServer.Cancellation);
    }

    /// <summary>The digests of another server over the same store.</summary>
    private static SendDigests Another(BudgetScene scene) => ActivatorUtilities.CreateInstance<SendDigests>(scene.Server.App.Services);

    private sealed class Nobody : INotifier
    {
        public string Channel => "nobody";

        public Task<Delivery> SendAsync(OutboxMessage message, CancellationToken cancellationToken) => Task.FromResult(Delivery.Failed("Nobody is there."));
    }
}
