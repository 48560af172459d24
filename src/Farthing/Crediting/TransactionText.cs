using System.Globalization;
using Farthing.Domain.Caching;
using Farthing.Domain.Ledger;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Reports;
using Farthing.Workflows.Billing;
using Farthing.Workflows.Crediting;
using Farthing.Workflows.Spending;

namespace Farthing.Crediting;

/// <summary>A transaction in words, line by line: when it was booked, then what it was for.</summary>
/// <param name="zone">Whose clock is shown.</param>
/// <param name="namesWallet">Whether the wallet is told, because there are several.</param>
internal sealed class TransactionText(TimeZoneInfo zone, bool namesWallet)
{
    private const string UsualProvider = "openai";
    private readonly List<string> lines = [];

    /// <summary>The lines of a transaction.</summary>
    public IReadOnlyList<string> LinesOf(UsageLogLine line)
    {
        lines.Clear();
        var transaction = line.Transaction;
        lines.Add($"{At(transaction.BookedAt, "yyyy-MM-dd HH:mm:ss.fff")} {zone.Id}");
        Add("Wallet", namesWallet ? transaction.Wallet : string.Empty);
        if (line.Call is { } call && IsUse(transaction))
        {
            AddCall(line, call);
        }
        else if (line.Run is { } run)
        {
            Add("Plan", run.Plan);
            Add("Attempt", string.Create(CultureInfo.InvariantCulture, $"{run.Attempt} ({run.Id})"));
            Add("Reason", transaction.Reason);
        }
        else
        {
            AddOther(line);
        }

        return [.. lines];
    }

    /// <summary>The name of a call's model as people know it: with its provider unless that is the usual one.</summary>
    public static string ModelOf(Dimensions dimensions) =>
        dimensions.Provider is "" or UsualProvider || dimensions.Model.StartsWith(dimensions.Provider + "/", StringComparison.Ordinal)
            ? dimensions.ReportedModelName
            : $"{dimensions.Provider}/{dimensions.ReportedModelName}";

    private static bool IsUse(Transaction transaction) =>
        transaction.Kind is TransactionKind.Charge or TransactionKind.LateUsage or TransactionKind.Capture;

    private void AddCall(UsageLogLine line, PricedCall call)
    {
        var dimensions = call.Usage.Dimensions;
        var card = call.Rating.Card;
        Add("Plan", dimensions.Plan.Length > 0 ? dimensions.Plan : line.Run?.Plan ?? string.Empty);
        Add("Branch", dimensions.Branch);
        lines.Add($"⚡️ {(dimensions.Role.Length > 0 ? DisplayText.Clean(dimensions.Role) : "(no purpose)")}");
        lines.Add($"🧠 {DisplayText.Clean(ModelOf(dimensions))}");
        lines.Add($"💳 Price → {PriceOf(line, card)}");
        lines.Add(string.Create(
            CultureInfo.InvariantCulture, $"🪙 Used → {call.Usage.Tokens.Prompt} input / {call.Usage.Tokens.Output} output"));
        var savings = CacheSums.Of(card, call.Usage.Tokens).Priced.GrossSavings;
        if (savings > Domain.Money.Usd.Zero)
        {
            lines.Add($"🎯 Cache discount → {SpendFormat.Discount(savings, call.Rating.Cost.Total)}");
        }
    }

    private static string PriceOf(UsageLogLine line, RateCard card)
    {
        if (card.Status == PricingStatus.Unpriced)
        {
            return "unknown";
        }

        var mark = card.Status == PricingStatus.Fallback ? CostColumn.EstimateMark : string.Empty;
        return $"{mark}{Price(TokenClass.Input)} input / {mark}{Price(TokenClass.Output)} output per 1M";

        string Price(TokenClass tokenClass) => SpendFormat.PricePerMillion(card[tokenClass], line.AtCost, line.Surcharge);
    }

    private void AddOther(UsageLogLine line)
    {
        var transaction = line.Transaction;
        lines.Add(GrantWords.Of(transaction, line.Grant));
        Add("Expires", line.Grant?.ExpiresAt is { } expires ? $"{At(expires, "yyyy-MM-dd HH:mm")} {zone.Id}" : string.Empty);
        if (transaction.Kind is TransactionKind.Adjustment or TransactionKind.Reversal)
        {
            Add("Reason", transaction.Reason);
            Add("By", transaction.Actor);
        }
        else if (IsUse(transaction))
        {
            Add("For", transaction.Event.Length > 0 ? transaction.Event : transaction.ExternalId);
        }

        Add("Undoes", transaction.Reverses);
        Add("Note", transaction.Kind == TransactionKind.PeriodClose ? string.Empty : transaction.Memo);
    }

    private void Add(string label, string value)
    {
        if (value.Length > 0)
        {
            lines.Add($"{label} → {DisplayText.Clean(value)}");
        }
    }

    private string At(DateTimeOffset at, string form) => TimeZoneInfo.ConvertTime(at, zone).ToString(form, CultureInfo.InvariantCulture);
}
