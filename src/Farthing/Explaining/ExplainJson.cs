using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Reports;
using Farthing.Workflows.Spending;

namespace Farthing.Explaining;

/// <summary>The explanation of a cost as JSON; <c>docs/reference/explain.md</c> describes it. Amounts and rates are exact numbers.</summary>
internal static class ExplainJson
{
    /// <summary>Writes an explanation.</summary>
    public static void Write(TextWriter output, CostExplanation explanation)
    {
        var json = new JsonReport();
        switch (explanation)
        {
            case CostExplanation.OneCall call:
                WriteCall(json, call);
                break;
            case CostExplanation.OneSession session:
                WriteSession(json, session);
                break;
            case CostExplanation.Ambiguous ambiguous:
                WriteCandidates(json, ambiguous);
                break;
            default:
                json.Writer.WriteString("kind", "unknown");
                break;
        }

        json.Finish(output);
    }

    /// <summary>Writes a rate card under a name.</summary>
    public static void WriteCard(JsonReport json, string name, RateCard card)
    {
        var writer = json.Writer;
        writer.WriteStartObject(name);
        writer.WriteString("row", card.Model);
        writer.WriteString("status", JsonReport.NameOf(card.Status));
        writer.WriteString("terms", card.Terms);
        writer.WriteString("from", card.From);
        writer.WriteString("to", card.To);
        writer.WriteString("source", card.Source);
        writer.WriteString("asOf", card.AsOf);
        writer.WriteString("confidence", card.Confidence);
        writer.WriteString("assumed", card.Assumed);
        writer.WriteStartObject("usdPerMillion");
        for (var tokenClass = TokenClass.Input; tokenClass <= TokenClass.Citation; tokenClass++)
        {
            if (card[tokenClass] != Rate.Free)
            {
                WriteNumber(json, JsonNames.Of(tokenClass), card[tokenClass].PerMillion());
            }
        }

        if (card.Reasoning is { } reasoning)
        {
            WriteNumber(json, "reasoning", reasoning.PerMillion());
        }

        writer.WriteEndObject();
        WriteNumber(json, "usdPerWebSearch", card.WebSearch.ToString());
        writer.WriteEndObject();
    }

    /// <summary>Writes an exact decimal number from its text.</summary>
    public static void WriteNumber(JsonReport json, string name, string number)
    {
        json.Writer.WritePropertyName(name);
        json.Writer.WriteRawValue(number);
    }

    private static void WriteCall(JsonReport json, CostExplanation.OneCall call)
    {
        var writer = json.Writer;
        var usage = call.Priced.Usage;
        writer.WriteString("kind", "call");
        writer.WriteString("event", usage.Id.ToString());
        json.WriteTime("time", usage.OccurredAt);
        WriteDimensions(json, usage);
        writer.WriteString("model", usage.Dimensions.Model);
        writer.WriteString("provider", usage.Dimensions.Provider);
        writer.WriteString("apiKey", usage.Dimensions.ApiKey);
        writer.WriteString("serviceTier", JsonNames.Of(usage.Terms.Tier));
        writer.WriteBoolean("fast", usage.Terms.Fast);
        writer.WriteString("inferenceGeo", usage.Terms.Geo);
        writer.WriteNumber("promptTokens", usage.Tokens.Prompt);
        writer.WriteNumber("reasoningOutputTokens", usage.Tokens.Reasoning);
        json.WriteTexts("quality", JsonNames.Of(usage.Quality));
        writer.WriteString("file", call.Priced.File);
        writer.WriteNumber("line", usage.Line);
        WriteBuildUp(json, call.BuildUp);
    }

    private static void WriteSession(JsonReport json, CostExplanation.OneSession session)
    {
        var writer = json.Writer;
        writer.WriteString("kind", "session");
        WriteDimensions(json, session.First.Usage);
        json.WriteTime("firstActivity", session.First.Usage.OccurredAt);
        json.WriteTime("lastActivity", session.Last.Usage.OccurredAt);
        writer.WriteNumber("calls", session.Sum.Calls);
        json.WriteUsd("totalCost", session.Sum.BestCost);
        json.WriteUsd("estimatedCost", session.Sum.EstimatedCost);
        writer.WriteNumber("unpricedCalls", session.Sum.UnpricedCalls);
        writer.WriteBoolean("isCut", session.IsCut);
        writer.WriteStartArray("cards");
        foreach (var buildUp in session.BuildUps)
        {
            writer.WriteStartObject();
            writer.WriteString("model", buildUp.Model);
            writer.WriteNumber("calls", buildUp.Calls);
            WriteBuildUp(json, buildUp);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteDimensions(JsonReport json, UsageEvent usage)
    {
        var writer = json.Writer;
        writer.WriteString("agent", usage.Dimensions.Agent);
        writer.WriteString("agentVersion", usage.Session.AgentVersion);
        writer.WriteString("project", usage.Dimensions.Project);
        writer.WriteString("branch", usage.Dimensions.Branch);
        writer.WriteString("session", usage.Session.Key);
        writer.WriteString("parentSession", usage.Session.Parent);
    }

    /// <summary>Writes a build-up with its rate card.</summary>
    public static void WriteBuildUp(JsonReport json, CostBuildUp buildUp)
    {
        var writer = json.Writer;
        WriteCard(json, "rateCard", buildUp.Card);
        writer.WriteStartArray("lines");
        foreach (var line in buildUp.Lines)
        {
            writer.WriteStartObject();
            writer.WriteString("class", NameOf(line));
            writer.WriteNumber("units", line.Count);
            WriteNumber(json, "usdPerUnit", line.Rate.ToString());
            WriteCost(json, line.Amount, buildUp.Card);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteCost(json, buildUp.Total, buildUp.Card);
        WriteNumber(json, "rounding", CostWords.Femtodollars(buildUp.RoundingFemtodollars));
        if (buildUp.Reported is { } reported)
        {
            json.WriteUsd("reportedCost", reported);
        }
    }

    private static string NameOf(CostLine line) => line.Unit switch
    {
        CostUnit.WebSearches => "web_search",
        CostUnit.Reasoning => "reasoning",
        _ => JsonNames.Of(line.Class),
    };

    // What is unknown is null, not zero.
    private static void WriteCost(JsonReport json, Usd cost, RateCard card)
    {
        if (card.Status == PricingStatus.Unpriced)
        {
            json.Writer.WriteNull("cost");
        }
        else
        {
            json.WriteUsd("cost", cost);
        }
    }

    private static void WriteCandidates(JsonReport json, CostExplanation.Ambiguous ambiguous)
    {
        var writer = json.Writer;
        writer.WriteString("kind", "ambiguous");
        writer.WriteNumber("count", ambiguous.Count);
        writer.WriteStartArray("candidates");
        foreach (var candidate in ambiguous.Candidates)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", candidate.IsSession ? "session" : "call");
            writer.WriteString("name", candidate.Name);
            json.WriteTime("time", candidate.First.OccurredAt);
            writer.WriteString("agent", candidate.First.Dimensions.Agent);
            writer.WriteNumber("calls", candidate.Calls);
            json.WriteUsd("cost", candidate.Cost);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
