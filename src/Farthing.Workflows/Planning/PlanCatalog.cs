using Farthing.Domain.Money;
using Farthing.Domain.PlanFit;

namespace Farthing.Workflows.Planning;

/// <summary>
/// The tiers that are known, by provider and day: Primer's for Claude, and those that the operator defined. What is defined
/// for Claude takes the place of Primer's where the cheapest tier is looked for; Primer's bands are always Primer's.
/// </summary>
/// <param name="defined">Tiers that <see cref="PlanTierRules"/> finds sound.</param>
public sealed class PlanCatalog(IReadOnlyList<PlanTier> defined)
{
    /// <summary>The provider of whose tiers a question is that names none.</summary>
    public const string UsualProvider = "anthropic";

    /// <summary>Primer's tiers and no others.</summary>
    public static PlanCatalog Primer { get; } = new([]);

    /// <summary>The providers whose tiers are known, in ordinal order.</summary>
    public IReadOnlyList<string> Providers { get; } =
        [.. defined.Select(static tier => tier.Provider).Append(UsualProvider).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Whether tiers of a provider are known.</summary>
    public bool Knows(string provider) => Providers.Contains(provider, StringComparer.Ordinal);

    /// <summary>Whether the tiers of a provider are those that the operator defined.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="mode">How they are recommended.</param>
    public bool AreDefined(string provider, PlanMode mode) =>
        (provider != UsualProvider || mode == PlanMode.Cheapest) && defined.Any(tier => tier.Provider == provider);

    /// <summary>The tiers of a provider that are sold on a day; paying by API is always one of them.</summary>
    /// <param name="provider">A provider that is known.</param>
    /// <param name="mode">How they are recommended.</param>
    /// <param name="day">The day.</param>
    public PlanTiers Of(string provider, PlanMode mode, DateOnly day)
    {
        if (!AreDefined(provider, mode))
        {
            return provider == UsualProvider ? PlanTiers.Primer : throw new ArgumentException($"No tiers of '{provider}' are known.", nameof(provider));
        }

        var sold = defined.Where(tier => tier.Provider == provider && tier.IsOffered(day)).ToList();
        if (!sold.Exists(static tier => tier.IsMetered))
        {
            sold.Add(new() { Provider = provider, Name = PlanTiers.ApiKey, Label = PlanTiers.Primer.Metered.Label, MonthlyCost = Usd.Zero });
        }

        return PlanTiers.Of(sold) ?? throw new InvalidOperationException("Tiers were taken in that cannot be told apart.");
    }
}
