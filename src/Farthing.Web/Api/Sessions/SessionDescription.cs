using System.Globalization;
using Farthing.Domain.Usage;
using Farthing.Web.Http;
using Microsoft.OpenApi;

namespace Farthing.Web.Api.Sessions;

/// <summary>What bodies of reports hold, for the OpenAPI document: what is read of them. They may hold anything beside it.</summary>
internal static class SessionDescription
{
    private static readonly string[] Texts =
    [
        "session_id", "api_key", "engineer_id", "team_id", "agent_type", "agent_version", "project_path", "project_name", "git_branch",
        "permission_mode", "end_reason", "primary_model", "billing_mode",
    ];

    private static readonly string[] Tokens = ["input_tokens", "output_tokens", "cache_read_tokens", "cache_creation_tokens"];

    private static readonly string[] Counts = ["message_count", "user_message_count", "assistant_message_count", "tool_call_count", .. Tokens];

    /// <summary>The body of one session.</summary>
    public static OpenApiRequestBody Session => Body(SessionSchema(), "A session as it is now; what is left out stays as it is known. Prompts and summaries are not kept.");

    /// <summary>The body of many sessions.</summary>
    public static OpenApiRequestBody Bulk => Body(
        Object([("api_key", Text()), ("sessions", List(SessionSchema(), SessionLimits.SessionsMax))], "sessions"), "Many sessions; what is wrong with one harms no other.");

    /// <summary>The body that tells what came of a session.</summary>
    public static OpenApiRequestBody Facets => Body(FacetsSchema(), "What came of a session that is known.");

    private static OpenApiSchema SessionSchema() => Object(
        [
            .. Texts.Select(static name => (name, Text())),
            .. Counts.Select(static name => (name, Count())),
            ("started_at", Moment()),
            ("ended_at", Moment()),
            ("duration_seconds", new OpenApiSchema { Type = JsonSchemaType.Number }),
            ("facets", FacetsSchema()),
            ("model_usages", List(Object([("model_name", Text()), .. Tokens.Select(static name => (name, Count()))], "model_name"), SessionLimits.EntriesMax)),
            ("tool_usages", List(Object([("tool_name", Text()), ("call_count", Count())], "tool_name"), SessionLimits.ToolsMax)),
        ],
        "session_id");

    private static OpenApiSchema FacetsSchema() => Object(
    [
        ("outcome", Text()), ("session_type", Text()), ("workflow_archetype", Text()), ("primary_success", Text()),
        ("goal_categories", CountsByName()), ("friction_counts", CountsByName()),
    ]);

    private static OpenApiRequestBody Body(OpenApiSchema schema, string description) => new()
    {
        Required = true,
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/json"] = new() { Schema = schema } },
    };

    private static OpenApiSchema Object(IEnumerable<(string Name, OpenApiSchema Schema)> members, params string[] required) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = members.ToDictionary(static member => member.Name, static member => (IOpenApiSchema)member.Schema, StringComparer.Ordinal),
        Required = new HashSet<string>(required, StringComparer.Ordinal),
    };

    private static OpenApiSchema List(OpenApiSchema items, int max) => new() { Type = JsonSchemaType.Array, Items = items, MaxItems = max };

    private static OpenApiSchema CountsByName() => new() { Type = JsonSchemaType.Object, AdditionalProperties = Count() };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String, MaxLength = WebLimits.TextLengthMax };

    private static OpenApiSchema Moment() => new() { Type = JsonSchemaType.String, Format = "date-time" };

    private static OpenApiSchema Count() =>
        new() { Type = JsonSchemaType.Integer, Minimum = "0", Maximum = TokenCounts.ClassMax.ToString(CultureInfo.InvariantCulture) };
}
