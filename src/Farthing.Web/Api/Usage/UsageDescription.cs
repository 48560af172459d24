using System.Globalization;
using System.Text.Json.Nodes;
using Farthing.Domain.Usage;
using Farthing.Web.Http;
using Microsoft.OpenApi;

namespace Farthing.Web.Api.Usage;

/// <summary>
/// What a body of usage holds, for the OpenAPI document. The endpoint reads its body itself, so there is no type that
/// would tell; the members and their limits are those that the reader knows.
/// </summary>
internal static class UsageDescription
{
    private const string EventSchema = "UsageEvent";

    /// <summary>Adds the body to the operation and the event to the schemas.</summary>
    public static void Describe(OpenApiOperation operation, OpenApiDocument document)
    {
        document.AddComponent(EventSchema, Event());
        var reference = new OpenApiSchemaReference(EventSchema, document);
        var list = new OpenApiSchema { Type = JsonSchemaType.Array, Items = reference, MaxItems = UsageLimits.EventsMax };
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = "Events under 'events', a bare list of them, or one.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/json"] = new() { Schema = new OpenApiSchema { OneOf = [Named(list), list, reference] } },
            },
        };
    }

    private static OpenApiSchema Named(OpenApiSchema list) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { ["events"] = list },
        Required = new HashSet<string>(StringComparer.Ordinal) { "events" },
        AdditionalPropertiesAllowed = false,
    };

    private static OpenApiSchema Event() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "One model call. Classes of tokens are disjoint, but for reasoning, which is a part of the output.",
        Properties = Enum.GetValues<UsageField>()
            .Where(static field => field != UsageField.Unknown)
            .ToDictionary(UsageFieldName.Of, static field => (IOpenApiSchema)Member(field), StringComparer.Ordinal),
        Required = new HashSet<string>(StringComparer.Ordinal) { UsageFieldName.Of(UsageField.Id), UsageFieldName.Of(UsageField.Model) },
        AdditionalPropertiesAllowed = false,
    };

    private static OpenApiSchema Member(UsageField field) => field switch
    {
        >= UsageField.InputTokens and <= UsageField.ReasoningTokens => Count(TokenCounts.ClassMax, field switch
        {
            UsageField.InputTokens => "Prompt tokens that were neither read from nor written to a cache.",
            UsageField.OutputTokens => "Generated tokens, reasoning included.",
            UsageField.ReasoningTokens => "Those of the output that were reasoning.",
            _ => "Prompt tokens served from, or written to, a cache.",
        }),
        UsageField.WebSearches => Count(UsageLimits.WebSearchesMax, "Searches that the provider ran and bills."),
        UsageField.DurationMs => Count(UsageLimits.DurationMillisecondsMax, "How long the call took."),
        UsageField.OccurredAt => new() { Type = JsonSchemaType.String, Format = "date-time", Description = "When, with its offset; now when it is left out." },
        UsageField.Fast => new() { Type = JsonSchemaType.Boolean, Description = "Whether a fast mode ran." },
        UsageField.ServiceTier => new() { Type = JsonSchemaType.String, Enum = [.. Words(UsageEventReader.Tiers)], Description = "The price class; 'standard' when it is left out." },
        UsageField.Outcome => new() { Type = JsonSchemaType.String, Enum = [.. Words(UsageEventReader.Outcomes)], Description = "How the call ended; 'succeeded' when it is left out." },
        UsageField.ReportedCostUsd => new()
        {
            Type = JsonSchemaType.String | JsonSchemaType.Number,
            Description = "What somebody else says it cost, in dollars, at most twelve decimals; kept beside our own figure.",
        },
        _ => Text(field),
    };

    private static OpenApiSchema Count(long max, string description) => new()
    {
        Type = JsonSchemaType.Integer,
        Format = "int64",
        Minimum = "0",
        Maximum = max.ToString(CultureInfo.InvariantCulture),
        Description = description,
    };

    private static OpenApiSchema Text(UsageField field) => new()
    {
        Type = JsonSchemaType.String,
        MaxLength = WebLimits.TextLengthMax,
        Description = field switch
        {
            UsageField.Id => "Your own key of the call, unique in your organisation.",
            UsageField.Model => "The model that answered, as the provider spells it.",
            UsageField.Provider => "Who was called.",
            UsageField.Geo => "The region, where it is priced apart.",
            UsageField.Session => "The agent's session.",
            UsageField.AgentVersion => "The agent's version, by which its caching is compared.",
            UsageField.Run => "The run that the call was made for.",
            UsageField.RequestId => "The provider's id of this very call.",
            _ => "What spend is grouped by.",
        },
    };

    private static IEnumerable<JsonNode> Words(IReadOnlyList<string> words) => words.Select(static word => JsonValue.Create(word));
}
