using System.Globalization;
using Farthing.Domain.Money;
using Farthing.Reports;
using Farthing.Workflows.Crediting;

namespace Farthing.Crediting;

/// <summary>Balances for people: one cell where that says everything, and a column for each thing that there is besides.</summary>
internal static class CreditsPage
{
    private const int ExpiringShownMax = 10;

    /// <summary>Shows the wallets.</summary>
    public static void Show(CommandContext context, CreditsAnswer answer)
    {
        var page = new ReportPage(context);
        if (answer.Wallets.Count == 0)
        {
            page.Say("There is no wallet yet.");
            page.Note("Start 'farthing serve' and make one with POST /api/v1/wallets, then give it credit with POST /api/v1/wallets/ID/grants.");
            return;
        }

        ShowBalances(page, answer);
        if (answer.Expiring.Count > 0)
        {
            page.Space();
            ShowExpiring(page, answer);
        }
    }

    private static void ShowBalances(ReportPage page, CreditsAnswer answer)
    {
        var wallets = answer.Wallets;
        var columns = new List<(string Heading, Func<WalletBalance, string> Cell)>();
        if (wallets.Count > 1)
        {
            columns.Add(("Wallet", static balance => DisplayText.Clean(balance.Wallet.Id)));
        }

        columns.Add(("Credits Balance", balance => Amount(balance.Balance)));
        AddIf(static balance => balance.Held != Credits.Zero, "Held", static balance => balance.Held);
        AddIf(static balance => balance.Available != balance.Balance, "Available", static balance => balance.Available);
        AddIf(static balance => balance.Owed != Credits.Zero, "Owed", static balance => balance.Owed);
        AddIf(static balance => balance.Uncollected != Credits.Zero, "Uncollected", static balance => balance.Uncollected);
        var table = new BoxTable([.. columns.Select(static column => column.Heading)]);
        foreach (var wallet in wallets)
        {
            table.Add(columns.Select(column => column.Cell(wallet)));
        }

        table.Show(page.Console);

        void AddIf(Func<WalletBalance, bool> isThere, string heading, Func<WalletBalance, Credits> amount)
        {
            if (wallets.Any(isThere))
            {
                columns.Add((heading, balance => Amount(amount(balance))));
            }
        }

        string Amount(Credits credits) => SpendFormat.LogBalance(SpendFormat.ToUsd(credits, answer.CentsPerCredit));
    }

    private static void ShowExpiring(ReportPage page, CreditsAnswer answer)
    {
        var table = new BoxTable("Expires", "Left", "Grant");
        foreach (var grant in answer.Expiring.Take(ExpiringShownMax))
        {
            var expires = TimeZoneInfo.ConvertTime(grant.Grant.ExpiresAt!.Value, answer.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            var left = SpendFormat.LogBalance(SpendFormat.ToUsd(grant.Counters.Posted, answer.CentsPerCredit));
            table.Add(expires, left, $"{DisplayText.Clean(grant.Grant.Id)} ({GrantWords.Of(grant.Grant.Category)})");
        }

        table.Show(page.Console);
        page.Note(answer.Expiring.Count > ExpiringShownMax
            ? $"{DisplayText.Counted(answer.Expiring.Count - ExpiringShownMax, "more grant")}; all are in --json. Times in {answer.Zone.Id}."
            : $"Times in {answer.Zone.Id}.");
    }
}
