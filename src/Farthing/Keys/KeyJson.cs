using System.Globalization;
using Farthing.Reports;
using Farthing.Workflows.Access;

namespace Farthing.Keys;

/// <summary>Keys as JSON, with the names of the API.</summary>
internal static class KeyJson
{
    /// <summary>Writes a key that was just made, with its secret.</summary>
    public static void WriteNew(TextWriter output, NewKey made)
    {
        var json = new JsonText();
        json.WriteStartObject();
        json.WriteStartObject("key");
        WriteMembers(json, made.Stored.Key);
        json.WriteEndObject();
        json.WriteString("api_key", made.Secret);
        json.WriteEndObject();
        output.WriteLine(json.Written);
    }

    /// <summary>Writes a list.</summary>
    public static void WriteList(TextWriter output, IReadOnlyList<ApiKey> keys)
    {
        var json = new JsonText();
        json.WriteStartObject();
        json.WriteStartArray("items");
        foreach (var key in keys)
        {
            json.WriteStartObject();
            WriteMembers(json, key);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        output.WriteLine(json.Written);
    }

    private static void WriteMembers(JsonText json, ApiKey key)
    {
        json.WriteString("id", key.Id);
        json.WriteString("prefix", key.Prefix);
        json.WriteString("last_four", key.LastFour);
        json.WriteString("name", key.Name);
        json.WriteString("role", RoleName.Of(key.Role));
        json.WriteString("engineer_id", key.EngineerId);
        json.WriteString("created_at", Moment(key.CreatedAt));
        json.WriteString("last_used_at", Moment(key.LastUsedAt));
        json.WriteString("expires_at", Moment(key.ExpiresAt));
        json.WriteString("revoked_at", Moment(key.RevokedAt));
    }

    private static string? Moment(DateTimeOffset? at) => at?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
