using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Farthing.Domain.Billing;
using Farthing.Domain.Money;

namespace Farthing.Storage.Sql.Ledger;

/// <summary>
/// What a run was used for, as its column holds it: a list of lists of provider, model, project, whether it is at our
/// cost, baseline and reported in picodollars, settled in nanocredits; empty for nothing.
/// </summary>
internal static class RunUsesText
{
    /// <summary>The text of uses.</summary>
    public static string ToColumn(this RunUses uses)
    {
        if (uses.All.Count == 0)
        {
            return string.Empty;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var use in uses.All)
            {
                json.WriteStartArray();
                json.WriteStringValue(use.Use.Provider);
                json.WriteStringValue(use.Use.Model);
                json.WriteStringValue(use.Use.Project);
                json.WriteBooleanValue(use.IsAtOurCost);
                json.WriteStringValue(use.Baseline.Picodollars.ToString(CultureInfo.InvariantCulture));
                json.WriteStringValue(use.Reported.Picodollars.ToString(CultureInfo.InvariantCulture));
                json.WriteNumberValue(use.Settled.Nanocredits);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads uses.</summary>
    public static RunUses Read(string text)
    {
        if (text.Length == 0)
        {
            return RunUses.None;
        }

        using var document = JsonDocument.Parse(text);
        return new(document.RootElement.EnumerateArray().Select(ReadUse));
    }

    private static RunUse ReadUse(JsonElement use) => new(new(Text(use, 0), Text(use, 1), Text(use, 2)), use[3].GetBoolean())
    {
        Baseline = Dollars(use, 4),
        Reported = Dollars(use, 5),
        Settled = new(use[6].GetInt64()),
    };

    private static string Text(JsonElement use, int place) => use[place].GetString()!;

    private static Usd Dollars(JsonElement use, int place) => new(Int128.Parse(Text(use, place), CultureInfo.InvariantCulture));
}
