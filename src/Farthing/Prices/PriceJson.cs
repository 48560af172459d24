using System.Text.Json;
using Farthing.Domain.Pricing;
using Farthing.Explaining;
using Farthing.Reports;
using Farthing.Workflows.Pricing;
using Farthing.Workflows.Spending;

namespace Farthing.Prices;

/// <summary>Prices as JSON; <c>docs/reference/prices.md</c> describes it. Rates are exact numbers in USD per million tokens.</summary>
internal static class PriceJson
{
    /// <summary>Writes a list.</summary>
    public static void WriteList(TextWriter output, PriceCatalog catalog, IReadOnlyList<PriceAt> prices, DateTimeOffset at)
    {
        var json = new JsonReport();
        json.Writer.WriteString("catalog", catalog.Version);
        json.WriteTime("at", at);
        json.Writer.WriteStartArray("prices");
        foreach (var price in prices)
        {
            json.Writer.WriteStartObject();
            json.Writer.WriteString("model", price.Row.Key);
            json.Writer.WriteString("pricedAs", price.Priced.Key);
            json.Writer.WriteString("status", price.Row.Status);
            json.Writer.WriteBoolean("disputed", price.Row.IsDisputed);
            if (price.Rates is { } period)
            {
                WritePeriod(json, period);
            }

            json.Writer.WriteEndObject();
        }

        json.Writer.WriteEndArray();
        json.Finish(output);
    }

