using System.Net;
using System.Net.Sockets;

namespace Farthing.Connectors.Notifications;

/// <summary>No connection was made; the message is one of ours, and holds neither the address nor a secret.</summary>
internal sealed class NotDialedException(string message, Exception? cause = null) : IOException(message, cause);

/// <summary>
/// Opens connections to the outside only: an address of this machine, of a private network or of a cloud's metadata is
/// refused, whatever name leads to it. The address that was checked is the address that is dialled, so a name that means
/// something else a moment later gains nothing.
/// </summary>
/// <param name="allowPrivate">Whether addresses inside are allowed: for a mail server or a chat of one's own.</param>
public sealed class SafeDialing(bool allowPrivate)
{
    /// <summary>Why an address inside is refused.</summary>
    public const string Refusal = "The host is inside a private network; FARTHING_NOTIFY_PRIVATE=true allows that.";

    private const int AddressesMax = 8;

    private static readonly TimeSpan ConnectTimeMax = TimeSpan.FromSeconds(10);

    // Everything that IANA lists as special, and the one public address at which a cloud answers its machines.
    private static readonly IPNetwork[] Inside =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
            "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(static text => IPNetwork.Parse(text)),
    ];

    /// <summary>Finds the addresses of a name; tests have names of their own.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>Whether an address may be dialled.</summary>
    public bool Allows(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return allowPrivate || !Inside.Any(network => network.Contains(plain));
    }

    /// <summary>Whether a host may be allowed, as far as its name tells: numbers and <c>localhost</c> need no asking.</summary>
    public bool MayAllow(string host) => allowPrivate
        || (IPAddress.TryParse(host, out var address)
            ? Allows(address)
            : !host.Equals("localhost", StringComparison.OrdinalIgnoreCase) && !host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase));

    /// <summary>Connects to the first address of a host that answers and is allowed.</summary>
    /// <exception cref="IOException">There is none; the message holds no address.</exception>
    public async Task<Stream> DialAsync(string host, int port, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(ConnectTimeMax);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await ResolveAsync(host, patience.Token);
        var allowed = addresses.Where(Allows).Take(AddressesMax).ToList();
        if (allowed.Count == 0)
        {
            throw new NotDialedException(addresses.Length == 0 ? "The host has no address." : Refusal);
        }

        foreach (var address in allowed)
        {
            if (await TryConnectAsync(address, port, patience.Token) is { } stream)
            {
                return stream;
            }

            cancellationToken.ThrowIfCancellationRequested();
        }

        throw new NotDialedException("The host does not answer.");
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return await Resolve(host, cancellationToken);
        }
        catch (SocketException failure)
        {
            throw new NotDialedException("The host is not known.", failure);
        }
    }

    private static async Task<NetworkStream?> TryConnectAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, port), cancellationToken);
            return new(socket, ownsSocket: true);
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            return null;
        }
    }
}
