using System.Text.Json;
using Farthing.Workflows.Access;

namespace Farthing.Web.Dashboard.Pages.Admin;

/// <summary>One thing that a line of the audit says has changed.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Before">What it was; null when it was not there.</param>
/// <param name="After">What it is; null when it is not there any more.</param>
public sealed record AuditChange(string Field, string? Before, string? After)
{
    private const int LengthMax = 120;

    // These never change, and each line tells them already.
    private static readonly string[] Told = ["org", "id", "created_at"];

    /// <summary>What is different between the object before and after, in the order of its members.</summary>
    public static IReadOnlyList<AuditChange> Of(AuditEntry line)
    {
        var (before, after) = (Members(line.Before), Members(line.After));
        return
        [
            .. after.Keys.Union(before.Keys).Where(static field => !Told.Contains(field))
                .Select(field => new AuditChange(field, before.GetValueOrDefault(field), after.GetValueOrDefault(field)))
                .Where(static change => change.Before != change.After),
        ];
    }

    private static Dictionary<string, string?> Members(string json)
    {
        if (json.Length == 0)
        {
            return [];
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(static member => member.Name, static member => TextOf(member.Value), StringComparer.Ordinal);
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => Short(value.GetString()!),
        _ => Short(value.GetRawText()),
    };

    private static string Short(string text) => text.Length <= LengthMax ? text : text[..LengthMax] + "…";
}
