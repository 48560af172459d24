namespace Farthing.Domain.Pricing;

/// <summary>What a catalog is made of, before it is checked.</summary>
public sealed record CatalogContent
{
    /// <summary>Names the content: a day and a hash.</summary>
    public required string Version { get; init; }

    /// <summary>The day on which the prices were last gathered.</summary>
    public string AsOf { get; init; } = string.Empty;

    /// <summary>Where the facts come from.</summary>
    public IReadOnlyList<CatalogSource> Sources { get; init; } = [];

    /// <summary>The providers.</summary>
    public required IReadOnlyList<PriceProvider> Providers { get; init; }

    /// <summary>The rows.</summary>
    public required IReadOnlyList<PriceRow> Rows { get; init; }

    /// <summary>The operator's own answers.</summary>
    public IReadOnlyList<ModelOverride> Overrides { get; init; } = [];
}

/// <summary>A catalog, or in one line why it was refused. Exactly one of the two is set.</summary>
/// <param name="Catalog">The catalog, ready to price.</param>
/// <param name="Refusal">What is wrong, with the name of the row; for people.</param>
public readonly record struct CatalogReading(PriceCatalog? Catalog, string? Refusal);

/// <summary>
/// Dated rate cards with source and confidence: checked once, then immutable. Every question is an exact lookup in a
/// table; nothing is ever found by containment or by prefix.
/// </summary>
public sealed class PriceCatalog
{
    private readonly CatalogContent content;
    private readonly Dictionary<string, PriceRow> exact;
    private readonly Dictionary<string, PriceRow> canonical;
    private readonly Dictionary<string, PriceProvider> providers;
    private readonly Dictionary<string, PriceProvider> families;
    private readonly Dictionary<string, PriceRow> overrides;

    private PriceCatalog(CatalogContent content)
    {
        this.content = content;
        var room = content.Rows.Count * 2;
        exact = new(room, StringComparer.Ordinal);
        canonical = new(room, StringComparer.Ordinal);
        providers = new(content.Providers.Count * 4, StringComparer.Ordinal);
        families = new(content.Providers.Count * 2, StringComparer.Ordinal);
        overrides = new(StringComparer.Ordinal);
    }

    /// <summary>Names the content; the same content has the same version for ever.</summary>
    public string Version => content.Version;

    /// <summary>The day on which the prices were last gathered.</summary>
    public string AsOf => content.AsOf;

    /// <summary>All rows in the order of the file.</summary>
    public IReadOnlyList<PriceRow> Rows => content.Rows;

    /// <summary>All providers.</summary>
    public IReadOnlyList<PriceProvider> Providers => content.Providers;

    /// <summary>Where the facts come from.</summary>
    public IReadOnlyList<CatalogSource> Sources => content.Sources;

    /// <summary>The operator's own answers.</summary>
    public IReadOnlyList<ModelOverride> Overrides => content.Overrides;

    internal CatalogContent Content => content;

    /// <summary>Checks every rule and builds the tables. Nothing is repaired: one wrong price refuses the whole catalog.</summary>
    public static CatalogReading Compile(CatalogContent content)
    {
        var catalog = new PriceCatalog(content);
        var refusal = catalog.AddProviders() ?? catalog.AddRows() ?? catalog.CheckAliases() ?? catalog.AddOverrides();
        return refusal is null ? new(catalog, null) : new(null, refusal);
    }

    /// <summary>
    /// A catalog in which rows, providers and overrides of another content come on top: a row with a known key replaces it.
    /// </summary>
    public CatalogReading With(CatalogContent above)
    {
        var rows = Rows.ToDictionary(row => row.Key, StringComparer.Ordinal);
        foreach (var row in above.Rows)
        {
            rows[row.Key] = row;
        }

        var sellers = Providers.ToDictionary(provider => provider.Id, StringComparer.Ordinal);
        foreach (var provider in above.Providers)
        {
            sellers[provider.Id] = provider;
        }

        return Compile(above with
        {
            Version = $"{Version}+{above.Version}",
            AsOf = above.AsOf.Length > 0 ? above.AsOf : AsOf,
            Sources = [.. Sources, .. above.Sources],
            Providers = [.. sellers.Values],
            Rows = [.. rows.Values],
            Overrides = [.. above.Overrides, .. Overrides],
        });
    }

