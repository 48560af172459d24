using System.Text.Json;
using Farthing.Testing;

namespace Farthing.Tests.Reports;

/// <summary>
/// Holds a document against one of our schemas: the keywords that they use and no others
/// (<c>$ref type enum const anyOf minimum properties required additionalProperties items</c>).
/// </summary>
internal sealed class SchemaCheck
{
    private readonly Dictionary<string, JsonElement> files = new(StringComparer.Ordinal);
    private readonly List<string> faults = [];

    /// <summary>What is wrong with a document; empty when nothing is.</summary>
    public static IReadOnlyList<string> Faults(string json, string schemaFile)
    {
        using var document = JsonDocument.Parse(json);
        var check = new SchemaCheck();
        check.Visit(document.RootElement, check.Load(schemaFile), schemaFile, "$");
        return check.faults;
    }

    private JsonElement Load(string file)
    {
        if (!files.TryGetValue(file, out var schema))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs", "reference", file)));
            schema = document.RootElement.Clone();
            files.Add(file, schema);
        }

        return schema;
    }

    private void Visit(JsonElement value, JsonElement schema, string file, string path)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var parts = reference.GetString()!.Split('#');
            var target = parts[0].Length == 0 ? file : parts[0];
            Visit(value, parts[1].Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(Load(target), static (at, name) => at.GetProperty(name)), target, path);
            return;
        }

        if (schema.TryGetProperty("anyOf", out var choices) && !choices.EnumerateArray().Any(choice => Fits(value, choice, file)))
        {
            faults.Add($"{path} fits none of its forms");
        }

        CheckValue(value, schema, path);
        if (value.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties))
        {
            CheckObject(value, schema, properties, file, path);
        }

        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            foreach (var (index, item) in value.EnumerateArray().Index())
            {
                Visit(item, items, file, $"{path}[{index}]");
            }
        }
    }

    private bool Fits(JsonElement value, JsonElement schema, string file)
    {
        var before = faults.Count;
        Visit(value, schema, file, "?");
        var fits = faults.Count == before;
        faults.RemoveRange(before, faults.Count - before);
        return fits;
    }

    private void CheckValue(JsonElement value, JsonElement schema, string path)
    {
        if (schema.TryGetProperty("type", out var type) && !Types(type).Any(name => IsOfType(value, name)))
        {
            faults.Add($"{path} is {value.ValueKind}, not {type}");
        }

        if (schema.TryGetProperty("enum", out var values) && !values.EnumerateArray().Any(allowed => allowed.GetRawText() == value.GetRawText()))
        {
            faults.Add($"{path} is {value.GetRawText()}, not one of {values}");
        }

        if (schema.TryGetProperty("const", out var constant) && constant.GetRawText() != value.GetRawText())
        {
            faults.Add($"{path} is {value.GetRawText()}, not {constant}");
        }

        if (schema.TryGetProperty("minimum", out var minimum) && value.ValueKind == JsonValueKind.Number && value.GetDecimal() < minimum.GetDecimal())
        {
            faults.Add($"{path} is {value.GetRawText()}, below {minimum}");
        }
    }

    private void CheckObject(JsonElement value, JsonElement schema, JsonElement properties, string file, string path)
    {
        foreach (var name in schema.GetProperty("required").EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)))
        {
            faults.Add($"{path} lacks {name}");
        }

        foreach (var property in value.EnumerateObject())
        {
            if (properties.TryGetProperty(property.Name, out var part))
            {
                Visit(property.Value, part, file, $"{path}.{property.Name}");
            }
            else
            {
                faults.Add($"{path} has {property.Name}, which is not described");
            }
        }

        foreach (var twice in value.EnumerateObject().CountBy(property => property.Name).Where(count => count.Value > 1))
        {
            faults.Add($"{path} has {twice.Key} twice");
        }
    }

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(name => name.GetString()!) : [type.GetString()!];

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "The schemas use no such type."),
    };
}
