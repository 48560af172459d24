using Farthing.Domain.Pricing;
using Farthing.Workflows.Pricing;

namespace Farthing.Workflows.Tests.Pricing;

/// <summary>Short words for asking the embedded catalog what a name means.</summary>
internal static class Resolving
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 18, 12, 0, 0, TimeSpan.Zero);

    public static PriceCatalog Catalog => EmbeddedCatalog.Load();

    public static Resolution Resolve(string provider, string model) => ModelResolver.Resolve(Catalog, provider, model);

    /// <summary>The key of the row and how sure it is, or why there is none.</summary>
    public static string Answer(string provider, string model) => Resolve(provider, model) switch
    {
        { Row: { } row, Status: PricingStatus.Exact } => row.Key,
        { Row: { } row } => row.Key + " assumed",
        { IsNotAModel: true } => "not a model",
        _ => "unknown",
    };
}
