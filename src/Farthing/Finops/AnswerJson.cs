using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Farthing.Reports;

namespace Farthing.Finops;

/// <summary>Reads the API's JSON for pages, and hands it on to programs as it is: every digit, in the layout of all commands.</summary>
internal static class AnswerJson
{
    private const int DepthMax = 32;

    /// <summary>Reads what a page shows; what it does not know it leaves out.</summary>
    /// <exception cref="AnswerException">It is not what the API answers.</exception>
    public static T Read<T>(byte[] json, JsonTypeInfo<T> shape)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, shape) ?? throw Unknown(null);
        }
        catch (JsonException failure)
        {
            throw Unknown(failure);
        }
    }

    /// <summary>Writes one answer.</summary>
    public static void Write(TextWriter output, byte[] json)
    {
        var text = new JsonText();
        Copy(json, text);
        Finish(output, text);
    }

    /// <summary>Copies the members of an answer into an object that is open.</summary>
    public static void CopyMembers(byte[] json, JsonText text)
    {
        using var document = Parse(json);
        CopyMembers(document.RootElement, text);
    }

    /// <summary>The arrays of several pages as one.</summary>
    public static byte[] Join(IReadOnlyList<byte[]> pages)
    {
        if (pages.Count == 1)
        {
            return pages[0];
        }

        var text = new JsonText();
        text.WriteStartArray();
        foreach (var page in pages)
        {
            using var document = Parse(page);
            foreach (var item in document.RootElement.EnumerateArray())
            {
                Copy(item, text);
            }
        }

        text.WriteEndArray();
        return Encoding.UTF8.GetBytes(text.Written.ToArray());
    }

    /// <summary>Ends a document and hands it over.</summary>
    public static void Finish(TextWriter output, JsonText text)
    {
        output.Write(text.Written);
        output.Write('\n');
    }

    /// <summary>A whole number for a query.</summary>
    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static AnswerException Unknown(Exception? cause) => cause is null
        ? new("The server answers something that this program does not know; use programs of the same version.")
        : new("The server answers something that this program does not know; use programs of the same version.", cause);

    private static JsonDocument Parse(byte[] json)
    {
        try
        {
            return JsonDocument.Parse(json, new() { MaxDepth = DepthMax });
        }
        catch (JsonException failure)
        {
            throw Unknown(failure);
        }
    }

    private static void Copy(byte[] json, JsonText text)
    {
        using var document = Parse(json);
        Copy(document.RootElement, text);
    }

    private static void Copy(JsonElement element, JsonText text)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                text.WriteStartObject();
                CopyMembers(element, text);
                text.WriteEndObject();
                break;
            case JsonValueKind.Array:
                text.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Copy(item, text);
                }

                text.WriteEndArray();
                break;
            case JsonValueKind.String:
                text.WriteStringValue(element.GetString()!);
                break;
            default:
                text.WriteRawValue(element.GetRawText());
                break;
        }
    }

    private static void CopyMembers(JsonElement element, JsonText text)
    {
        foreach (var member in element.EnumerateObject())
        {
            text.WritePropertyName(member.Name);
            Copy(member.Value, text);
        }
    }
}
