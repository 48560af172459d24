using Farthing.Domain.Pricing;

namespace Farthing.Workflows.Pricing;

/// <summary>One table of rates of a period.</summary>
/// <param name="Name">What it is for: <c>standard</c>, <c>batch</c>, <c>prompt&gt;200000</c> …</param>
/// <param name="Rates">The rates.</param>
public readonly record struct PublishedList(string Name, RateTable Rates)
{
    /// <summary>The list price.</summary>
    public const string Standard = "standard";

    /// <summary>All tables of a period: the list price first, then other tiers, each with those for large prompts, then times of the week.</summary>
    public static IEnumerable<PublishedList> Of(PricePeriod period)
    {
        foreach (var (name, list) in ((string, PriceList?)[])[(Standard, period.Standard), ("batch", period.Batch), ("flex", period.Flex), ("priority", period.Priority), ("fast", period.Fast)])
        {
            if (list is null)
            {
                continue;
            }

            yield return new(name, list.Rates);
            foreach (var tier in list.Tiers)
            {
                yield return new(name == Standard ? tier.Condition : $"{name} {tier.Condition}", tier.Rates);
            }
        }

        foreach (var window in period.Windows)
        {
            yield return new(window.Label, window.Rates);
        }
    }
}
