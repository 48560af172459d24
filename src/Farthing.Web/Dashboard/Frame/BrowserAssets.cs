using System.IO.Compression;
using System.Security.Cryptography;
using Farthing.Web.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>
/// What browsers load besides pages. It travels inside the assembly; the hash of each file stands in its address, so that a
/// browser keeps it for a year and never has an old one.
/// </summary>
internal static class BrowserAssets
{
    private const string ResourcePrefix = "browser/";
    private const int HashLength = 12;

    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    private static readonly Lazy<Dictionary<string, Asset>> ByName = new(ReadAll);

    private static readonly Lazy<Dictionary<string, Asset>> ByAddress = new(
        static () => ByName.Value.Values.ToDictionary(static asset => asset.Address, StringComparer.Ordinal));

    /// <summary>Where a file is.</summary>
    /// <param name="name">Its name: <c>farthing.css</c>.</param>
    public static string AddressOf(string name) => ByName.Value[name].Address;

    /// <summary>Maps them; nobody needs to be signed in for them.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/assets/{file}", Send).WithName("GetAsset").ExcludeFromDescription().AllowAnyone();

    private static IResult Send(string file, HttpContext context)
    {
        if (!ByAddress.Value.TryGetValue($"/assets/{file}", out var asset))
        {
            return TypedResults.NotFound();
        }

        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = "Accept-Encoding";
        if (!AcceptsGzip(context.Request.Headers.AcceptEncoding))
        {
            return TypedResults.Bytes(asset.Plain, asset.Kind);
        }

        headers.ContentEncoding = "gzip";
        return TypedResults.Bytes(asset.Packed.Value, asset.Kind);
    }

    private static bool AcceptsGzip(StringValues accepted) =>
        accepted.Any(static text => text?.Split(',', StringSplitOptions.TrimEntries).Any(static coding => coding == "gzip") is true);

    private static Dictionary<string, Asset> ReadAll()
    {
        var assets = new Dictionary<string, Asset>(StringComparer.Ordinal);
        var assembly = typeof(BrowserAssets).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(static name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            var (name, kind) = (resource[ResourcePrefix.Length..], Path.GetExtension(resource));
            var hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..HashLength];
            assets[name] = new($"/assets/{Path.GetFileNameWithoutExtension(name)}.{hash}{kind}", Kinds[kind], bytes, new(() => Pack(bytes)));
        }

        return assets;
    }

    private static byte[] Pack(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }

    private sealed record Asset(string Address, string Kind, byte[] Plain, Lazy<byte[]> Packed);
}
