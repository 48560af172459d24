using Farthing.Domain.Money;
using Farthing.Domain.Pricing;

namespace Farthing.Workflows.Pricing;

/// <summary>
/// Reads catalogs in the schema of <c>catalog/schema.json</c>. Strict: an unknown member, a price with more than nine
/// decimals or an inexact factor refuses the whole file, in one line that names the row.
/// </summary>
public static class CatalogFile
{
    /// <summary>The version of the schema that is understood.</summary>
    public const int Schema = 1;

    /// <summary>A larger file is refused unread.</summary>
    public const int BytesMax = 64 * 1024 * 1024;

    /// <summary>Reads a whole catalog.</summary>
    public static CatalogReading Read(ReadOnlySpan<byte> json)
    {
        var (content, refusal) = Parse(json);
        return content is null ? new(null, refusal) : PriceCatalog.Compile(content);
    }

    /// <summary>
    /// Reads a file of one's own and lays it over a catalog: a row with a known key replaces it, others come in addition.
    /// </summary>
    /// <param name="json">The file's content.</param>
    /// <param name="below">The catalog underneath.</param>
    public static CatalogReading ReadOver(ReadOnlySpan<byte> json, PriceCatalog below)
    {
        var (content, refusal) = Parse(json);
        return content is null ? new(null, refusal) : below.With(content);
    }

    /// <summary>Reads a file of one's own from disk and lays it over a catalog; a file that cannot be read is refused as well.</summary>
    public static CatalogReading LoadOver(string path, PriceCatalog below)
    {
        var (json, unread) = PriceFile.Load(path, BytesMax);
        var reading = json is null ? new(null, unread) : ReadOver(json, below);
        return reading.Refusal is { } refusal ? new(null, $"{path}: {refusal}") : reading;
    }

