using System.Buffers;
using Farthing.Domain.Money;

namespace Farthing.Domain.PlanFit;

/// <summary>What must hold of tiers that somebody defines, so that on every day those of a provider can be taken together.</summary>
public static class PlanTierRules
{
    /// <summary>The most tiers that are defined.</summary>
    public const int TiersMax = 1_000;

    /// <summary>The most characters of a provider and of a name.</summary>
    public const int NameLengthMax = 40;

    /// <summary>The most characters of a label and of a basis.</summary>
    public const int TextLengthMax = 100;

    private const long DollarsMax = 1_000_000;

    private static readonly SearchValues<char> NameLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-.");

    /// <summary>What is wrong with the first tier that is wrong, with its name in front; null when all are sound.</summary>
    public static string? Refusal(IReadOnlyList<PlanTier> tiers)
    {
        if (tiers.Count > TiersMax)
        {
            return $"there are {tiers.Count} tiers, more than {TiersMax}";
        }

        for (var index = 0; index < tiers.Count; index++)
        {
            var tier = tiers[index];
            if ((Fault(tier) ?? tiers.Take(index).Select(earlier => Clash(tier, earlier)).FirstOrDefault(static clash => clash is not null)) is { } wrong)
            {
                return $"tier {index + 1}, {NameOf(tier)}: {wrong}";
            }
        }

        return null;
    }

    private static string? Fault(PlanTier tier) => tier switch
    {
        _ when !IsName(tier.Provider) => $"a provider is 1 to {NameLengthMax} lower-case letters, digits, '-', '_' and '.'",
        _ when !IsName(tier.Name) => $"a name is 1 to {NameLengthMax} lower-case letters, digits, '-', '_' and '.'",
        _ when !IsText(tier.Label) => $"a label is 1 to {TextLengthMax} printable characters",
        _ when tier.Capacity is { } capacity && !IsText(capacity.Basis) => $"a basis is 1 to {TextLengthMax} printable characters",
        _ when IsTooMuch(tier.MonthlyCost) || (tier.Capacity?.Amount is { } amount && IsTooMuch(amount)) => $"an amount is above {DollarsMax} dollars",
        { IsMetered: true, Capacity: not null } => "it costs nothing, so it is paying by API, and that has no capacity",
        { IsMetered: false, Name: PlanTiers.ApiKey } => "that name is kept for paying by API, which costs nothing by itself",
        { Capacity.Amount: { } none } when none == Usd.Zero => "a seat covers something; leave the capacity out when nobody knows how much",
        { From: { } from, To: { } to } when from >= to => $"it ends on {to:yyyy-MM-dd}, which is not after it begins",
        _ => null,
    };

    private static string? Clash(PlanTier tier, PlanTier earlier) => tier switch
    {
        _ when tier.Provider != earlier.Provider || !IsSoldBeside(tier, earlier) => null,
        _ when tier.Name == earlier.Name => "a tier of that name is sold on the same days",
        { IsMetered: true } when earlier.IsMetered => $"{NameOf(earlier)} is paying by API on the same days; there is one such tier",
        _ when tier.MonthlyCost == earlier.MonthlyCost => $"{NameOf(earlier)} has the same price on the same days",
        _ => null,
    };

    private static bool IsSoldBeside(PlanTier one, PlanTier other) => IsBefore(one.From, other.To) && IsBefore(other.From, one.To);

    private static bool IsBefore(DateOnly? from, DateOnly? to) => from is null || to is null || from < to;

    private static bool IsTooMuch(Usd amount) => amount > Usd.FromDecimal(DollarsMax);

    private static bool IsName(string text) => text.Length is > 0 and <= NameLengthMax && !text.AsSpan().ContainsAnyExcept(NameLetters);

    private static bool IsText(string text) => text.Length is > 0 and <= TextLengthMax && !text.Any(char.IsControl);

    private static string NameOf(PlanTier tier) => IsName(tier.Provider) && IsName(tier.Name) ? $"{tier.Provider}/{tier.Name}" : "unnamed";
}
