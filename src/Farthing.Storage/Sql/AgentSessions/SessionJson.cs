using System.Text.Json;
using System.Text.Json.Serialization;
using Farthing.Domain.Usage;
using Farthing.Workflows.Sessions;

namespace Farthing.Storage.Sql.AgentSessions;

/// <summary>The lists of a session as columns hold them; empty for empty ones.</summary>
internal static class SessionLists
{
    /// <summary>Writes what a session used by model.</summary>
    public static string Write(IReadOnlyList<ModelUsage> usages) =>
        usages.Count == 0 ? string.Empty : JsonSerializer.Serialize([.. usages], SessionJson.Default.ListModelUsage);

    /// <summary>Reads what a session used by model.</summary>
    public static IReadOnlyList<ModelUsage> ReadModels(string text) =>
        text.Length == 0 ? [] : JsonSerializer.Deserialize(text, SessionJson.Default.ListModelUsage)!;

    /// <summary>Writes how often tools were called.</summary>
    public static string Write(IReadOnlyList<ToolUsage> usages) =>
        usages.Count == 0 ? string.Empty : JsonSerializer.Serialize([.. usages], SessionJson.Default.ListToolUsage);

    /// <summary>Reads how often tools were called.</summary>
    public static IReadOnlyList<ToolUsage> ReadTools(string text) =>
        text.Length == 0 ? [] : JsonSerializer.Deserialize(text, SessionJson.Default.ListToolUsage)!;

    /// <summary>Writes counts by name.</summary>
    public static string Write(IReadOnlyDictionary<string, long> counts) => counts.Count == 0
        ? string.Empty
        : JsonSerializer.Serialize(new SortedDictionary<string, long>(new Dictionary<string, long>(counts), StringComparer.Ordinal), SessionJson.Default.SortedDictionaryStringInt64);

    /// <summary>Reads counts by name.</summary>
    public static IReadOnlyDictionary<string, long> ReadCounts(string text) => new SortedDictionary<string, long>(
        text.Length == 0 ? [] : JsonSerializer.Deserialize(text, SessionJson.Default.SortedDictionaryStringInt64)!, StringComparer.Ordinal);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(List<ModelUsage>))]
[JsonSerializable(typeof(List<ToolUsage>))]
[JsonSerializable(typeof(SortedDictionary<string, long>))]
internal sealed partial class SessionJson : JsonSerializerContext;