    /// <summary>Writes everything about a row.</summary>
    public static void WriteRow(TextWriter output, PriceRow row, IReadOnlyList<PriceRow> others)
    {
        var json = new JsonReport();
        var writer = json.Writer;
        writer.WriteString("model", row.Key);
        writer.WriteString("name", row.Name);
        json.WriteTexts("ids", row.Ids);
        json.WriteTexts("movingIds", row.RollingIds);
        writer.WriteBoolean("moving", row.IsRolling);
        writer.WriteString("status", row.Status);
        writer.WriteString("kind", row.Kind);
        writer.WriteString("released", row.Released);
        writer.WriteString("retires", row.Retires);
        writer.WriteNumber("contextTokens", row.Context);
        writer.WriteBoolean("disputed", row.IsDisputed);
        json.WriteTexts("conflicts", row.Conflicts);
        json.WriteTexts("alsoAt", others.Select(static other => other.Key));
        if (row.Profile is { } profile)
        {
            ExplainJson.WriteNumber(json, "profileFactor", profile.ToString());
        }

        writer.WriteStartArray("periods");
        foreach (var period in row.Periods)
        {
            writer.WriteStartObject();
            WritePeriod(json, period);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        json.Finish(output);
    }

    /// <summary>Writes how a name was resolved and what it costs.</summary>
    public static void WriteExplanation(TextWriter output, PriceAnswer answer)
    {
        var json = new JsonReport();
        var writer = json.Writer;
        var resolution = answer.Explanation.Resolution;
        writer.WriteString("model", answer.Question.Model);
        writer.WriteString("provider", answer.Question.Provider);
        json.WriteTime("at", answer.Question.At);
        writer.WriteString("row", resolution.Row?.Key);
        writer.WriteString("host", resolution.Host);
        writer.WriteString("how", resolution.How);
        json.WriteTexts("takenOff", resolution.Modifiers);
        json.WriteTexts("similar", answer.Explanation.Siblings);
        writer.WriteStartArray("steps");
        foreach (var step in answer.Explanation.Steps)
        {
            writer.WriteStartObject();
            writer.WriteNumber("step", step.Number);
            writer.WriteString("rule", step.Rule);
            writer.WriteString("tried", step.Tried);
            writer.WriteString("found", step.Found);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (answer.BuildUp is { } buildUp)
        {
            ExplainJson.WriteBuildUp(json, buildUp);
        }
        else
        {
            ExplainJson.WriteCard(json, "rateCard", answer.Card);
        }

        json.Finish(output);
    }

    /// <summary>Writes how the pricing traps went.</summary>
    public static void WriteVerification(TextWriter output, IReadOnlyList<ConformanceResult> results)
    {
        var json = new JsonReport();
        json.Writer.WriteStartArray("cases");
        foreach (var result in results)
        {
            json.Writer.WriteStartObject();
            json.Writer.WriteString("name", result.Name);
            json.Writer.WriteString("why", result.Why);
            json.Writer.WriteBoolean("passed", result.Passed);
            json.Writer.WriteString("expected", result.Expected);
            json.Writer.WriteString("actual", result.Actual);
            json.Writer.WriteEndObject();
        }

        json.Writer.WriteEndArray();
        json.Writer.WriteNumber("passed", results.Count(static result => result.Passed));
        json.Writer.WriteNumber("failed", results.Count(static result => !result.Passed));
        json.Finish(output);
    }

    private static void WritePeriod(JsonReport json, PricePeriod period)
    {
        var writer = json.Writer;
        writer.WriteString("from", PricePeriod.Write(period.From));
        writer.WriteString("to", PricePeriod.Write(period.To));
        if (period.As is { } means)
        {
            writer.WriteString("means", means);
        }

        WriteLists(json, period);
        writer.WriteStartObject("geo");
        foreach (var geo in period.Geo)
        {
            ExplainJson.WriteNumber(json, geo.Region, geo.Factor.ToString());
        }

        writer.WriteEndObject();
        writer.WriteStartArray("windows");
        foreach (var window in period.Windows)
        {
            WriteWindow(json, window);
        }

        writer.WriteEndArray();
        if (period.WebSearch is { } search)
        {
            ExplainJson.WriteNumber(json, "usdPerWebSearch", search.ToString());
        }

        writer.WriteBoolean("free", period.IsFree);
        writer.WriteBoolean("fastIsPriority", period.IsFastPriority);
        writer.WriteString("promotion", period.Promo);
        writer.WriteString("excludes", period.Excludes);
        writer.WriteString("note", period.Note);
        json.WriteTexts("filled", period.Filled);
        writer.WriteString("source", period.Source);
        writer.WriteString("asOf", period.AsOf);
        writer.WriteString("confidence", period.Confidence);
    }

    private static void WriteLists(JsonReport json, PricePeriod period)
    {
        foreach (var (name, list) in ((string, PriceList?)[])[("standard", period.Standard), ("batch", period.Batch), ("flex", period.Flex), ("priority", period.Priority), ("fast", period.Fast)])
        {
            if (list is null)
            {
                continue;
            }

            json.Writer.WriteStartObject(name);
            WriteRates(json, list.Rates);
            json.Writer.WriteStartArray("tiers");
            foreach (var tier in list.Tiers)
            {
                json.Writer.WriteStartObject();
                json.Writer.WriteString("condition", tier.Condition);
                WriteRates(json, tier.Rates);
                json.Writer.WriteEndObject();
            }

            json.Writer.WriteEndArray();
            json.Writer.WriteEndObject();
        }
    }

    private static void WriteRates(JsonReport json, RateTable rates)
    {
        json.Writer.WriteStartObject("usdPerMillion");
        foreach (var (component, rate) in rates.Listed)
        {
            ExplainJson.WriteNumber(json, RateTable.NameOf(component), rate.PerMillion());
        }

        json.Writer.WriteEndObject();
    }

    private static void WriteWindow(JsonReport json, PriceWindow window)
    {
        var writer = json.Writer;
        writer.WriteStartObject();
        writer.WriteString("label", window.Label);
        writer.WriteString("timezone", window.Zone.Id);
        json.WriteTexts("days", window.Days.Select(static day => JsonNamingPolicy.CamelCase.ConvertName(day.ToString())));
        writer.WriteStartArray("minutes");
        foreach (var range in window.Ranges)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(range.StartMinute);
            writer.WriteNumberValue(range.EndMinute);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        WriteRates(json, window.Rates);
        writer.WriteEndObject();
    }
}
