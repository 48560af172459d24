using Farthing.Domain.Usage;

namespace Farthing.Sources.AgentLogs.ClaudeCode;

/// <summary>What the response says about its price class, mode and region.</summary>
internal static class ClaudeTerms
{
    /// <summary>Reads the terms; a tier that nobody knows counts as the list price and is warned about.</summary>
    public static CallTerms Of(ClaudeUsage usage, SharedValues shared, long line, LogWarnings warnings) =>
        new(Tier(shared.Text(usage.ServiceTier), line, warnings), JsonWord.Is(usage.Speed, "fast"u8), Geo(shared.Text(usage.InferenceGeo)));

    private static ServiceTier Tier(string tier, long line, LogWarnings warnings)
    {
        switch (tier)
        {
            case "" or "standard" or "default":
                return ServiceTier.Standard;
            case "batch":
                return ServiceTier.Batch;
            case "priority" or "priority_on_demand":
                return ServiceTier.Priority;
            case "flex" or "flex_discount":
                return ServiceTier.Flex;
            default:
                warnings.Add(line, "unknown service_tier; counted as standard");
                return ServiceTier.Standard;
        }
    }

    private static string Geo(string geo) => geo is "global" or "not_available" ? string.Empty : geo;
}
