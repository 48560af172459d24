using System.Text;
using Farthing.Domain.Pricing;

namespace Farthing.Workflows.Pricing;

/// <summary>The catalogs that travel inside the program. Nothing is read before it is asked for.</summary>
public static class EmbeddedCatalog
{
    private const int HeaderBytes = 128;

    private static readonly Lazy<PriceCatalog> Prices = new(Compile);
    private static readonly Lazy<string> Header = new(ReadVersion);

    /// <summary>The version of the prices, from the first line of the file: known without reading the rest.</summary>
    public static string Version => Header.Value;

    /// <summary>The prices, compiled once.</summary>
    public static PriceCatalog Load() => Prices.Value;

    /// <summary>The named catalog of the first product of this kind, for comparing with its figures.</summary>
    public static PrimerCatalog LoadPrimer() => PrimerFile.Read(Bytes("catalog.primer-2026-05.json"));

    internal static byte[] Bytes(string name)
    {
        using var stream = Open(name);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static Stream Open(string name) =>
        typeof(EmbeddedCatalog).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"The program was built without {name}.");

    private static PriceCatalog Compile()
    {
        var reading = CatalogFile.Read(Bytes("catalog.prices.json"));
        return reading.Catalog ?? throw new InvalidOperationException($"The built-in catalog is refused: {reading.Refusal}");
    }

    private static string ReadVersion()
    {
        const string Marker = "\"version\":\"";
        using var stream = Open("catalog.prices.json");
        var header = new byte[HeaderBytes];
        var text = Encoding.UTF8.GetString(header, 0, stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false));
        var start = text.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length;
        return text[start..text.IndexOf('"', start)];
    }
}
