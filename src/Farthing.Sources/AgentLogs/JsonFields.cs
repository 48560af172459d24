using System.Text;
using System.Text.Json;
using Farthing.Domain.Usage;

namespace Farthing.Sources.AgentLogs;

/// <summary>Walks through the fields of a JSON object in whatever order they stand, leaving strings where they are.</summary>
internal static class JsonFields
{
    /// <summary>Goes to the value of the object's next field; false at the object's end. Every value must be consumed.</summary>
    /// <param name="json">Stands at the object's brace or at the end of a value in it.</param>
    /// <param name="name">The field's name, unescaped.</param>
    public static bool Next(scoped ref Utf8JsonReader json, out ReadOnlySpan<byte> name)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.EndObject)
        {
            name = default;
            return false;
        }

        name = json.ValueIsEscaped ? Unescape(ref json) : json.ValueSpan;
        json.Read();
        return true;
    }

    /// <summary>Whether the value is an object; anything else is consumed.</summary>
    public static bool IsObject(scoped ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.StartObject)
        {
            return true;
        }

        json.Skip();
        return false;
    }

    /// <summary>The bytes of a string value, escapes and all (see <see cref="SharedValues.Text"/>); empty for any other value.</summary>
    public static ReadOnlySpan<byte> Text(scoped ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.String)
        {
            return json.ValueSpan;
        }

        json.Skip();
        return default;
    }

    /// <summary>Reads a count of tokens. Null is no count; vendors allow it.</summary>
    /// <param name="json">Stands at the value, which is consumed.</param>
    /// <param name="count">Set when the value is a count.</param>
    /// <param name="max">The largest count that can be true.</param>
    /// <returns>What is wrong with it, or null.</returns>
    public static string? Count(scoped ref Utf8JsonReader json, ref long? count, long max = TokenCounts.ClassMax)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.Number when json.TryGetInt64(out var value) && value >= 0 && value <= max:
                count = value;
                return null;
            case JsonTokenType.Number:
                return json.ValueSpan[0] == '-' ? "negative token count" : "token count out of range";
            default:
                json.Skip();
                return "token count is not a number";
        }
    }

    /// <summary>Consumes the value and gives its bytes.</summary>
    /// <param name="json">Stands at the value.</param>
    /// <param name="line">What the reader reads.</param>
    public static ReadOnlySpan<byte> Slice(scoped ref Utf8JsonReader json, ReadOnlySpan<byte> line)
    {
        var from = (int)json.TokenStartIndex;
        json.Skip();
        return line[from..(int)json.BytesConsumed];
    }

    private static byte[] Unescape(scoped ref Utf8JsonReader json)
    {
        try
        {
            return Encoding.UTF8.GetBytes(json.GetString() ?? string.Empty);
        }
        catch (InvalidOperationException)
        {
            // Broken UTF-8 or a lone surrogate: no name that we know.
            return [];
        }
    }
}
