using Farthing.Web.Tests.Api.Budgets;
using Farthing.Workflows.Budgeting;
using Farthing.Workflows.Notifying;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Web.Tests.Api.Alerts;

public sealed class NotificationTests
{
    private const string Notifications = "/api/v1/notifications";

    [Fact]
    public async Task A_passed_threshold_that_nobody_takes_is_given_up_in_sight_of_admins_who_send_it_anew()
    {
        var chat = new Chat();
        await using var scene = await BudgetScene.OpenAsync(replace: services => services.AddSingleton<INotifier>(chat));
        await scene.MakeAsync("""{"name":"core","amount":10}""");
        await scene.SpendAsync(9);
        await scene.Server.Get<WatchBudgets>().WatchAllAsync(TestServer.Cancellation);
        await scene.Server.Get<WatchBudgets>().WatchAllAsync(TestServer.Cancellation);
        var deliver = scene.Server.Get<DeliverNotifications>();
        for (var attempt = 1; attempt <= DeliverNotifications.TriesMax; attempt++)
        {
            await deliver.DeliverDueAsync(TestServer.Cancellation);
            scene.Time.Move(TimeSpan.FromHours(6));
        }

        var dead = (await scene.Server.SendAsync("GET", Notifications + "?state=given_up", TestServer.AdminKey)).Json.EnumerateArray().ShouldHaveSingleItem();
        (dead.GetProperty("kind").GetString(), dead.GetProperty("attempts").GetInt32(), dead.GetProperty("failure").GetString()).ShouldBe(("budget.threshold", 6, "busy"));
        chat.IsBusy = false;
        var again = await scene.Server.SendAsync("POST", $"{Notifications}/{dead.GetProperty("id").GetString()}/retry", TestServer.AdminKey);
        (again.Status, again.Text("state")).ShouldBe((202, "waiting"));
        (await deliver.DeliverDueAsync(TestServer.Cancellation)).Sent.ShouldBe(1);
        var sent = (await scene.Server.SendAsync("GET", Notifications, TestServer.AdminKey)).Json.EnumerateArray().ShouldHaveSingleItem();
        (sent.GetProperty("state").GetString(), sent.GetProperty("title").GetString()).ShouldBe(("sent", "Budget 'core' is at 90 % of $10.00"));
        chat.Seen.Distinct().Count().ShouldBe(1);
        (await scene.Server.SendAsync("POST", $"{Notifications}/{dead.GetProperty("id").GetString()}/retry", TestServer.AdminKey)).Status.ShouldBe(404);
        (await scene.Server.SendAsync("GET", Notifications + "?state=lost", TestServer.AdminKey)).Text("field").ShouldBe("state");
    }

    private sealed class Chat : INotifier
    {
        public bool IsBusy { get; set; } = true;

        public List<string> Seen { get; } = [];

        public string Channel => "chat";

        public Task<Delivery> SendAsync(OutboxMessage message, CancellationToken cancellationToken)
        {
            Seen.Add(message.Id);
            return Task.FromResult(IsBusy ? Delivery.Failed("busy") : Delivery.Done);
        }
    }
}
