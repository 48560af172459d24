using System.Net;
using Farthing.Connectors.Notifications;

namespace Farthing.Connectors.Tests.Notifications;

public sealed class SafeDialingTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.10")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.100.100.200")]
    [InlineData("168.63.129.16")]
    [InlineData("0.0.0.0")]
    [InlineData("255.255.255.255")]
    [InlineData("224.0.0.1")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::10.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("2002:a00:1::")]
    [InlineData("fe80::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("ff02::1")]
    public void Addresses_inside_are_refused_unless_they_are_allowed(string address)
    {
        new SafeDialing(allowPrivate: false).Allows(IPAddress.Parse(address)).ShouldBeFalse();
        new SafeDialing(allowPrivate: true).Allows(IPAddress.Parse(address)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("2606:4700:4700::1111")]
    public void Addresses_outside_are_allowed(string address) => new SafeDialing(allowPrivate: false).Allows(IPAddress.Parse(address)).ShouldBeTrue();

    [Theory]
    [InlineData("localhost", false)]
    [InlineData("hooks.LOCALHOST", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("hooks.example.org", true)]
    [InlineData("1.1.1.1", true)]
    public void Some_hosts_are_known_to_be_inside_without_asking(string host, bool allowed)
    {
        new SafeDialing(allowPrivate: false).MayAllow(host).ShouldBe(allowed);
        new SafeDialing(allowPrivate: true).MayAllow(host).ShouldBeTrue();
    }

    [Fact]
    public async Task A_name_that_leads_inside_is_refused_even_when_it_has_an_address_outside_the_next_time()
    {
        var answers = new Queue<IPAddress[]>([[IPAddress.Parse("10.0.0.1"), IPAddress.Loopback], [IPAddress.Parse("1.1.1.1")]]);
        var dialing = new SafeDialing(allowPrivate: false) { Resolve = (_, _) => Task.FromResult(answers.Dequeue()) };

        (await Should.ThrowAsync<IOException>(() => dialing.DialAsync("hooks.example.org", 443, Samples.Cancellation))).Message.ShouldBe(SafeDialing.Refusal);

        answers.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_address_that_was_checked_is_dialled_and_the_name_is_asked_for_once()
    {
        await using var receiver = await Receiver.StartAsync();
        var asked = 0;
        var dialing = new SafeDialing(allowPrivate: true) { Resolve = (_, _) => Task.FromResult<IPAddress[]>(asked++ == 0 ? [IPAddress.Loopback] : []) };
        using var sender = new WebhookSender(dialing);

        var delivery = await new SlackNotifier(new($"http://hooks.example.org:{receiver.Address.Port}/"), sender).SendAsync(Samples.Message(), Samples.Cancellation);

        (delivery.Delivered, asked, receiver.Received.Count).ShouldBe((true, 1, 1));
    }
}
