using System.Globalization;
using System.Text.Json;
using Farthing.Web.Dashboard.Frame;
using Farthing.Workflows.Access;

namespace Farthing.Web.Dashboard.Pages.Admin;

/// <summary>One thing that a line of the audit says has changed.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Before">What it was; null when it was not there.</param>
/// <param name="After">What it is; null when it is not there any more.</param>
public sealed record AuditChange(string Field, string? Before, string? After)
{
    private const int LengthMax = 120;

    private static readonly string[] InstantFormats = ["yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];
    private static readonly string[] Worded = ["state", "overdraft", "category", "owner_kind", "scope", "period", "role", "kind", "is_active"];
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

    /// <summary>A value as people read it: instants in a zone, and what only a program would write in words. Names stay as they are.</summary>
    public string Said(string value, TimeZoneInfo zone) =>
        DateTimeOffset.TryParseExact(value, InstantFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? PageText.Time(at, zone)
        : Worded.Contains(Field) ? PlainWords.Of(value)
        : value;

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
