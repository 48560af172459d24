using Farthing.Domain.Money;
using Farthing.Reports;
using Farthing.Workflows.Crediting;

namespace Farthing.Crediting;

/// <summary>Balances as JSON; <c>docs/reference/credits-cli.md</c> describes it. Amounts are exact numbers.</summary>
internal static class CreditsJson
{
    private const int CreditDecimals = 9;

    /// <summary>Writes the wallets.</summary>
    public static void Write(TextWriter output, CreditsAnswer answer)
    {
        var json = new JsonReport();
        WriteWallets(json, answer.Wallets, answer.CentsPerCredit);
        json.Writer.WriteStartArray("expiring");
        foreach (var grant in answer.Expiring)
        {
            json.Writer.WriteStartObject();
            json.Writer.WriteString("grant", grant.Grant.Id);
            json.Writer.WriteString("category", GrantWords.Of(grant.Grant.Category));
            WriteCredits(json, "left", grant.Counters.Posted);
            json.WriteTime("expiresAt", grant.Grant.ExpiresAt);
            json.Writer.WriteEndObject();
        }

        json.Writer.WriteEndArray();
        json.Finish(output);
    }

    /// <summary>Writes wallets with what is in them.</summary>
    public static void WriteWallets(JsonReport json, IReadOnlyList<WalletBalance> wallets, int centsPerCredit)
    {
        json.Writer.WriteNumber("centsPerCredit", centsPerCredit);
        json.Writer.WriteStartArray("wallets");
        foreach (var balance in wallets)
        {
            json.Writer.WriteStartObject();
            json.Writer.WriteString("wallet", balance.Wallet.Id);
            json.Writer.WriteString("name", balance.Wallet.Name);
            WriteCredits(json, "balance", balance.Balance);
            json.WriteUsd("balanceUsd", SpendFormat.ToUsd(balance.Balance, centsPerCredit));
            WriteCredits(json, "held", balance.Held);
            WriteCredits(json, "available", balance.Available);
            WriteCredits(json, "owed", balance.Owed);
            WriteCredits(json, "uncollected", balance.Uncollected);
            json.Writer.WriteEndObject();
        }

        json.Writer.WriteEndArray();
    }

    /// <summary>Writes credits as an exact number.</summary>
    public static void WriteCredits(JsonReport json, string name, Credits credits) => json.WriteDecimal(name, credits.Nanocredits, CreditDecimals);
}
