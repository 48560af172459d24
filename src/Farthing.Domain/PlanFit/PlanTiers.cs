using Farthing.Domain.Money;

namespace Farthing.Domain.PlanFit;

/// <summary>The tiers that an engineer can be put on, cheapest seat first, with exactly one metered tier.</summary>
public sealed class PlanTiers
{
    /// <summary>The metered tier.</summary>
    public const string ApiKey = "api_key";

    private const string Anthropic = "anthropic";

    private PlanTiers(IReadOnlyList<PlanTier> all, PlanTier metered) => (All, Metered) = (all, metered);

    /// <summary>
    /// Primer's four tiers of Claude. Their capacities are assumed: the vendor publishes that the larger two are 5 and 20
    /// times the smallest, and not how much that is; see <see cref="ProCapacity"/>.
    /// </summary>
    public static PlanTiers Primer { get; } = Of([.. PrimerTiers()]) ?? throw new InvalidOperationException("Primer's tiers are sound.");

    /// <summary>The assumed usage that Claude Pro covers in a month, at the price of the API: 100 dollars.</summary>
    public static Usd ProCapacity => Usd.FromDecimal(100);

    /// <summary>The tiers, cheapest seat first; the metered one is first of all.</summary>
    public IReadOnlyList<PlanTier> All { get; }

    /// <summary>Paying by API.</summary>
    public PlanTier Metered { get; }

    /// <summary>Takes tiers together that are sold on the same day.</summary>
    /// <returns>Null when not exactly one of them is metered, or two have the same name or the same price.</returns>
    public static PlanTiers? Of(IReadOnlyCollection<PlanTier> tiers)
    {
        var ordered = tiers.OrderBy(static tier => tier.MonthlyCost).ToArray();
        var isSound = ordered is [{ IsMetered: true }, ..]
            && ordered.DistinctBy(static tier => tier.Name, StringComparer.Ordinal).Count() == ordered.Length
            && ordered.DistinctBy(static tier => tier.MonthlyCost).Count() == ordered.Length;
        return isSound ? new(ordered, ordered[0]) : null;
    }

    /// <summary>The tier of a name; null when there is none.</summary>
    public PlanTier? Find(string name) => All.FirstOrDefault(tier => string.Equals(tier.Name, name, StringComparison.Ordinal));

    private static IEnumerable<PlanTier> PrimerTiers()
    {
        yield return new() { Provider = Anthropic, Name = ApiKey, Label = "API Key", MonthlyCost = Usd.Zero };
        yield return Seat("pro", "Claude Pro", 20, 1);
        yield return Seat("max_5x", "Claude Max (5x)", 100, 5);
        yield return Seat("max_20x", "Claude Max (20x)", 200, 20);
    }

    private static PlanTier Seat(string name, string label, int monthlyCost, int timesPro) => new()
    {
        Provider = Anthropic,
        Name = name,
        Label = label,
        MonthlyCost = Usd.FromDecimal(monthlyCost),
        Capacity = new(new(ProCapacity.Picodollars * timesPro), CapacityWindow.Month, PlanCapacity.Assumed),
    };
}
