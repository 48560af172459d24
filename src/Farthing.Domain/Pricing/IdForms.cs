namespace Farthing.Domain.Pricing;

/// <summary>
/// The forms of one model id: as sent, and after each known wrapper came off. Tracks who hosts the call and who made the
/// model, as far as the id tells.
/// </summary>
internal sealed class IdForms
{
    private const int FormsMax = 12;
    private const string Arn = "arn:aws:bedrock:";

    private readonly PriceCatalog catalog;
    private readonly List<string> all = [];
    private string vendor = string.Empty;

    public IdForms(PriceCatalog catalog, string provider, string model)
    {
        this.catalog = catalog;
        Host = provider.Length == 0 ? string.Empty : catalog.ProviderOf(provider)?.Id ?? provider.ToLowerInvariant();
        Raw = model.Trim().ToLowerInvariant();
        all.Add(Raw);
        TakeHostFromForm();
    }

    /// <summary>The provider that was called; empty while unknown.</summary>
    public string Host { get; private set; }

    /// <summary>The id as sent, in lower case.</summary>
    public string Raw { get; }

    /// <summary>All forms, the one as sent first.</summary>
    public IReadOnlyList<string> All => all;

    /// <summary>The form with the most taken off.</summary>
    public string Last => all[^1];

    /// <summary>Whether the last thing taken off was a region, whose price may differ.</summary>
    public bool RegionCut { get; private set; }

    /// <summary>Bedrock's vendor of the model.</summary>
    public string BedrockVendor { get; private set; } = string.Empty;

    /// <summary>Bedrock's name of the model without vendor and profile.</summary>
    public string BedrockModel { get; private set; } = string.Empty;

    /// <summary>Bedrock's profile in front of the vendor; empty for none.</summary>
    public string ProfileName { get; private set; } = string.Empty;

    /// <summary>Whether the price of that profile is known: a factor or none.</summary>
    public bool ProfileIsPriced => ProfileName is "" or "global" || Known("bedrock")?.Profiles.Contains(ProfileName) == true;

    /// <summary>Adds a form.</summary>
    public void Add(string form)
    {
        if (all.Count < FormsMax && !all.Contains(form))
        {
            all.Add(form);
        }
    }

    /// <summary>Takes one wrapper off the last form; null when it has none.</summary>
    /// <returns>What was taken off, for people.</returns>
    public string? Unwrap()
    {
        RegionCut = false;
        if (all.Count >= FormsMax)
        {
            return null;
        }

        var id = Last;
        if (ModelId.TryCutEnd(id, "[1m]", out var plain))
        {
            return Took("[1m]", plain);
        }

        if (ModelId.TryCutStart(id, Arn, out _) && id.LastIndexOf('/') is var last and > 0)
        {
            TakeHost("bedrock");
            return Took("ARN", id[(last + 1)..]);
        }

        if (ModelId.TryCutStart(id, "databricks-", out var inner))
        {
            TakeHost("databricks");
            return Took("databricks-", inner);
        }

        return id.Contains('/', StringComparison.Ordinal) ? UnwrapPath(id.Split('/')) : null;
    }

    /// <summary>Cuts a variant that only routes, searches or thinks off every form that ends with it.</summary>
    public bool CutVariant(out string variant)
    {
        var last = Last;
        variant = last[(last.LastIndexOf(':') + 1)..];
        if (variant.Length == last.Length || !IsRouting(variant))
        {
            return false;
        }

        foreach (var form in all.ToArray())
        {
            if (ModelId.TryCutEnd(form, ":" + variant, out var plain))
            {
                Add(plain);
            }
        }

        return Last != last;
    }

    /// <summary>Takes the provider from the shape of the id or from its family, when none is known.</summary>
    public bool TakeHostFromId()
    {
        TakeHost(vendor.Length > 0 ? vendor : FamilyOf(Last));
        return Host.Length > 0;
    }

    /// <summary>Who made the model: the vendor that the id names, else the owner of its family; empty when unknown.</summary>
    public string Author() => vendor.Length > 0 ? vendor : FamilyOf(BedrockModel.Length > 0 ? BedrockModel : Last);

    /// <summary>Reads the last form as Bedrock's, and adds the bare model name to the forms.</summary>
    public bool SplitBedrock()
    {
        if (!TrySplitBedrock(Last, out var profile, out var maker, out var name))
        {
            return false;
        }

        (ProfileName, BedrockVendor, BedrockModel) = (profile, maker, name);
        vendor = Known(maker)?.Id ?? maker;
        do
        {
            Add(name);
        }
        while (ModelId.TryCutBedrockVersion(name, out name));

        return true;
    }

