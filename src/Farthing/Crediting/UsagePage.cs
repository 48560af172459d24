using Farthing.Domain.Money;
using Farthing.Reports;
using Farthing.Workflows.Crediting;
using Farthing.Workflows.Spending;

namespace Farthing.Crediting;

/// <summary>The answer to <c>farthing usage</c> without a list.</summary>
/// <param name="Summary">What was spent.</param>
/// <param name="Wallets">The wallets whose balances are added up.</param>
/// <param name="Choices">What was asked for.</param>
/// <param name="CentsPerCredit">The price of one credit in US cents.</param>
internal sealed record UsageAnswer(UsageSummary Summary, IReadOnlyList<WalletBalance> Wallets, UsageChoices Choices, int CentsPerCredit)
{
    /// <summary>What all the wallets hold together.</summary>
    public Usd Balance => SpendFormat.ToUsd(Wallets.Aggregate(Credits.Zero, static (sum, wallet) => sum + wallet.Balance), CentsPerCredit);
}

/// <summary>Sums for people, in Plandex's boxes: the balance and the spend, then what it was for, the dearest first.</summary>
internal static class UsagePage
{
    private const string Spent = "💸 Spent";

    /// <summary>Shows the sums.</summary>
    public static void Show(CommandContext context, UsageAnswer answer)
    {
        var page = new ReportPage(context);
        var summary = answer.Summary;
        var names = new ShortNames(summary.Models.Select(static model => model.Name));
        ShowTotal(page, answer);
        if (summary.CacheSavings != Usd.Zero)
        {
            page.Space();
            var savings = new BoxTable("🎯 Cache Savings");
            savings.Add(SpendFormat.Spend(summary.CacheSavings));
            savings.Show(page.Console);
        }

        if (answer.Choices.Scope.Plan is null)
        {
            ShowLines(page, "📋 Plan", summary.Plans, static name => NameOr(name, "(no plan)"));
        }

        ShowLines(page, "⚡️ Purpose", summary.Roles, static name => NameOr(name, "(no purpose)"));
        ShowLines(page, "🤖 Model", summary.Models, names.Model);
        page.Notes(new() { Name = string.Empty, Sum = summary.Total, Models = summary.Models }, names, new CostColumn(summary.Total));
    }

    private static void ShowTotal(ReportPage page, UsageAnswer answer)
    {
        var spent = AmountOf(answer.Summary.Total);
        var table = answer.Wallets.Count == 0
            ? new BoxTable(answer.Choices.SpentHeading)
            : new BoxTable("💰 Current Balance", answer.Choices.SpentHeading);
        table.Add(answer.Wallets.Count == 0 ? [spent] : [SpendFormat.Spend(answer.Balance), spent]);
        table.Show(page.Console);
    }

    /// <summary>One table of lines; none where the source tells nothing of the kind.</summary>
    private static void ShowLines(ReportPage page, string heading, IReadOnlyList<SpendLine> lines, Func<string, string> nameOf)
    {
        if (lines.All(static line => line.Name.Length == 0))
        {
            return;
        }

        page.Space();
        var table = new BoxTable(heading, Spent);
        foreach (var line in lines)
        {
            table.Add(nameOf(line.Name), AmountOf(line.Sum));
        }

        table.Show(page.Console);
    }

    private static string NameOr(string name, string otherwise) => name.Length == 0 ? otherwise : DisplayText.Clean(name);

    /// <summary>An amount, marked when it is not sure; only the mark when nothing of it is known.</summary>
    private static string AmountOf(SpendSum sum)
    {
        var marks = CostColumn.MarksOf(sum);
        return sum.UnpricedCalls > 0 && sum.UnpricedCalls == sum.Calls ? marks : marks + SpendFormat.Spend(sum.BestCost);
    }
}
