using System.Text.Json;

namespace Farthing.Sources.AgentLogs;

/// <summary>What readers of whole documents have in common; lines have a <see cref="JsonCursor"/> of their own.</summary>
internal static class JsonFields
{
    /// <summary>How a document is parsed.</summary>
    public static JsonReaderOptions ReaderOptions => new() { MaxDepth = JsonLines.DepthMax };

    /// <summary>The bytes of a string value, escapes and all (see <see cref="SharedValues.Text"/>); empty for any other value, which is consumed.</summary>
    public static ReadOnlySpan<byte> Text(scoped ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.String)
        {
            return json.ValueSpan;
        }

        json.Skip();
        return default;
    }
}
