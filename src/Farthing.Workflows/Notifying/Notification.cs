using System.Text.Json;
using System.Text.Json.Serialization;

namespace Farthing.Workflows.Notifying;

/// <summary>Something that people should learn without asking. Written when it happens, sent later, perhaps twice under the same id.</summary>
public sealed record Notification
{
    /// <summary>Names it for ever; whoever receives it twice knows by it.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required string Org { get; init; }

    /// <summary>What kind of thing happened: <c>budget.threshold</c>, <c>alert.raised</c>, <c>digest.weekly</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    /// <summary>The whole of it for people, plain text.</summary>
    public required string Text { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>The same for programs: names and values, amounts as decimal texts.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>();

    /// <summary>Writes it as JSON: what is stored, and what webhooks receive.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, NotificationJson.Default.Notification);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static Notification FromJson(string json) =>
        JsonSerializer.Deserialize(json, NotificationJson.Default.Notification) ?? throw new JsonException("A notification is an object.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Notification))]
internal sealed partial class NotificationJson : JsonSerializerContext;
