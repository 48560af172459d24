using System.Text.Json.Serialization;

namespace Farthing.Finops;

/// <summary>Calls of one pricing status.</summary>
/// <param name="Calls">How many.</param>
/// <param name="Amount">What they cost in dollars; null where that is unknown.</param>
internal sealed record PricedFigures(long Calls, decimal? Amount);

/// <summary>How sure the figures of an answer are.</summary>
/// <param name="Exact">Priced by the catalog for their model and host.</param>
/// <param name="AssumedHost">Priced by the model author's price.</param>
/// <param name="Estimated">Of unknown models; in no other figure.</param>
/// <param name="Unpriced">Of unknown cost.</param>
internal sealed record PricingFigures(PricedFigures Exact, PricedFigures AssumedHost, PricedFigures Estimated, PricedFigures Unpriced)
{
    /// <summary>All calls that the answer is about.</summary>
    [JsonIgnore]
    public long Calls => Exact.Calls + AssumedHost.Calls + Estimated.Calls + Unpriced.Calls;
}

/// <summary>A team.</summary>
internal sealed record TeamFigures(string Id, string Name);

/// <summary>Reads what all answers share.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(List<TeamFigures>))]
internal sealed partial class FinopsFiguresJson : JsonSerializerContext;
