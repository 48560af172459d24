using Farthing.Domain.Ledger;
using Farthing.Workflows.Crediting;

namespace Farthing.Web.Api.Ledger;

/// <summary>What a grant may be used for; a list that is left out or empty restricts nothing.</summary>
internal sealed record ApplicabilityBody
{
    public IReadOnlyList<string>? Providers { get; init; }

    public IReadOnlyList<string>? Models { get; init; }

    public IReadOnlyList<string>? Projects { get; init; }
}

/// <summary>A grant with what is left of it, in credits.</summary>
internal sealed record GrantAnswer
{
    public required string Id { get; init; }

    public required string Wallet { get; init; }

    public required string Category { get; init; }

    public required string Amount { get; init; }

    /// <summary>What one credit of it was paid for, in dollars.</summary>
    public required string CostBasis { get; init; }

    public required int Priority { get; init; }

    public required DateTimeOffset EffectiveAt { get; init; }

    public required DateTimeOffset? ExpiresAt { get; init; }

    public required ApplicabilityBody Applicability { get; init; }

    public required string Funding { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? VoidedAt { get; init; }

    /// <summary>What is left of it, held or not.</summary>
    public required string Left { get; init; }

    public required string Held { get; init; }

    /// <summary>What is left and not held.</summary>
    public required string Free { get; init; }

    /// <summary>Tells a grant.</summary>
    public static GrantAnswer Of(GrantBalance balance)
    {
        var grant = balance.Grant;
        return new()
        {
            Id = grant.Id,
            Wallet = grant.Wallet,
            Category = GrantWords.Of(grant.Category),
            Amount = grant.Amount.ToString(),
            CostBasis = grant.CostBasis.ToString(),
            Priority = grant.Priority,
            EffectiveAt = grant.EffectiveAt,
            ExpiresAt = grant.ExpiresAt,
            Applicability = new() { Providers = grant.Applicability.Providers, Models = grant.Applicability.Models, Projects = grant.Applicability.Projects },
            Funding = grant.Funding,
            CreatedAt = grant.CreatedAt,
            VoidedAt = grant.VoidedAt,
            Left = balance.Counters.Posted.ToString(),
            Held = balance.Counters.Held.ToString(),
            Free = balance.Counters.Free.ToString(),
        };
    }
}
