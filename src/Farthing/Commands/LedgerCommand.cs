using System.CommandLine;
using System.Globalization;
using Farthing.Crediting;
using Farthing.Reports;
using Farthing.Workflows;
using Farthing.Workflows.Crediting;

namespace Farthing.Commands;

/// <summary><c>farthing ledger</c>: proves the books of the settings' store, and closes months of them.</summary>
internal static class LedgerCommand
{
    private const string Actor = "operator";

    internal static Command Create(CommandContext context)
    {
        var command = new Command("ledger", "The books behind the credits: prove them, close a month.");
        command.Subcommands.Add(Verify(context));
        command.Subcommands.Add(Close(context));
        return command;
    }

    private static Command Verify(CommandContext context)
    {
        var (org, json) = (Org(), Json());
        var command = new Command("verify", "Replay every transaction from the first and compare with the balances that are kept.") { org, json.Option };
        command.SetAction((parsed, cancellationToken) => VerifyAsync(context, parsed.GetValue(org), json.IsSet(parsed), cancellationToken));
        return command;
    }

    private static Command Close(CommandContext context)
    {
        var month = new Argument<string>("MONTH") { Description = "A month that is over, in UTC: 2026-10." };
        month.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && !IsMonth(token.Value))
            {
                result.AddError($"'{token.Value}' is not a month; expected is year and month: 2026-10.");
            }
        });
        var (org, all, json) = (WalletOptions.OrgOption("Whose."), new Flag("--all", "Every organisation that has a ledger."), Json());
        var command = new Command("close", "Close a month for ever: keep its trial balance and have nothing booked in it any more.") { month, org, all.Option, json.Option };
        command.Validators.Add(result =>
        {
            // It cannot be undone, so it is never done to somebody who was not named.
            if (result.GetResult(org) is null == result.GetResult(all.Option) is not { Implicit: false })
            {
                result.AddError("Say whose month is closed: --org NAME, or --all for every organisation.");
            }
        });
        command.SetAction((parsed, cancellationToken) =>
            CloseAsync(context, parsed.GetRequiredValue(month), parsed.GetValue(org), json.IsSet(parsed), cancellationToken));
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

    private static async Task<int> CloseAsync(CommandContext context, string month, string? org, bool json, CancellationToken cancellationToken)
    {
        var ports = await context.OpenLedgerAsync(cancellationToken);
        await using var ledger = new CreditLedger(ports.Store);
        var close = new CloseMonth(ports.Upkeep, ledger);
        var answers = new List<(string Org, Result<PeriodClose> Answer)>();
        foreach (var one in await OrgsAsync(ports, org, cancellationToken))
        {
            answers.Add((one, await close.CloseAsync(one, month, Actor, cancellationToken)));
        }

        if (json)
        {
            LedgerJson.Write(context.Out, month, answers);
        }
        else
        {
            LedgerPage.Write(context.Out, month, answers);
        }

        return answers.TrueForAll(static answer => answer.Answer.Succeeded) ? ExitCode.Success : ExitCode.Failure;
    }

    private static async Task<IReadOnlyList<string>> OrgsAsync(LedgerPorts ports, string? org, CancellationToken cancellationToken) =>
        org is null ? await ports.Upkeep.OrgsAsync(cancellationToken) : [org];

    private static bool IsMonth(string text) => DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static Option<string> Org() => WalletOptions.OrgOption("Whose; every organisation that has a ledger unless told.");

    private static Flag Json() => new("--json", "Answer in JSON.", "-j");
}
