using Farthing.Domain.Caching;
using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Spending;

/// <summary>What the calls of a group have in common. Dimensions that were not asked for are empty.</summary>
public abstract record SpendGroup
{
    /// <summary>The day in the query's time zone; the default when the query keeps no days apart.</summary>
    public DateOnly Day { get; init; }

    /// <summary>The team.</summary>
    public string Team { get; init; } = string.Empty;

    /// <summary>The person.</summary>
    public string User { get; init; } = string.Empty;

    /// <summary>The agent.</summary>
    public string Agent { get; init; } = string.Empty;

    /// <summary>The provider.</summary>
    public string Provider { get; init; } = string.Empty;

    /// <summary>The model as reports name it, see <see cref="Dimensions.ReportedModel"/>.</summary>
    public string Model { get; init; } = string.Empty;

    /// <summary>How the calls are paid for.</summary>
    public string BillingMode { get; init; } = string.Empty;

    /// <summary>The project.</summary>
    public string Project { get; init; } = string.Empty;

    /// <summary>The branch.</summary>
    public string Branch { get; init; } = string.Empty;

    /// <summary>The session's key.</summary>
    public string Session { get; init; } = string.Empty;

    /// <summary>The plan.</summary>
    public string Plan { get; init; } = string.Empty;

    /// <summary>The role.</summary>
    public string Role { get; init; } = string.Empty;

    /// <summary>The id of the API key that told the calls.</summary>
    public string ApiKey { get; init; } = string.Empty;

    /// <summary>What the calls have in common of a dimension; the rate card of rows is no text, see <see cref="SpendRow.Card"/>.</summary>
    public string this[SpendDimension dimension] => dimension switch
    {
        SpendDimension.Agent => Agent,
        SpendDimension.Model => Model,
        SpendDimension.Project => Project,
        SpendDimension.Branch => Branch,
        SpendDimension.Session => Session,
        SpendDimension.Plan => Plan,
        SpendDimension.Role => Role,
        SpendDimension.Team => Team,
        SpendDimension.User => User,
        SpendDimension.Provider => Provider,
        SpendDimension.BillingMode => BillingMode,
        SpendDimension.ApiKey => ApiKey,
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "This dimension is no text."),
    };
}

/// <summary>What was spent, in one group.</summary>
public sealed record SpendRow : SpendGroup
{
    /// <summary>The rate card of all calls of the row; null unless the query groups by it.</summary>
    public RateCard? Card { get; init; }

    /// <summary>What caching saved, at the rates of the card.</summary>
    /// <exception cref="InvalidOperationException">The query does not group by rate card.</exception>
    public CacheSums ToCacheSums() => CacheSums.Of(Card ?? throw new InvalidOperationException("Caching is computed from rows that are grouped by rate card."), Tokens);

    /// <summary>How sure the price is. Cost of <see cref="PricingStatus.Fallback"/> rows is an estimate and is never added to the rest silently.</summary>
    public PricingStatus Status { get; init; }

    /// <summary>Calls.</summary>
    public long Calls { get; init; }

    /// <summary>Tokens by class, without modalities.</summary>
    public TokenCounts Tokens { get; init; }

    /// <summary>Audio, image, video and citation tokens together.</summary>
    public long ModalityTokens { get; init; }

    /// <summary>Billed web searches.</summary>
    public long WebSearches { get; init; }

    /// <summary>The exact sum of the costs.</summary>
    public Usd Cost { get; init; }

    /// <summary>The time of the first call; set when the rows are read from raw events (grouped by session).</summary>
    public DateTimeOffset? FirstAt { get; init; }

    /// <summary>The time of the last call; set as <see cref="FirstAt"/>.</summary>
    public DateTimeOffset? LastAt { get; init; }
}
