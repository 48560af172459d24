using System.Net;

namespace Farthing;

/// <summary>Which proxies a server believes about their callers; none unless named.</summary>
/// <param name="find">Finds the value of a setting; null when nobody said it.</param>
internal sealed class ProxySettings(Func<string, string?> find)
{
    /// <summary>Addresses and networks, divided by commas; <c>loopback</c> for this machine.</summary>
    public const string Name = "FARTHING_PROXIES";

    private const string Loopback = "loopback";
    private const int ProxiesMax = 64;
    private static readonly IPNetwork[] ThisMachine = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];

    /// <summary>Reads them.</summary>
    /// <exception cref="SettingsException">One is neither an address nor a network.</exception>
    public IReadOnlyList<IPNetwork> Read()
    {
        var parts = (find(Name) ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts.Length <= ProxiesMax
            ? [.. parts.SelectMany(NetworksOf)]
            : throw new SettingsException($"{Name} names {parts.Length} proxies; {ProxiesMax} are the most. A network takes in many: 10.0.0.0/8.");
    }

    private static IReadOnlyList<IPNetwork> NetworksOf(string text) => text switch
    {
        Loopback => ThisMachine,
        _ when IPNetwork.TryParse(text, out var network) => [network],
        _ when IPAddress.TryParse(text, out var address) => [new(address, address.GetAddressBytes().Length * 8)],
        _ => throw new SettingsException($"{Name} must hold addresses and networks like 10.0.0.7 and 10.0.0.0/8, divided by commas, or '{Loopback}'; '{text}' is none of them."),
    };
}
