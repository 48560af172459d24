using Farthing.Domain.Pricing;

namespace Farthing.Workflows.Pricing;

/// <summary>Reads <c>catalog/primer-2026-05.json</c>.</summary>
internal static class PrimerFile
{
    /// <summary>Reads the file.</summary>
    /// <exception cref="FormatException">The file, which is part of the program, is broken.</exception>
    public static PrimerCatalog Read(ReadOnlySpan<byte> json)
    {
        var cursor = new CatalogCursor(json);
        var (name, fallback) = (string.Empty, string.Empty);
        var prices = new List<PrimerPrice>();
        cursor.Object();
        while (cursor.Member())
        {
            if (cursor.Is("name"u8))
            {
                name = cursor.Text();
            }
            else if (cursor.Is("fallback"u8))
            {
                fallback = cursor.Text();
            }
            else if (cursor.Is("models"u8))
            {
                cursor.List();
                while (cursor.NextObject())
                {
                    prices.Add(ReadPrice(ref cursor));
                }
            }
            else
            {
                _ = cursor.Text();
            }
        }

        return new(name, fallback, prices);
    }

    private static PrimerPrice ReadPrice(ref CatalogCursor cursor)
    {
        var price = new PrimerPrice(string.Empty, default, default, default, default);
        while (cursor.Member())
        {
            if (cursor.Is("key"u8)) price = price with { Key = cursor.Text() };
            else if (cursor.Is("input"u8)) price = price with { Input = cursor.PerMillion("input") };
            else if (cursor.Is("output"u8)) price = price with { Output = cursor.PerMillion("output") };
            else if (cursor.Is("cache_read"u8)) price = price with { CacheRead = cursor.PerMillion("cache_read") };
            else if (cursor.Is("cache_write"u8)) price = price with { CacheWrite = cursor.PerMillion("cache_write") };
            else throw cursor.Unknown();
        }

        return price;
    }
}
