using Farthing.Domain.Money;

namespace Farthing.Domain.Pricing;

/// <summary>A model at a provider: the ids it answers to and its dated prices.</summary>
public sealed record PriceRow
{
    /// <summary>The row's name: provider and model in lower case, <c>anthropic/claude-opus-4-8</c>.</summary>
    public required string Key
    {
        get;
        init
        {
            field = value;
            var slash = value.IndexOf('/', StringComparison.Ordinal);
            Provider = slash < 0 ? string.Empty : value[..slash];
            Model = value[(slash + 1)..];
        }
    }

    /// <summary>The first part of <see cref="Key"/>.</summary>
    public string Provider { get; private init; } = string.Empty;

    /// <summary>The rest of <see cref="Key"/>: the main id at that provider.</summary>
    public string Model { get; private init; } = string.Empty;

    /// <summary>The name for people.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Further exact ids, unique inside a provider whatever their case.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Those of its ids whose meaning moves from model to model.</summary>
    public IReadOnlyList<string> RollingIds { get; init; } = [];

    /// <summary>Whether the main id itself moves; its periods say what it meant when.</summary>
    public bool IsRolling { get; init; }

    /// <summary><c>active</c>, <c>deprecated</c> or <c>retired</c>.</summary>
    public string Status { get; init; } = "active";

    /// <summary>The day of release as the source writes it; empty when unknown.</summary>
    public string Released { get; init; } = string.Empty;

    /// <summary>The day of retirement; empty when unknown.</summary>
    public string Retires { get; init; } = string.Empty;

    /// <summary>The largest prompt in tokens; 0 when unknown.</summary>
    public long Context { get; init; }

    /// <summary><c>embedding</c>, <c>realtime</c>, or empty for models that chat.</summary>
    public string Kind { get; init; } = string.Empty;

    /// <summary>Whether sources disagree and nobody has decided.</summary>
    public bool IsDisputed { get; init; }

    /// <summary>What other sources say instead.</summary>
    public IReadOnlyList<string> Conflicts { get; init; } = [];

    /// <summary>The factor that geographic profiles of a cloud add to this model; one for none.</summary>
    public Factor Profile { get; init; } = Factor.One;

    /// <summary>Whether geographic profiles cost more.</summary>
    public bool HasProfile => Profile.Numerator != Profile.Denominator;

    /// <summary>The prices in order of time, without gaps, the last one open.</summary>
    public required IReadOnlyList<PricePeriod> Periods { get; init; }

    /// <summary>A row is itself and no other.</summary>
    public bool Equals(PriceRow? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    /// <summary>The period in force at an instant; null before the first.</summary>
    public PricePeriod? PeriodAt(DateTimeOffset at) =>
        Periods.LastOrDefault(period => period.From is null || period.From <= at);
}

/// <summary>Who sells model calls.</summary>
public sealed record PriceProvider
{
    /// <summary>The name in row keys: <c>bedrock</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The name for people.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>How logs, gateways and telemetry spell it besides.</summary>
    public IReadOnlyList<string> Spellings { get; init; } = [];

    /// <summary>First words of ids that this provider is the author of: <c>claude</c>.</summary>
    public IReadOnlyList<string> Families { get; init; } = [];

    /// <summary>Region segments that ids may carry in front.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Geographic profiles that <see cref="PriceRow.Profile"/> applies to.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>The price of one web search for rows without their own; null when unknown.</summary>
    public Rate? WebSearch { get; init; }

    /// <summary>The price of one web search that a <c>:online</c> id adds; null when there is no such id.</summary>
    public Rate? OnlineSearch { get; init; }
}

/// <summary>Where facts of a catalog come from.</summary>
/// <param name="Id">The short name that periods cite.</param>
/// <param name="Url">Where it lies.</param>
/// <param name="Licence">Under what licence.</param>
/// <param name="Snapshot">The day of the copy.</param>
/// <param name="Role">What it was used for.</param>
public sealed record CatalogSource(string Id, string Url, string Licence, string Snapshot, string Role);

/// <summary>An operator's own answer to what an id means: a deployment name, a fine-tune, a contract price.</summary>
/// <param name="Provider">At which provider; empty for any.</param>
/// <param name="Model">The id as sent.</param>
/// <param name="Row">The key of the row that prices it.</param>
public sealed record ModelOverride(string Provider, string Model, string Row);
