using Farthing.Domain.Pricing;
using Farthing.Workflows;
using Farthing.Workflows.Planning;
using Farthing.Workflows.Spending;

namespace Farthing.Web.Api.Finops;

/// <summary>Reads the parameter that names a provider whose tiers are known.</summary>
internal sealed class ProviderWord(PlanCatalog plans, Rater rater)
{
    private const string Field = "provider";

    /// <summary>The calls of the provider; null when none is named.</summary>
    public Result<ProviderCalls?> Read(string? provider) => provider switch
    {
        null => (ProviderCalls?)null,
        _ when plans.Knows(provider) => new ProviderCalls(rater, provider),
        _ => Problem.Invalid(Field, $"'{Field}' is one of those whose tiers are known: {string.Join(", ", plans.Providers)}."),
    };
}
