using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Spending;

/// <summary>
/// The calls that went to one provider, under whatever spelling. Of calls that do not say where they went, those of its
/// models; what went through a cloud or a router is that one's.
/// </summary>
/// <param name="rater">Knows what names mean.</param>
/// <param name="provider">The provider, under any of its names in the catalog.</param>
public sealed class ProviderCalls(Rater rater, string provider)
{
    private readonly string host = rater.Catalog.ProviderOf(provider)?.Id ?? provider;

    /// <summary>The provider as it was asked for.</summary>
    public string Provider => provider;

    /// <summary>Whether calls with these dimensions are among them.</summary>
    public bool Includes(Dimensions of) => Includes(of.Provider, of.Model);

    /// <summary>Whether a model is the provider's, when nobody says where it was called.</summary>
    public bool Includes(string model) => Includes(string.Empty, model);

    private bool Includes(string called, string model) => string.Equals(rater.Resolve(called, model).Host, host, StringComparison.Ordinal);
}
