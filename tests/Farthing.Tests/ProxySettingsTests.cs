namespace Farthing.Tests;

public sealed class ProxySettingsTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("loopback", "127.0.0.0/8 ::1/128")]
    [InlineData("10.0.0.7, 10.1.0.0/16,2001:db8::7", "10.0.0.7/32 10.1.0.0/16 2001:db8::7/128")]
    public void Addresses_networks_and_this_machine_are_named(string? said, string networks) =>
        string.Join(' ', new ProxySettings(_ => said).Read()).ShouldBe(networks);

    [Theory]
    [InlineData("proxy.example.org")]
    [InlineData("10.0.0.0/33")]
    [InlineData("*")]
    public void What_is_neither_is_refused_by_name(string said) =>
        Should.Throw<SettingsException>(() => new ProxySettings(_ => said).Read()).Message.ShouldStartWith("FARTHING_PROXIES must hold ");
}
