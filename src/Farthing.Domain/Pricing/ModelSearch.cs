namespace Farthing.Domain.Pricing;

/// <summary>
/// One search for the row of a model name: eleven steps in a fixed order, each an exact lookup. Wrong is worse than
/// unknown, so words that carry a price (<c>-mini</c>, <c>-pro</c>, <c>-codex</c>, <c>-preview</c> …) are never cut off.
/// </summary>
internal sealed class ModelSearch(PriceCatalog catalog, string provider, string model, List<ResolutionStep>? trace)
{
    private const int CutsMax = 3;

    private readonly List<string> modifiers = [];
    private readonly IdForms forms = new(catalog, provider, model);
    private bool fast;
    private bool online;
    private bool uncertainRegion;
    private bool paidForbidden;
    private Factor profile = Factor.One;
    private int step;
    private string rule = string.Empty;

    /// <summary>Runs the steps.</summary>
    public Resolution Run()
    {
        Enter(1, "override of the operator");
        if (Note(forms.Raw, catalog.Override(forms.Host, forms.Raw)) is { } own)
        {
            return Found(own, PricingStatus.Exact);
        }

        Enter(2, "names that are no model");
        if (ModelId.IsPseudo(forms.Raw))
        {
            Note(forms.Raw, null);
            return new() { Host = forms.Host, Status = PricingStatus.Unpriced, How = rule, IsNotAModel = true };
        }

        if (FindAtHost() is { } row)
        {
            return Found(row, uncertainRegion ? PricingStatus.AssumedHost : PricingStatus.Exact);
        }

        if (!paidForbidden && FindAtAuthor() is { } assumed)
        {
            return Found(assumed, PricingStatus.AssumedHost);
        }

        Enter(11, "unknown");
        Note(forms.Raw, null);
        return new()
        {
            Host = forms.Host,
            Status = PricingStatus.Unpriced,
            How = rule,
            IsNotAModel = ModelId.IsPseudo(forms.Last),
            Modifiers = [.. modifiers],
        };
    }

    private PriceRow? FindAtHost()
    {
        Enter(3, "exact id at the provider");
        if (forms.Host.Length > 0 && Exact(forms.Host, forms.Raw) is { } row)
        {
            return row;
        }

        Enter(4, "known wrappers taken off");
        while (forms.Unwrap() is { } taken)
        {
            modifiers.Add(taken);
            uncertainRegion |= forms.RegionCut;
            if (forms.Host.Length > 0 && Exact(forms.Host, forms.Last) is { } inner)
            {
                return inner;
            }
        }

        if (forms.Host.Length == 0)
        {
            Enter(5, "provider from the id's family");
            if (!forms.TakeHostFromId())
            {
                return null;
            }

            modifiers.Add("provider " + forms.Host);
            if (FirstExact(forms.Host) is { } family)
            {
                return family;
            }
        }

        return Canonically(forms.Host) ?? Variant() ?? Bedrock() ?? Shortened(forms.Host);
    }

    private PriceRow? FindAtAuthor()
    {
        var author = forms.Author();
        if (author.Length == 0 || author == forms.Host)
        {
            return null;
        }

        Enter(10, $"the host has no row: first-party row of {author}");
        var row = FirstExact(author) ?? Canonically(author, keepRule: true) ?? Shortened(author, keepRule: true);
        if (row is not null)
        {
            ApplyProfile(row);
        }

        return row;
    }

    private PriceRow? Canonically(string at, bool keepRule = false)
    {
        if (!keepRule)
        {
            Enter(6, "one spelling for all");
        }

        foreach (var form in forms.All)
        {
            if (Canonical(at, form) is { } row)
            {
                return row;
            }
        }

        return null;
    }

    /// <summary>OpenRouter's <c>:variant</c>. Routing changes no price; a free or extended variant without its own row is unknown.</summary>
    private PriceRow? Variant()
    {
        if (forms.Host != "openrouter")
        {
            return null;
        }

        Enter(7, "OpenRouter variant");
        while (forms.CutVariant(out var variant))
        {
            online |= variant == "online";
            modifiers.Add("variant " + variant);
            if (FirstExact(forms.Host) is { } row)
            {
                return row;
            }
        }

        paidForbidden = forms.Last.EndsWith(":free", StringComparison.Ordinal) || forms.Last.EndsWith(":extended", StringComparison.Ordinal);
        return Canonically(forms.Host, keepRule: true);
    }