    internal static (CatalogContent? Content, string? Refusal) Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var cursor = new CatalogCursor(json);
            return (ReadContent(ref cursor), null);
        }
        catch (FormatException refusal)
        {
            return (null, refusal.Message);
        }
    }

    private static CatalogContent ReadContent(ref CatalogCursor cursor)
    {
        var content = new CatalogContent { Version = string.Empty, Providers = [], Rows = [] };
        var schema = 0L;
        cursor.Object();
        while (cursor.Member())
        {
            if (cursor.Is("schema"u8))
            {
                schema = cursor.Integer();
            }
            else if (cursor.Is("version"u8))
            {
                content = content with { Version = cursor.Text() };
            }
            else if (cursor.Is("as_of"u8))
            {
                content = content with { AsOf = cursor.Text() };
            }
            else if (cursor.Is("currency"u8))
            {
                RequireText(ref cursor, "USD", "prices are in USD only");
            }
            else if (cursor.Is("unit"u8))
            {
                RequireText(ref cursor, "USD per 1,000,000 tokens", "prices are per 1,000,000 tokens only");
            }
            else
            {
                content = ReadLists(ref cursor, content);
            }
        }

        cursor.End();
        if (schema != Schema)
        {
            throw cursor.Refuse($"its schema is {schema}, not {Schema}");
        }

        return content.Version.Length > 0 ? content : throw cursor.Refuse("it has no version");
    }

    private static void RequireText(ref CatalogCursor cursor, string expected, string reason)
    {
        if (cursor.Text() != expected)
        {
            throw cursor.Refuse(reason);
        }
    }

    private static CatalogContent ReadLists(ref CatalogCursor cursor, CatalogContent content)
    {
        if (cursor.Is("sources"u8))
        {
            return content with { Sources = ReadSources(ref cursor) };
        }

        if (cursor.Is("providers"u8))
        {
            return content with { Providers = ReadProviders(ref cursor) };
        }

        if (cursor.Is("overrides"u8))
        {
            return content with { Overrides = ReadOverrides(ref cursor) };
        }

        return cursor.Is("models"u8) ? content with { Rows = new PriceRowJson().ReadAll(ref cursor) } : throw cursor.Unknown();
    }

    private static List<CatalogSource> ReadSources(ref CatalogCursor cursor)
    {
        var sources = new List<CatalogSource>();
        cursor.List();
        while (cursor.NextObject())
        {
            var (id, url, licence, snapshot, role) = (string.Empty, string.Empty, string.Empty, string.Empty, string.Empty);
            while (cursor.Member())
            {
                if (cursor.Is("id"u8)) id = cursor.Text();
                else if (cursor.Is("url"u8)) url = cursor.Text();
                else if (cursor.Is("licence"u8)) licence = cursor.Text();
                else if (cursor.Is("snapshot"u8)) snapshot = cursor.Text();
                else if (cursor.Is("role"u8)) role = cursor.Text();
                else if (cursor.Is("commit"u8)) cursor.Text();
                else throw cursor.Unknown();
            }

            sources.Add(new(id, url, licence, snapshot, role));
        }

        return sources;
    }

    private static List<ModelOverride> ReadOverrides(ref CatalogCursor cursor)
    {
        var overrides = new List<ModelOverride>();
        cursor.List();
        while (cursor.NextObject())
        {
            var (provider, model, row) = (string.Empty, string.Empty, string.Empty);
            while (cursor.Member())
            {
                if (cursor.Is("provider"u8)) provider = cursor.Text();
                else if (cursor.Is("model"u8)) model = cursor.Text();
                else if (cursor.Is("row"u8)) row = cursor.Text();
                else throw cursor.Unknown();
            }

            overrides.Add(new(provider, model, row));
        }

        return overrides;
    }

    private static List<PriceProvider> ReadProviders(ref CatalogCursor cursor)
    {
        var providers = new List<PriceProvider>();
        cursor.List();
        while (cursor.NextObject())
        {
            var provider = new PriceProvider { Id = string.Empty };
            while (cursor.Member())
            {
                if (cursor.Is("id"u8)) provider = provider with { Id = cursor.Text() };
                else if (cursor.Is("name"u8)) provider = provider with { Name = cursor.Text() };
                else if (cursor.Is("spellings"u8)) provider = provider with { Spellings = cursor.Texts() };
                else if (cursor.Is("families"u8)) provider = provider with { Families = cursor.Texts() };
                else if (cursor.Is("regions"u8)) provider = provider with { Regions = cursor.Texts() };
                else if (cursor.Is("profiles"u8)) provider = provider with { Profiles = cursor.Texts() };
                else if (cursor.Is("units"u8)) provider = ReadUnits(ref cursor, provider);
                else throw cursor.Unknown();
            }

            providers.Add(provider);
        }

        return providers;
    }

    private static PriceProvider ReadUnits(ref CatalogCursor cursor, PriceProvider provider)
    {
        cursor.Where = "provider " + provider.Id;
        cursor.Object();
        while (cursor.Member())
        {
            if (cursor.Is("web_search"u8))
            {
                provider = provider with { WebSearch = ReadUnit(ref cursor, "web_search") };
            }
            else if (cursor.Is("online_search"u8))
            {
                provider = provider with { OnlineSearch = ReadUnit(ref cursor, "online_search") };
            }
            else
            {
                throw cursor.Unknown();
            }
        }

        return provider;
    }

    /// <summary>A price such as <c>{"per":1000,"usd":"10"}</c>, the count first.</summary>
    internal static Rate ReadUnit(ref CatalogCursor cursor, string what)
    {
        var per = 0L;
        Rate? price = null;
        cursor.Object();
        while (cursor.Member())
        {
            if (cursor.Is("per"u8))
            {
                per = cursor.Integer();
            }
            else if (cursor.Is("usd"u8))
            {
                price = per > 0 ? cursor.PerUnits(what, per) : throw cursor.Refuse($"{what} must say per how many before the price");
            }
            else
            {
                throw cursor.Unknown();
            }
        }

        return price ?? throw cursor.Refuse($"{what} has no price");
    }
}
