using Farthing.Domain.Money;
using Farthing.Domain.Pricing;

namespace Farthing.Workflows.Pricing;

/// <summary>A row while its members arrive in any order.</summary>
internal sealed class RowDraft
{
    public string Key { get; set; } = string.Empty;

    public string Name { get; set; } = string.Empty;

    public IReadOnlyList<string> Ids { get; set; } = [];

    public IReadOnlyList<string> RollingIds { get; set; } = [];

    public bool IsRolling { get; set; }

    public Factor Profile { get; set; } = Factor.One;

    public string Status { get; set; } = "active";

    public string Released { get; set; } = string.Empty;

    public string Retires { get; set; } = string.Empty;

    public long Context { get; set; }

    public string Kind { get; set; } = string.Empty;

    public bool IsDisputed { get; set; }

    public IReadOnlyList<string> Conflicts { get; set; } = [];

    public IReadOnlyList<PricePeriod> Periods { get; set; } = [];

    public PriceRow ToRow() => new()
    {
        Key = Key,
        Name = Name,
        Ids = Ids,
        RollingIds = RollingIds,
        IsRolling = IsRolling,
        Profile = Profile,
        Status = Status,
        Released = Released,
        Retires = Retires,
        Context = Context,
        Kind = Kind,
        IsDisputed = IsDisputed,
        Conflicts = Conflicts,
        Periods = Periods,
    };
}

/// <summary>A price period while its members arrive in any order.</summary>
internal sealed class PeriodDraft
{
    public DateTimeOffset? From { get; set; }

    public DateTimeOffset? To { get; set; }

    public string? As { get; set; }

    public RateTable? Rates { get; set; }

    public IReadOnlyList<ContextTier> Tiers { get; set; } = [];

    public PriceList? Batch { get; set; }

    public PriceList? Flex { get; set; }

    public PriceList? Priority { get; set; }

    public PriceList? Fast { get; set; }

    public bool IsFastPriority { get; set; }

    public IReadOnlyList<GeoFactor> Geo { get; set; } = [];

    public IReadOnlyList<PriceWindow> Windows { get; set; } = [];

    public Rate? WebSearch { get; set; }

    public bool IsFree { get; set; }

    public string Excludes { get; set; } = string.Empty;

    public string Promo { get; set; } = string.Empty;

    public string Note { get; set; } = string.Empty;

    public IReadOnlyList<string> Filled { get; set; } = [];

    public string Source { get; set; } = string.Empty;

    public string AsOf { get; set; } = string.Empty;

    public string Confidence { get; set; } = string.Empty;

    public PricePeriod ToPeriod() => new()
    {
        From = From,
        To = To,
        As = As,
        Standard = Rates is null ? null : new(Rates, Tiers),
        Batch = Batch,
        Flex = Flex,
        Priority = Priority,
        Fast = Fast,
        IsFastPriority = IsFastPriority,
        Geo = Geo,
        Windows = Windows,
        WebSearch = WebSearch,
        IsFree = IsFree,
        Excludes = Excludes,
        Promo = Promo,
        Note = Note,
        Filled = Filled,
        Source = Source,
        AsOf = AsOf,
        Confidence = Confidence,
    };
}