    /// <summary>
    /// Bedrock's <c>[profile.]vendor.model-date-vN:M</c>. A row of the very profile is preferred; else the row without it,
    /// times the published factor of geographic profiles.
    /// </summary>
    private PriceRow? Bedrock()
    {
        if (forms.Host != "bedrock" || !forms.SplitBedrock())
        {
            return null;
        }

        Enter(8, "Bedrock version and profile");
        if (forms.ProfileName.Length > 0 && BedrockVersions(forms.ProfileName + ".") is { } own)
        {
            return own;
        }

        if (BedrockVersions(string.Empty) is not { } row)
        {
            return null;
        }

        ApplyProfile(row);
        return row;
    }

    private PriceRow? BedrockVersions(string profilePrefix)
    {
        var rest = forms.BedrockModel;
        do
        {
            var id = $"{profilePrefix}{forms.BedrockVendor}.{rest}";
            if ((Exact(forms.Host, id) ?? Canonical(forms.Host, id)) is { } row)
            {
                return row;
            }
        }
        while (ModelId.TryCutBedrockVersion(rest, out rest) || ModelId.TryCutDay(rest, out rest, out _));

        return null;
    }

    /// <summary>Day, <c>-latest</c> and effort come off, in this order, until nothing more does; <c>-fast</c> only where it is a mode.</summary>
    private PriceRow? Shortened(string at, bool keepRule = false)
    {
        if (!keepRule)
        {
            Enter(9, "day, -latest and effort cut off");
        }

        for (var index = forms.All.Count - 1; index >= 0; index--)
        {
            var before = modifiers.Count;
            if (Shorten(at, ModelId.Canonical(forms.All[index])) is { } row)
            {
                return row;
            }

            modifiers.RemoveRange(before, modifiers.Count - before);
        }

        return null;
    }

    private PriceRow? Shorten(string at, string id)
    {
        var found = FastMode(at, id);
        for (var round = 0; found is null && round < CutsMax; round++)
        {
            var before = id;
            found = Cut(ModelId.TryCutDay(id, out id, out var day), "day " + day) ? Canonical(at, id) : null;
            found ??= Cut(ModelId.TryCutEnd(id, "-latest", out id), "latest") ? Canonical(at, id) : null;
            found ??= Cut(ModelId.TryCutEffort(id, out id, out var effort), "effort " + effort) ? Canonical(at, id) ?? FastMode(at, id) : null;
            if (before == id)
            {
                break;
            }
        }

        return found;
    }

    private PriceRow? FastMode(string at, string id)
    {
        if (!ModelId.TryCutEnd(id, "-fast", out var slow) || Canonical(at, slow) is not { } row || !row.Periods.Any(period => period.HasFast))
        {
            return null;
        }

        fast = true;
        modifiers.Add("mode fast");
        return row;
    }

    private bool Cut(bool cut, string modifier)
    {
        if (cut)
        {
            modifiers.Add(modifier);
        }

        return cut;
    }

    private void ApplyProfile(PriceRow row)
    {
        if (forms.ProfileName is "" or "global")
        {
            return;
        }

        modifiers.Add("profile " + forms.ProfileName);
        uncertainRegion |= !forms.ProfileIsPriced;
        if (forms.ProfileIsPriced && row.HasProfile)
        {
            profile = row.Profile;
            modifiers.Add($"x{profile}");
        }
    }

    private PriceRow? FirstExact(string at)
    {
        foreach (var form in forms.All)
        {
            if (Exact(at, form) is { } row)
            {
                return row;
            }
        }

        return null;
    }

    private PriceRow? Exact(string at, string id) => Note($"{at}/{id}", catalog.Exact(at, id));

    private PriceRow? Canonical(string at, string id)
    {
        var plain = ModelId.Canonical(id);
        return Note($"{at}/{plain}", catalog.Canonical(at, plain));
    }

    private void Enter(int number, string name) => (step, rule) = (number, name);

    private PriceRow? Note(string tried, PriceRow? row)
    {
        trace?.Add(new(step, rule, tried, row?.Key ?? string.Empty));
        return row;
    }

    private Resolution Found(PriceRow row, PricingStatus status) => new()
    {
        Host = forms.Host,
        Row = row,
        Status = status,
        How = rule,
        Fast = fast,
        Profile = profile,
        Online = online,
        Modifiers = [.. modifiers],
    };
}
