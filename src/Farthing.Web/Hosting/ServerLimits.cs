using Farthing.Web.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Farthing.Web.Hosting;

/// <summary>What the network may take from this process: no client can hold it by being slow, large or many.</summary>
internal static class ServerLimits
{
    private const int ConnectionsMax = 10_000;
    private const int HeaderBytesMax = 16 * 1024;
    private const int HeadersMax = 64;
    private const int RequestLineBytesMax = 16 * 1024;
    private const int BodyBytesPerSecondMin = 240;
    private static readonly TimeSpan HeadersTimeMax = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdleTimeMax = TimeSpan.FromSeconds(130);
    private static readonly TimeSpan SlownessGrace = TimeSpan.FromSeconds(5);

    /// <summary>Requests that are being answered when the server is told to stop get this long.</summary>
    public static readonly TimeSpan ShutdownTimeMax = TimeSpan.FromSeconds(30);

    /// <summary>Sets them.</summary>
    public static void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = WebLimits.BodyBytesMax;
        limits.MaxConcurrentConnections = ConnectionsMax;
        limits.MaxConcurrentUpgradedConnections = ConnectionsMax;
        limits.MaxRequestHeadersTotalSize = HeaderBytesMax;
        limits.MaxRequestHeaderCount = HeadersMax;
        limits.MaxRequestLineSize = RequestLineBytesMax;
        limits.RequestHeadersTimeout = HeadersTimeMax;
        limits.KeepAliveTimeout = IdleTimeMax;
        limits.MinRequestBodyDataRate = new(BodyBytesPerSecondMin, SlownessGrace);
        limits.MinResponseDataRate = new(BodyBytesPerSecondMin, SlownessGrace);
    }
}
