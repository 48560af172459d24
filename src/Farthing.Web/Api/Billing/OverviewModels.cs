using System.Text.Json;
using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Web.Http;

namespace Farthing.Web.Api.Billing;

/// <summary>
/// Reads which models an overview of activity names, and what each cost: <c>models</c> holds costs by
/// <c>Provider:model</c>. It only decides which grants pay and whom the seller owes, so what makes no sense is passed over
/// and its cost counts as used for nothing in particular.
/// </summary>
internal static class OverviewModels
{
    private const string Models = "models";
    private const string CostMember = "total_cost";
    private const char Separator = ':';

    /// <summary>The parts of the total that can be told.</summary>
    public static IReadOnlyList<RunPart> Read(JsonElement overview) =>
        overview.TryGetProperty(Models, out var models) && models.ValueKind == JsonValueKind.Object
            ? [.. models.EnumerateObject().Select(Part).OfType<RunPart>()]
            : [];

    /// <summary>A cost as an overview holds it, as number or text; null when it is neither.</summary>
    public static Usd? Cost(JsonElement cost)
    {
        var text = cost.ValueKind switch
        {
            JsonValueKind.Number => cost.GetRawText(),
            JsonValueKind.String => cost.GetString()!.Trim(),
            _ => string.Empty,
        };
        return CostText.Read(new NumberText(text).Plain);
    }

    private static RunPart? Part(JsonProperty model)
    {
        var name = model.Name;
        if (name.Length > WebLimits.TextLengthMax || name.Any(char.IsControl) || model.Value.ValueKind != JsonValueKind.Object
            || !model.Value.TryGetProperty(CostMember, out var told) || Cost(told) is not { } cost || cost <= Usd.Zero || cost > BodyFields.UsdMax)
        {
            return null;
        }

        // Providers are spelled in small letters here, and as a brand there.
        var end = Math.Max(0, name.IndexOf(Separator, StringComparison.Ordinal));
        var provider = name[..end].Trim().ToLowerInvariant();
        return new(new CreditUse(provider, name[(end > 0 || name.StartsWith(Separator) ? end + 1 : 0)..].Trim(), string.Empty), IsAtOurCost: true, cost);
    }
}
