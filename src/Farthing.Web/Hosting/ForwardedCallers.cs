using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;

namespace Farthing.Web.Hosting;

/// <summary>
/// Takes from a proxy that is known whether its caller used https, so that the cookie of a sign-in is kept to https, and the
/// caller's address, so that wrong keys are counted by it. Headers of anybody else are not looked at: they could say anything.
/// </summary>
internal static class ForwardedCallers
{
    /// <summary>Adds it before everything that looks at a request; nothing when no proxy is known.</summary>
    public static void UseForwardedCallers(this IApplicationBuilder app, ServerOptions options)
    {
        if (options.Proxies.Count == 0)
        {
            return;
        }

        // The framework believes the loopback unless told otherwise; here it counts only when it was named.
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedFor };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in options.Proxies)
        {
            forwarded.KnownIPNetworks.Add(network);
        }

        app.UseForwardedHeaders(forwarded);
    }
}
