using Farthing.Testing;
using Farthing.Workflows.Notifying;

namespace Farthing.Workflows.Tests.Notifying;

public sealed class DeliverNotificationsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_tried_after_1_5_30_minutes_2_and_6_hours_and_then_given_up()
    {
        var (time, outbox, channel) = (new ManualTime(), new MemoryOutbox("m", "flaky"), new Channel("flaky") { Answer = Delivery.Failed("busy") });
        var deliver = new DeliverNotifications(outbox, [channel], time);

        foreach (var minutes in new[] { 0, 1, 5, 30, 120, 360 })
        {
            time.Move(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(minutes > 0 ? 1 : 0));
            await deliver.DeliverDueAsync(Cancellation);
            time.Move(TimeSpan.FromSeconds(minutes > 0 ? 1 : 0));
            await deliver.DeliverDueAsync(Cancellation);
        }

        channel.Sent.Count.ShouldBe(DeliverNotifications.TriesMax);
        channel.Sent.Distinct().ShouldBe(["m"]);
        (outbox.IsDead, outbox.Reason).ShouldBe((true, "busy"));
    }

    [Fact]
    public async Task What_is_taken_is_sent_once()
    {
        var (time, outbox, channel) = (new ManualTime(), new MemoryOutbox("m", "fine"), new Channel("fine") { Answer = Delivery.Done });
        var deliver = new DeliverNotifications(outbox, [channel], time);

        (await deliver.DeliverDueAsync(Cancellation)).Sent.ShouldBe(1);
        time.Move(TimeSpan.FromDays(1));
        (await deliver.DeliverDueAsync(Cancellation)).Sent.ShouldBe(0);

        channel.Sent.ShouldBe(["m"]);
    }

    [Fact]
    public async Task A_channel_that_is_gone_is_a_reason_like_another()
    {
        var (time, outbox) = (new ManualTime(), new MemoryOutbox("m", "gone"));

        await new DeliverNotifications(outbox, [], time).DeliverDueAsync(Cancellation);

        outbox.Reason.ShouldBe("There is no channel 'gone' any more.");
    }

    private sealed class Channel(string name) : INotifier
    {
        public Delivery Answer { get; init; }

        public List<string> Sent { get; } = [];

        string INotifier.Channel => name;

        public Task<Delivery> SendAsync(OutboxMessage message, CancellationToken cancellationToken)
        {
            Sent.Add(message.Id);
            return Task.FromResult(Answer);
        }
    }

    private sealed class MemoryOutbox(string id, string channel) : IOutbox
    {
        private DateTimeOffset? next = DateTimeOffset.MinValue;
        private int attempts;

        public bool IsDead { get; private set; }

        public string Reason { get; private set; } = string.Empty;

        public Task<IReadOnlyList<ClaimedMessage>> ClaimAsync(DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancellationToken)
        {
            if (next is not { } due || due > now)
            {
                return Task.FromResult<IReadOnlyList<ClaimedMessage>>([]);
            }

            next = now + lease;
            var notification = new Notification { Id = "n", Org = "local", Kind = "test", Title = "t", Text = "t", OccurredAt = now };
            return Task.FromResult<IReadOnlyList<ClaimedMessage>>([new(new(id, channel, notification), ++attempts)]);
        }

        public Task DeliveredAsync(string message, DateTimeOffset now, CancellationToken cancellationToken)
        {
            next = null;
            return Task.CompletedTask;
        }

        public Task FailedAsync(string message, DateTimeOffset now, DateTimeOffset? again, string reason, CancellationToken cancellationToken)
        {
            (next, IsDead, Reason) = (again, again is null, reason);
            return Task.CompletedTask;
        }

        public Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken) => Task.FromResult(0);
    }
}