    /// <summary>The row of a key; null when there is none.</summary>
    public PriceRow? Find(string key) => exact.GetValueOrDefault(key) is { } row && row.Key == key ? row : null;

    /// <summary>The provider behind a spelling, whatever its case; null when nobody is known by it.</summary>
    public PriceProvider? ProviderOf(string spelling) => providers.GetValueOrDefault(spelling.ToLowerInvariant());

    internal PriceProvider? AuthorOf(string familyWord) => families.GetValueOrDefault(familyWord);

    internal PriceRow? Exact(string provider, string lowerId) => exact.GetValueOrDefault(Path(provider, lowerId));

    internal PriceRow? Canonical(string provider, string canonicalId) =>
        canonical.GetValueOrDefault(Path(provider, canonicalId)) ?? exact.GetValueOrDefault(Path(provider, canonicalId));

    internal PriceRow? Override(string provider, string lowerId) =>
        overrides.GetValueOrDefault(Path(provider, lowerId)) ?? overrides.GetValueOrDefault(Path(string.Empty, lowerId));

    private static string Path(string provider, string id) => string.Concat(provider, "/", id);

    private string? AddProviders()
    {
        foreach (var provider in Providers)
        {
            foreach (var spelling in provider.Spellings.Prepend(provider.Id))
            {
                if (!providers.TryAdd(spelling, provider))
                {
                    return $"provider {provider.Id}: '{spelling}' already means {providers[spelling].Id}";
                }
            }

            foreach (var family in provider.Families)
            {
                if (!families.TryAdd(family, provider))
                {
                    return $"provider {provider.Id}: the family '{family}' already belongs to {families[family].Id}";
                }
            }
        }

        return null;
    }

    private string? AddRows()
    {
        foreach (var row in Rows)
        {
            if (CatalogRules.Refusal(row) is { } wrong)
            {
                return $"{row.Key}: {wrong}";
            }

            if (!providers.TryGetValue(row.Provider, out var provider) || provider.Id != row.Provider)
            {
                return $"{row.Key}: no provider is called '{row.Provider}'";
            }

            if (AddId(row, row.Model, row.Key) is { } taken)
            {
                return taken;
            }

            foreach (var id in row.Ids)
            {
                var lower = id.ToLowerInvariant();
                if (AddId(row, lower, Path(row.Provider, lower)) is { } takenToo)
                {
                    return takenToo;
                }
            }
        }

        return null;
    }

    private string? AddId(PriceRow row, string lowerId, string path)
    {
        if (!exact.TryAdd(path, row))
        {
            return $"{row.Key}: the id '{lowerId}' already belongs to {exact[path].Key}";
        }

        var plain = ModelId.Canonical(lowerId);
        return ReferenceEquals(plain, lowerId) ? null : AddCanonical(row, lowerId, plain);
    }

    private string? AddCanonical(PriceRow row, string lowerId, string plain)
    {
        var path = Path(row.Provider, plain);
        return canonical.TryAdd(path, row) || ReferenceEquals(canonical[path], row)
            ? null
            : $"{row.Key}: the id '{lowerId}' is spelled like one of {canonical[path].Key}";
    }

    private string? CheckAliases()
    {
        foreach (var (path, row) in canonical)
        {
            if (exact.TryGetValue(path, out var other) && !ReferenceEquals(other, row))
            {
                return $"{row.Key}: an id of it is spelled like one of {other.Key}";
            }
        }

        foreach (var row in Rows)
        {
            foreach (var period in row.Periods)
            {
                if (period.As is { } target && (Find(target) is not { } named || named.Periods.Any(one => one.As is not null)))
                {
                    return $"{row.Key}: a period points to '{target}', which has no price of its own";
                }
            }
        }

        return null;
    }

    private string? AddOverrides()
    {
        foreach (var one in Overrides)
        {
            if (Find(one.Row) is not { } row)
            {
                return $"override of '{one.Model}': there is no row '{one.Row}'";
            }

            if (one.Provider.Length > 0 && ProviderOf(one.Provider) is null)
            {
                return $"override of '{one.Model}': there is no provider '{one.Provider}'";
            }

            var provider = one.Provider.Length == 0 ? string.Empty : ProviderOf(one.Provider)!.Id;
            overrides.TryAdd(Path(provider, one.Model.ToLowerInvariant()), row);
        }

        return null;
    }
}
