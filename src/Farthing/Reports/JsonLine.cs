using Farthing.Domain.Pricing;
using Farthing.Workflows.Spending;

namespace Farthing.Reports;

/// <summary>What a line stands for, which decides its keys.</summary>
internal enum JsonLineShape
{
    /// <summary>A line of the report: a period or a session.</summary>
    Row,

    /// <summary>A part of a line by a dimension.</summary>
    Group,

    /// <summary>A part of a line by model.</summary>
    Model,

    /// <summary>A day of a row of days.</summary>
    Day,

    /// <summary>The sum under the lines.</summary>
    Totals,
}

/// <summary>One line of a report as JSON.</summary>
/// <param name="json">The document.</param>
/// <param name="by">What lines are split by; null for not at all.</param>
internal sealed class JsonLine(JsonReport json, SpendDimension? by)
{
    /// <summary>The key of the list of parts by a dimension; null for models, which every line has.</summary>
    public static string? ListOf(SpendDimension? dimension) => dimension switch
    {
        SpendDimension.Agent => "agents",
        SpendDimension.Branch => "branches",
        SpendDimension.Project => "projects",
        SpendDimension.Session => "sessions",
        _ => null,
    };

    /// <summary>Writes a named array of lines.</summary>
    public void WriteAll(string name, IReadOnlyList<SpendLine> lines, JsonLineShape shape)
    {
        json.Writer.WriteStartArray(name);
        foreach (var line in lines)
        {
            Write(line, shape, agent: null);
        }

        json.Writer.WriteEndArray();
    }

    /// <summary>Writes the sum of all lines under a name.</summary>
    public void WriteTotals(string name, SpendLine total)
    {
        json.Writer.WritePropertyName(name);
        Write(total, JsonLineShape.Totals, agent: null);
    }

    /// <summary>Writes into an open object what a line is made of, as far as it was asked for.</summary>
    public void WriteParts(SpendLine line, bool models)
    {
        WriteGroups(line, JsonLineShape.Row);
        if (models || by == SpendDimension.Model)
        {
            WriteAll("modelBreakdowns", line.Models, JsonLineShape.Model);
        }
    }

    /// <summary>Writes one line as an object.</summary>
    /// <param name="line">The line.</param>
    /// <param name="shape">What it stands for.</param>
    /// <param name="agent">For a row: whose it is.</param>
    /// <param name="metadata">For a row: writes what else is known about it.</param>
    public void Write(SpendLine line, JsonLineShape shape, string? agent, Action<SpendLine>? metadata = null)
    {
        var writer = json.Writer;
        writer.WriteStartObject();
        if (agent is not null)
        {
            writer.WriteString("agent", agent);
        }

        WriteGroups(line, shape);
        WriteSum(line.Sum, shape);
        if (metadata is not null)
        {
            writer.WriteStartObject("metadata");
            metadata(line);
            writer.WriteEndObject();
        }

        WriteModels(line, shape);
        if (shape == JsonLineShape.Row)
        {
            writer.WriteString("period", line.Name);
        }

        writer.WriteEndObject();
    }

    /// <summary>The key of a line that is a part by a dimension.</summary>
    private static string KeyOf(SpendDimension? dimension) => dimension switch
    {
        SpendDimension.Agent => "agent",
        SpendDimension.Branch => "branch",
        SpendDimension.Project => "project",
        SpendDimension.Session => "session",
        _ => "model",
    };

    private static List<string> NamesOf(IEnumerable<SpendLine> models)
    {
        var names = new List<string>();
        foreach (var model in models)
        {
            names.Add(model.Name);
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private void WriteGroups(SpendLine line, JsonLineShape shape)
    {
        if (shape == JsonLineShape.Day)
        {
            json.Writer.WriteString("date", line.Name);
        }

        if (shape == JsonLineShape.Group)
        {
            json.Writer.WriteString(KeyOf(by), line.Name);
        }

        if (shape == JsonLineShape.Row && ListOf(by) is { } list)
        {
            WriteAll(list, line.Groups, JsonLineShape.Group);
        }
    }

    private void WriteSum(in SpendSum sum, JsonLineShape shape)
    {
        var writer = json.Writer;
        writer.WriteNumber("cacheCreationTokens", sum.Tokens.CacheWrite);
        writer.WriteNumber("cacheReadTokens", sum.Tokens.CacheRead);
        writer.WriteNumber("cacheWrite1hTokens", sum.Tokens.CacheWrite1h);
        writer.WriteNumber("calls", sum.Calls);
        if (shape == JsonLineShape.Model)
        {
            json.WriteUsd("cost", sum.Cost);
        }

        writer.WriteNumber("estimatedCalls", sum.EstimatedCalls);
        json.WriteUsd("estimatedCost", sum.EstimatedCost);
        writer.WriteNumber("inputTokens", sum.Tokens.Input);
        writer.WriteNumber("modalityTokens", sum.ModalityTokens);
        writer.WriteNumber("outputTokens", sum.Tokens.Output);
        writer.WriteString("pricingStatus", JsonReport.NameOf(sum.Status));
        writer.WriteNumber("reasoningOutputTokens", sum.Tokens.Reasoning);
        if (shape != JsonLineShape.Model)
        {
            json.WriteUsd("totalCost", sum.Cost);
        }

        writer.WriteNumber("totalTokens", sum.TotalTokens);
        writer.WriteNumber("unpricedCalls", sum.UnpricedCalls);
        writer.WriteNumber("webSearchRequests", sum.WebSearches);
    }

    private void WriteModels(SpendLine line, JsonLineShape shape)
    {
        var writer = json.Writer;
        switch (shape)
        {
            case JsonLineShape.Model:
                writer.WriteString("modelName", line.Name);
                if (line.Sum.Status >= PricingStatus.Fallback)
                {
                    writer.WriteBoolean("missingPricing", true);
                }

                break;
            case JsonLineShape.Day:
                break;
            case JsonLineShape.Totals:
                var unpriced = NamesOf(line.Models.Where(static model => model.Sum.Status >= PricingStatus.Fallback));
                if (unpriced.Count > 0)
                {
                    json.WriteTexts("unpricedModels", unpriced);
                }

                break;
            default:
                WriteAll("modelBreakdowns", line.Models, JsonLineShape.Model);
                json.WriteTexts("modelsUsed", NamesOf(line.Models));
                break;
        }
    }
}
