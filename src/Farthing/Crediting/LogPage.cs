using Farthing.Reports;
using Farthing.Workflows.Billing;

namespace Farthing.Crediting;

/// <summary>A page of the log for people: what was given or taken, what was left, and what it was for.</summary>
internal static class LogPage
{
    /// <summary>Shows a page.</summary>
    public static void Show(CommandContext context, UsageLogPage log, UsageChoices choices, int centsPerCredit)
    {
        var page = new ReportPage(context);
        if (log.Lines.Count == 0)
        {
            page.Say(choices.Nothing);
            return;
        }

        if (log.Pages > 1)
        {
            page.Say($"Page size {log.Request.PageSize}. Showing page {log.Request.Page} of {log.Pages}");
            page.Space();
        }

        var wallets = log.Lines.Select(static line => line.Transaction.Wallet).Where(static wallet => wallet.Length > 0).Distinct(StringComparer.Ordinal);
        var text = new TransactionText(choices.Scope.Zone, namesWallet: wallets.Skip(1).Any());
        var table = new BoxTable("Amount", "Balance", "Transaction");
        foreach (var line in log.Lines)
        {
            var transaction = line.Transaction;
            table.Add(
                SpendFormat.SignedLogAmount(SpendFormat.ToUsd(transaction.Delta, centsPerCredit)),
                SpendFormat.LogBalance(SpendFormat.ToUsd(transaction.BalanceAfter, centsPerCredit)),
                string.Join('\n', text.LinesOf(line)) + "\n");
        }

        table.Show(page.Console);
    }
}
