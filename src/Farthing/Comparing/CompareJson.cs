using Farthing.Domain.Money;
using Farthing.Reports;
using Farthing.Workflows.Spending.Ccusage;

namespace Farthing.Comparing;

/// <summary>Comparisons with ccusage as JSON; <c>docs/reference/compare.md</c> describes it. Amounts are exact numbers, ours − theirs.</summary>
internal static class CompareJson
{
    /// <summary>Writes all comparisons of one command line.</summary>
    public static void Write(TextWriter output, IReadOnlyList<CcusageComparison> comparisons)
    {
        var json = new JsonReport();
        json.Writer.WriteStartArray("comparisons");
        foreach (var comparison in comparisons)
        {
            Write(json, comparison);
        }

        json.Writer.WriteEndArray();
        json.Finish(output);
    }

    /// <summary>The name of a mode, as ccusage spells it.</summary>
    public static string NameOf(CcusageMode mode) => mode switch
    {
        CcusageMode.Auto => "auto",
        CcusageMode.Calculate => "calculate",
        CcusageMode.Display => "display",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such mode."),
    };

    /// <summary>The name of what a difference is about.</summary>
    public static string NameOf(CostClass costClass) => costClass switch
    {
        CostClass.Input => "input",
        CostClass.CacheRead => "cache_read",
        CostClass.CacheWrite5m => "cache_write_5m",
        CostClass.CacheWrite1h => "cache_write_1h",
        CostClass.Output => "output",
        CostClass.Modalities => "modalities",
        CostClass.Units => "web_search",
        CostClass.Call => "call",
        _ => throw new ArgumentOutOfRangeException(nameof(costClass), costClass, "There is no such class."),
    };

    private static void Write(JsonReport json, CcusageComparison comparison)
    {
        var writer = json.Writer;
        writer.WriteStartObject();
        writer.WriteString("report", comparison.Title);
        writer.WriteString("ccusageVersion", CcusagePriceList.Version);
        writer.WriteString("mode", NameOf(comparison.Mode));
        writer.WriteBoolean("codexFast", comparison.IsCodexFast);
        writer.WriteString("timezone", comparison.Zone.Id);
        writer.WriteNumber("calls", comparison.Calls);
        WriteCosts(json, comparison.OurCost, comparison.TheirCost);
        json.WriteUsd("unexplained", comparison.Unexplained);
        writer.WriteNumber("callsOutside", comparison.CallsOutside);
        json.WriteUsd("costOutside", comparison.CostOutside);
        writer.WriteStartArray("rules");
        foreach (var rule in ComparisonSums.Rules(comparison))
        {
            var (name, sentence) = DifferenceRules.Describe(rule.Rule);
            writer.WriteStartObject();
            writer.WriteString("rule", name);
            writer.WriteString("class", NameOf(rule.Class));
            json.WriteUsd("difference", rule.Amount);
            writer.WriteNumber("calls", rule.Calls);
            writer.WriteString("meaning", sentence);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("rows");
        foreach (var row in comparison.Rows)
        {
            WriteRow(json, row);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteRow(JsonReport json, ComparedRow row)
    {
        var writer = json.Writer;
        writer.WriteStartObject();
        writer.WriteString("period", row.Period);
        WriteCosts(json, row.OurCost, row.TheirCost);
        writer.WriteStartArray("models");
        foreach (var model in row.Models)
        {
            writer.WriteStartObject();
            writer.WriteString("modelName", model.Model);
            writer.WriteNumber("calls", model.Calls);
            WriteTokens(json, "ourTokens", model.Ours);
            WriteTokens(json, "theirTokens", model.Theirs);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("parts");
        foreach (var part in row.Parts)
        {
            WritePart(json, part);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WritePart(JsonReport json, DifferencePart part)
    {
        var writer = json.Writer;
        writer.WriteStartObject();
        writer.WriteString("rule", DifferenceRules.Describe(part.Rule).Name);
        writer.WriteString("modelName", part.Model);
        writer.WriteString("class", NameOf(part.Class));
        json.WriteUsd("difference", part.Amount);
        writer.WriteNumber("calls", part.Calls);
        if (!part.Tokens.IsZero)
        {
            WriteTokens(json, "tokens", part.Tokens);
            json.WriteTexts("events", part.Events.Select(static id => id.ToString()));
        }

        if (part.Note.Length > 0)
        {
            writer.WriteString("note", part.Note);
        }

        writer.WriteEndObject();
    }

    private static void WriteCosts(JsonReport json, Usd ours, Usd? theirs)
    {
        json.WriteUsd("ourCost", ours);
        if (theirs is { } cost)
        {
            json.WriteUsd("theirCost", cost);
            json.WriteUsd("difference", ours - cost);
        }
        else
        {
            json.Writer.WriteNull("theirCost");
            json.Writer.WriteNull("difference");
        }
    }

    private static void WriteTokens(JsonReport json, string name, CcusageTokens tokens)
    {
        var writer = json.Writer;
        writer.WriteStartObject(name);
        writer.WriteNumber("inputTokens", tokens.Input);
        writer.WriteNumber("cacheCreationTokens", tokens.CacheWrite);
        writer.WriteNumber("cacheReadTokens", tokens.CacheRead);
        writer.WriteNumber("outputTokens", tokens.Output);
        writer.WriteEndObject();
    }
}
