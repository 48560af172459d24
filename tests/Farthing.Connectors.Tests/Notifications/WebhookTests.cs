using System.Text.Json;
using Farthing.Connectors.Notifications;
using Farthing.Testing;
using Farthing.Workflows.Notifying;

namespace Farthing.Connectors.Tests.Notifications;

public sealed class WebhookTests
{
    private const string Secret = "a shared secret";

    [Fact]
    public async Task A_program_receives_the_notification_and_can_check_who_sent_it_and_when()
    {
        await using var receiver = await Receiver.StartAsync();
        using var sender = new WebhookSender(new(allowPrivate: true));
        var time = new ManualTime();

        (await new WebhookNotifier(receiver.Address, Secret, sender, time).SendAsync(Samples.Message(), Samples.Cancellation)).ShouldBe(Delivery.Done);

        var received = receiver.Received.ShouldHaveSingleItem();
        received.Headers[WebhookNotifier.IdHeader].ShouldBe("m-1");
        received.Headers[WebhookNotifier.SignatureHeader].ShouldBe(WebhookNotifier.Sign(Secret, time.Now, received.Body));
        received.Headers["Content-Type"].ShouldBe("application/json; charset=utf-8");
        var json = JsonDocument.Parse(received.Body).RootElement;
        (json.GetProperty("id").GetString(), json.GetProperty("kind").GetString(), json.GetProperty("facts").GetProperty("spent").GetString()).ShouldBe(("n-1", "budget.threshold", "81"));
    }

    [Fact]
    public void A_signature_is_that_of_the_time_and_the_body() =>
        // printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac key
        WebhookNotifier.Sign("key", DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), """{"a":1}""")
            .ShouldBe("t=1700000000,v1=a438e398bfafc57e4396bb7fc2304422f0f768e965d073ca313cb52e22e6ad03");

    [Fact]
    public async Task A_chat_receives_a_text_in_which_nothing_is_special()
    {
        await using var receiver = await Receiver.StartAsync();
        using var sender = new WebhookSender(new(allowPrivate: true));

        (await new SlackNotifier(receiver.Address, sender).SendAsync(Samples.Message("<!channel> & co"), Samples.Cancellation)).ShouldBe(Delivery.Done);

        JsonDocument.Parse(receiver.Received.ShouldHaveSingleItem().Body).RootElement.GetProperty("text").GetString().ShouldBe("*&lt;!channel&gt; &amp; co*\nLook at it.");
    }

    [Theory]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Whatever_is_no_success_is_a_failure_and_redirects_are_not_followed(int status)
    {
        await using var elsewhere = await Receiver.StartAsync();
        await using var receiver = await Receiver.StartAsync(status, elsewhere.Address.ToString());
        using var sender = new WebhookSender(new(allowPrivate: true));

        var delivery = await new SlackNotifier(receiver.Address, sender).SendAsync(Samples.Message(), Samples.Cancellation);

        delivery.ShouldBe(Delivery.Failed($"The other side answered {status}."));
        elsewhere.Received.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("0.0.0.0")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    public async Task An_address_of_this_machine_is_not_dialled_however_it_is_written(string host)
    {
        await using var receiver = await Receiver.StartAsync();
        using var sender = new WebhookSender(new(allowPrivate: false));
        var address = new Uri($"http://{host}:{receiver.Address.Port}/hooks/top-secret");

        var delivery = await new SlackNotifier(address, sender).SendAsync(Samples.Message(), Samples.Cancellation);

        delivery.Delivered.ShouldBeFalse();
        delivery.Reason.ShouldContain("private network");
        receiver.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task No_reason_tells_the_address()
    {
        using var sender = new WebhookSender(new(allowPrivate: true));

        var nobody = await new SlackNotifier(new("http://127.0.0.1:1/top-secret"), sender).SendAsync(Samples.Message(), Samples.Cancellation);
        var unknown = await new SlackNotifier(new("http://nowhere.invalid/top-secret"), sender).SendAsync(Samples.Message(), Samples.Cancellation);

        (nobody.Reason, unknown.Reason).ShouldBe(("The host does not answer.", "The host is not known."));
    }
}
