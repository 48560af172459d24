using Farthing.Domain.Caching;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Reports;
using Farthing.Workflows.Billing;
using Farthing.Workflows.Crediting;
using Farthing.Workflows.Spending;

namespace Farthing.Crediting;

/// <summary>Usage as JSON; <c>docs/reference/credits-cli.md</c> describes it. Amounts are exact numbers.</summary>
internal static class UsageJson
{
    /// <summary>Writes sums.</summary>
    public static void Write(TextWriter output, UsageAnswer answer)
    {
        var json = new JsonReport();
        var summary = answer.Summary;
        WriteScope(json, answer.Choices);
        WriteSum(json, summary.Total);
        json.WriteUsd("cacheSavings", summary.CacheSavings);
        WriteLines(json, "byPlan", summary.Plans);
        WriteLines(json, "byPurpose", summary.Roles);
        WriteLines(json, "byModel", summary.Models);
        CreditsJson.WriteWallets(json, answer.Wallets, answer.CentsPerCredit);
        json.Finish(output);
    }

    /// <summary>Writes a page of the log.</summary>
    public static void Write(TextWriter output, UsageLogPage page, int centsPerCredit)
    {
        var json = new JsonReport();
        json.Writer.WriteNumber("page", page.Request.Page);
        json.Writer.WriteNumber("pageSize", page.Request.PageSize);
        json.Writer.WriteNumber("pages", page.Pages);
        json.Writer.WriteNumber("count", page.Count);
        json.Writer.WriteNumber("centsPerCredit", centsPerCredit);
        json.Writer.WriteStartArray("transactions");
        foreach (var line in page.Lines)
        {
            Write(json, line, centsPerCredit);
        }

        json.Writer.WriteEndArray();
        json.Finish(output);
    }

    private static void WriteScope(JsonReport json, UsageChoices choices)
    {
        json.Writer.WriteStartObject("scope");
        json.Writer.WriteString("org", choices.Scope.Org);
        json.Writer.WriteString("since", choices.Scope.Since is { } since ? $"{since:yyyy-MM-dd}" : null);
        json.Writer.WriteString("timezone", choices.Scope.Zone.Id);
        json.Writer.WriteString("session", choices.Scope.Session);
        json.Writer.WriteString("plan", choices.Scope.Plan);
        json.Writer.WriteEndObject();
    }

    private static void WriteLines(JsonReport json, string name, IReadOnlyList<SpendLine> lines)
    {
        json.Writer.WriteStartArray(name);
        foreach (var line in lines)
        {
            json.Writer.WriteStartObject();
            json.Writer.WriteString("name", line.Name);
            WriteSum(json, line.Sum);
            json.Writer.WriteEndObject();
        }

        json.Writer.WriteEndArray();
    }

    private static void WriteSum(JsonReport json, in SpendSum sum)
    {
        json.WriteUsd("spent", sum.BestCost);
        json.WriteUsd("estimatedCost", sum.EstimatedCost);
        json.Writer.WriteNumber("calls", sum.Calls);
        json.Writer.WriteNumber("unpricedCalls", sum.UnpricedCalls);
    }

    private static void Write(JsonReport json, UsageLogLine line, int centsPerCredit)
    {
        var writer = json.Writer;
        var transaction = line.Transaction;
        writer.WriteStartObject();
        writer.WriteString("id", transaction.Id);
        writer.WriteNumber("sequence", line.Sealed.Sequence);
        writer.WriteString("kind", transaction.Kind);
        writer.WriteString("label", GrantWords.Of(transaction, line.Grant));
        writer.WriteString("wallet", transaction.Wallet);
        json.WriteTime("bookedAt", transaction.BookedAt);
        json.WriteTime("serviceAt", transaction.ServiceAt);
        CreditsJson.WriteCredits(json, "amount", transaction.Delta);
        json.WriteUsd("amountUsd", SpendFormat.ToUsd(transaction.Delta, centsPerCredit));
        CreditsJson.WriteCredits(json, "balanceAfter", transaction.BalanceAfter);
        writer.WriteString("source", transaction.Source);
        writer.WriteString("externalId", transaction.ExternalId);
        writer.WriteString("reason", transaction.Reason);
        writer.WriteString("actor", transaction.Actor);
        writer.WriteString("memo", transaction.Memo);
        writer.WriteString("reverses", transaction.Reverses);
        WriteRun(json, line);
        WriteCall(json, line);
        writer.WriteEndObject();
    }

    private static void WriteRun(JsonReport json, UsageLogLine line)
    {
        if (line.Run is not { } run)
        {
            json.Writer.WriteNull("run");
            return;
        }

        json.Writer.WriteStartObject("run");
        json.Writer.WriteString("id", run.Id);
        json.Writer.WriteString("plan", run.Plan);
        json.Writer.WriteNumber("attempt", run.Attempt);
        json.Writer.WriteEndObject();
    }

    private static void WriteCall(JsonReport json, UsageLogLine line)
    {
        if (line.Call is not { } call)
        {
            json.Writer.WriteNull("call");
            return;
        }

        var (writer, usage, card) = (json.Writer, call.Usage, call.Rating.Card);
        writer.WriteStartObject("call");
        writer.WriteString("event", usage.Id.ToString());
        writer.WriteString("plan", usage.Dimensions.Plan);
        writer.WriteString("branch", usage.Dimensions.Branch);
        writer.WriteString("purpose", usage.Dimensions.Role);
        writer.WriteString("provider", usage.Dimensions.Provider);
        writer.WriteString("apiKey", usage.Dimensions.ApiKey);
        writer.WriteString("model", usage.Dimensions.ReportedModelName);
        writer.WriteNumber("inputTokens", usage.Tokens.Prompt);
        writer.WriteNumber("outputTokens", usage.Tokens.Output);
        writer.WriteString("pricingStatus", JsonReport.NameOf(card.Status));
        WriteRate(json, "listInputPerMillion", card, TokenClass.Input);
        WriteRate(json, "listOutputPerMillion", card, TokenClass.Output);
        json.WriteUsd("cost", call.Rating.Cost.Total);
        json.WriteUsd("cacheDiscount", CacheSums.Of(card, usage.Tokens).Priced.GrossSavings);
        CreditsJson.WriteCredits(json, "atCost", line.AtCost);
        CreditsJson.WriteCredits(json, "surcharge", line.Surcharge);
        writer.WriteEndObject();
    }

    private static void WriteRate(JsonReport json, string name, RateCard card, TokenClass tokenClass)
    {
        json.Writer.WritePropertyName(name);
        json.Writer.WriteRawValue(card.Status == PricingStatus.Unpriced ? "null" : card[tokenClass].PerMillion());
    }
}
