using System.CommandLine;
using Farthing.Crediting;
using Farthing.Reports;
using Farthing.Workflows.Crediting;

namespace Farthing.Commands;

/// <summary><c>farthing ledger</c>: proves the books of the settings' store, and opens and closes months of them.</summary>
internal static class LedgerCommand
{
    internal static Command Create(CommandContext context)
    {
        var command = new Command("ledger", "The books behind the credits: prove them, read and close their months.");
        command.Subcommands.Add(Verify(context));
        command.Subcommands.Add(LedgerMonthCommands.Periods(context));
        command.Subcommands.Add(LedgerMonthCommands.Close(context));
        command.Subcommands.Add(LedgerMonthCommands.Reopen(context));
        return command;
    }

    private static Command Verify(CommandContext context)
    {
        var (org, json) = (Org(), Json());
        var command = new Command("verify", "Replay every transaction from the first and compare with the balances that are kept.") { org, json.Option };
        command.SetAction((parsed, cancellationToken) => VerifyAsync(context, parsed.GetValue(org), json.IsSet(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> VerifyAsync(CommandContext context, string? org, bool json, CancellationToken cancellationToken)
    {
        var ports = await context.OpenLedgerAsync(cancellationToken);
        var verify = new VerifyLedger(ports.Upkeep);
        var verdicts = new List<LedgerVerdict>();
        foreach (var one in await OrgsAsync(ports, org, cancellationToken))
        {
            verdicts.Add(await verify.VerifyAsync(one, cancellationToken));
        }

        if (json)
        {
            LedgerJson.Write(context.Out, verdicts);
        }
        else
        {
            LedgerPage.Write(context.Out, verdicts);
        }

        return verdicts.TrueForAll(static verdict => verdict.Holds) ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>The organisation that was named, or every one that has a ledger.</summary>
    internal static async Task<IReadOnlyList<string>> OrgsAsync(LedgerPorts ports, string? org, CancellationToken cancellationToken) =>
        org is null ? await ports.Upkeep.OrgsAsync(cancellationToken) : [org];

    /// <summary>Whose ledger.</summary>
    internal static Option<string> Org() => WalletOptions.OrgOption("Whose; every organisation that has a ledger unless told.");

    /// <summary>Whether the answer is JSON.</summary>
    internal static Flag Json() => new("--json", "Answer in JSON.", "-j");
}
