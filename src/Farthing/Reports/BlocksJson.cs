using Farthing.Domain.Money;
using Farthing.Workflows.Spending;

namespace Farthing.Reports;

/// <summary>The answer to <c>farthing blocks</c>.</summary>
/// <param name="Blocks">The windows and gaps, in the order in which they are shown.</param>
/// <param name="Request">Which were asked for.</param>
/// <param name="Choices">What was chosen on the command line.</param>
/// <param name="Limit">Tokens to compare with; null for none.</param>
/// <param name="Now">When it was asked.</param>
internal sealed record BlocksAnswer(
    IReadOnlyList<UsageBlock> Blocks, BlockReportRequest Request, ReportChoices Choices, long? Limit, DateTimeOffset Now);

/// <summary>Five-hour windows as JSON, in ccusage's shape: <c>{ "blocks": […] }</c>.</summary>
internal static class BlocksJson
{
    private const int MicroDecimals = 6;

    /// <summary>Writes the windows.</summary>
    public static void Write(TextWriter output, BlocksAnswer answer)
    {
        var json = new JsonReport();
        json.Writer.WriteStartArray("blocks");
        foreach (var block in answer.Blocks)
        {
            Write(json, block, answer);
        }

        json.Writer.WriteEndArray();
        json.Writer.WriteString("timezone", answer.Choices.Zone.Id);
        json.Finish(output);
    }

    private static void Write(JsonReport json, UsageBlock block, BlocksAnswer answer)
    {
        var sum = block.Line.Sum;
        var projection = block.ProjectionAt(answer.Now);
        json.Writer.WriteStartObject();
        json.WriteTime("actualEndTime", block.LastAt);
        WriteBurn(json, block.Burn);
        json.WriteUsd("costUSD", sum.Cost);
        json.WriteTime("endTime", block.EndAt);
        json.Writer.WriteNumber("entries", sum.Calls);
        json.Writer.WriteNumber("estimatedCalls", sum.EstimatedCalls);
        json.WriteUsd("estimatedCost", sum.EstimatedCost);
        json.Writer.WriteString("id", block.Line.Name);
        json.Writer.WriteBoolean("isActive", block.IsActive);
        json.Writer.WriteBoolean("isGap", block.IsGap);
        if (!block.IsGap)
        {
            new JsonLine(json, answer.Choices.By).WriteParts(block.Line, answer.Choices.Breakdown);
        }

        json.WriteTexts("models", block.ModelsByTime);
        json.Writer.WriteString("pricingStatus", JsonReport.NameOf(sum.Status));
        WriteProjection(json, projection);
        json.WriteTime("startTime", block.StartAt);
        WriteTokens(json, sum);
        if (projection is { } leads && answer.Limit is { } tokens)
        {
            WriteLimit(json, new(tokens, leads.TotalTokens));
        }

        json.Writer.WriteNumber("totalTokens", sum.TotalTokens);
        json.Writer.WriteNumber("unpricedCalls", sum.UnpricedCalls);
        json.Writer.WriteEndObject();
    }

    private static void WriteBurn(JsonReport json, BurnRate? burn)
    {
        if (burn is not { } rate)
        {
            json.Writer.WriteNull("burnRate");
            return;
        }

        json.Writer.WriteStartObject("burnRate");
        json.WriteUsd("costPerHour", rate.CostPerHour);
        json.WriteDecimal("tokensPerMinute", rate.MicrotokensPerMinute, MicroDecimals);
        json.WriteDecimal("tokensPerMinuteForIndicator", rate.IndicatorMicrotokensPerMinute, MicroDecimals);
        json.Writer.WriteEndObject();
    }

    private static void WriteProjection(JsonReport json, BlockProjection? projection)
    {
        if (projection is not { } leads)
        {
            json.Writer.WriteNull("projection");
            return;
        }

        json.Writer.WriteStartObject("projection");
        json.Writer.WriteNumber("remainingMinutes", leads.RemainingMinutes);
        json.WriteUsd("totalCost", leads.TotalCost);
        json.Writer.WriteNumber("totalTokens", leads.TotalTokens);
        json.Writer.WriteEndObject();
    }

    private static void WriteTokens(JsonReport json, in SpendSum sum)
    {
        json.Writer.WriteStartObject("tokenCounts");
        json.Writer.WriteNumber("cacheCreationInputTokens", sum.Tokens.CacheWrite);
        json.Writer.WriteNumber("cacheReadInputTokens", sum.Tokens.CacheRead);
        json.Writer.WriteNumber("inputTokens", sum.Tokens.Input);
        json.Writer.WriteNumber("outputTokens", sum.Tokens.Output);
        json.Writer.WriteEndObject();
    }

    private static void WriteLimit(JsonReport json, TokenLimit limit)
    {
        json.Writer.WriteStartObject("tokenLimitStatus");
        json.Writer.WriteNumber("limit", limit.Tokens);
        json.WriteDecimal("percentUsed", limit.MicropercentUsed, MicroDecimals);
        json.Writer.WriteNumber("projectedUsage", limit.Projected);
        json.Writer.WriteString("status", limit.Status);
        json.Writer.WriteEndObject();
    }
}

/// <summary>Where a window leads, held against a limit.</summary>
/// <param name="Tokens">The limit.</param>
/// <param name="Projected">The tokens at the end of the window if its rate holds.</param>
internal readonly record struct TokenLimit(long Tokens, long Projected)
{
    private const int MicroPerPercent = 1_000_000;
    private const int WarningPercent = 80;

    /// <summary>How much of the limit will be used, in millionths of a percent.</summary>
    public Int128 MicropercentUsed => Rounding.DivideHalfEven((Int128)Projected * 100 * MicroPerPercent, Tokens);

    /// <summary><c>exceeds</c> above the limit, <c>warning</c> above four fifths of it, else <c>ok</c>.</summary>
    public string Status => this switch
    {
        _ when Projected > Tokens => "exceeds",
        _ when (Int128)Projected * 100 > (Int128)Tokens * WarningPercent => "warning",
        _ => "ok",
    };
}