    private static bool TrySplitBedrock(string id, out string profile, out string maker, out string name)
    {
        (profile, maker, name) = (string.Empty, string.Empty, string.Empty);
        var parts = id.Split('.', 3);
        if (parts.Length >= 2 && IsBedrockVendor(parts[0]))
        {
            (maker, name) = (parts[0], id[(parts[0].Length + 1)..]);
        }
        else if (parts.Length == 3 && IsBedrockProfile(parts[0]) && IsBedrockVendor(parts[1]))
        {
            (profile, maker, name) = (parts[0], parts[1], parts[2]);
        }

        return maker.Length > 0;
    }

    private static bool IsBedrockVendor(string word) => word is
        "anthropic" or "amazon" or "ai21" or "cohere" or "deepseek" or "google" or "meta" or "minimax" or "mistral"
        or "moonshot" or "moonshotai" or "nvidia" or "openai" or "qwen" or "stability" or "twelvelabs" or "writer" or "zai";

    private static bool IsBedrockProfile(string word) =>
        word is "us" or "eu" or "apac" or "jp" or "au" or "global" or "us-gov" or "ca" or "sa" or "me" or "af" or "mx";

    private static bool IsRouted(string id) => id.Contains('/', StringComparison.Ordinal) && IsRouting(id[(id.LastIndexOf(':') + 1)..]);

    private static bool IsRouting(string variant) => variant is "nitro" or "floor" or "exacto" or "online" or "thinking";

    private string? UnwrapPath(string[] parts)
    {
        string Rest(int from) => string.Join('/', parts[from..]);
        switch (parts)
        {
            case ["models", ..]:
                return Took("models/", Rest(1));
            case ["publishers", var maker, "models", _, ..]:
                return TookPublisher(maker, Rest(3));
            case ["projects", _, "locations", _, "publishers", var maker, "models", _, ..]:
                return TookPublisher(maker, Rest(7));
            case ["accounts", var account, "models", _, ..]:
                TakeHost(account);
                return Took($"accounts/{account}", Rest(3));
            case ["@cf", var maker, _, ..]:
                TakeHost("cloudflare");
                vendor = Known(maker)?.Id ?? vendor;
                return Took("@cf/" + maker, Rest(2));
            case ["invoke" or "converse", _, ..]:
                return Took(parts[0], Rest(1));
            default:
                return UnwrapSegment(parts[0], Rest(1));
        }
    }

    private string? UnwrapSegment(string segment, string rest)
    {
        if (rest.Length == 0 || segment.Length == 0)
        {
            return null;
        }

        if (Known(Host)?.Regions.Contains(segment) == true)
        {
            RegionCut = !segment.StartsWith("global", StringComparison.Ordinal);
            return Took("region " + segment, rest);
        }

        var named = Known(segment)?.Id;
        if (Host.Length == 0)
        {
            TakeHost(named ?? segment);
            return Took("provider " + segment, rest);
        }

        vendor = named is null || named == Host ? vendor : named;
        return Took("vendor " + segment, rest);
    }

    private string TookPublisher(string maker, string rest)
    {
        TakeHost("vertex");
        vendor = Known(maker)?.Id ?? vendor;
        return Took("publishers/" + maker, rest);
    }

    private string Took(string what, string rest)
    {
        all.Add(rest);
        TakeHostFromForm();
        return what;
    }

    /// <summary>
    /// Some shapes belong to one host only: <c>anthropic.claude-…</c> is Bedrock's, <c>claude-…@20250929</c> is Vertex',
    /// <c>vendor/model:nitro</c> is OpenRouter's. A source that names the maker as the provider of such an id means that host.
    /// </summary>
    private void TakeHostFromForm()
    {
        if (TrySplitBedrock(Last, out _, out var maker, out _) && (Host.Length == 0 || Host == Known(maker)?.Id))
        {
            Host = "bedrock";
        }
        else if (Host.Length == 0 && Last.LastIndexOf('@') is var at and > 0 && (Last[(at + 1)..] is "default" || char.IsAsciiDigit(Last[^1])))
        {
            Host = "vertex";
        }
        else if (Host.Length == 0 && (Last.StartsWith('~') || IsRouted(Last)))
        {
            Host = "openrouter";
        }
    }

    private void TakeHost(string name) => Host = Host.Length == 0 ? name : Host;

    private PriceProvider? Known(string name) => catalog.ProviderOf(name);

    private string FamilyOf(string id)
    {
        var (word, letters) = ModelId.FirstWord(id);
        return (catalog.AuthorOf(word) ?? catalog.AuthorOf(letters))?.Id ?? string.Empty;
    }
}
