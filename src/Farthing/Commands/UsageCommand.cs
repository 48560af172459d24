using System.CommandLine;
using Farthing.Crediting;
using Farthing.Workflows.Billing;
using Farthing.Workflows.Spending;

namespace Farthing.Commands;

/// <summary>What the credits were used for: sums, or every transaction.</summary>
internal static class UsageCommand
{
    internal static Command Create(CommandContext context)
    {
        var command = new Command("usage", "The balance and what was spent by plan, purpose and model; with --log every transaction.");
        var options = new UsageOptions();
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var choices = options.Read(parsed, context);
            return choices.Log ? ListAsync(context, choices, cancellationToken) : SumAsync(context, choices, cancellationToken);
        });
        return command;
    }

    private static async Task<int> SumAsync(CommandContext context, UsageChoices choices, CancellationToken cancellationToken)
    {
        await context.BeforeReport.PrepareAsync(demo: false, cancellationToken);
        var summary = await UsageSummaries.BuildAsync(choices.Scope, await context.OpenSpendAsync(cancellationToken), cancellationToken);
        var ports = await context.OpenLedgerAsync(cancellationToken);
        var wallets = await WalletList.ReadAsync(ports.Ledger, choices.Scope.Org, choices.Wallet, cancellationToken);
        var answer = new UsageAnswer(summary, wallets, choices, ports.CentsPerCredit);
        if (choices.Json)
        {
            UsageJson.Write(context.Out, answer);
        }
        else
        {
            UsagePage.Show(context, answer);
        }

        return ExitCode.Success;
    }

    private static async Task<int> ListAsync(CommandContext context, UsageChoices choices, CancellationToken cancellationToken)
    {
        var ports = await context.OpenLedgerAsync(cancellationToken);
        var logs = new UsageLogs(ports.Ledger, ports.Runs, await context.OpenSpendAsync(cancellationToken));
        var pager = new LogPager(context, logs, choices, ports.CentsPerCredit);
        return await pager.RunAsync(cancellationToken) ? ExitCode.Success : ExitCode.Failure;
    }
}
