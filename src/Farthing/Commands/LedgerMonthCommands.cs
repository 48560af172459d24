using System.CommandLine;
using Farthing.Crediting;
using Farthing.Domain.Ledger;
using Farthing.Reports;
using Farthing.Workflows;
using Farthing.Workflows.Crediting;

namespace Farthing.Commands;

/// <summary>The months of the books: <c>farthing ledger periods</c>, <c>close</c> and <c>reopen</c>.</summary>
internal static class LedgerMonthCommands
{
    private const string Actor = "operator";

    internal static Command Periods(CommandContext context)
    {
        var month = Month("A month; every one that was ever closed unless told.", isNeeded: false);
        var (org, json) = (LedgerCommand.Org(), LedgerCommand.Json());
        var command = new Command("periods", "The months that were closed, and what the books said then.") { month, org, json.Option };
        command.SetAction((parsed, cancellationToken) =>
            ReadAsync(context, parsed.GetValue(month), parsed.GetValue(org), json.IsSet(parsed), cancellationToken));
        return command;
    }

    internal static Command Close(CommandContext context)
    {
        var month = Month("A month that is over, in UTC: 2026-10.");
        var (org, all, json) = (WalletOptions.OrgOption("Whose."), new Flag("--all", "Every organisation that has a ledger."), LedgerCommand.Json());
        var soft = new Flag("--soft", "Only for everybody but finance.");
        var force = new Flag("--force", "Also while late usage of it is still taken.");
        var command = new Command("close", "Close a month: keep its trial balance and have nothing booked in it any more.")
        {
            month, org, all.Option, soft.Option, force.Option, json.Option,
        };
        command.Validators.Add(result =>
        {
            // It is hard to undo, so it is never done to somebody who was not named.
            if (result.GetResult(org) is null == result.GetResult(all.Option) is not { Implicit: false })
            {
                result.AddError("Say whose month is closed: --org NAME, or --all for every organisation.");
            }
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            var (asked, whose) = (AccountingMonth.Parse(parsed.GetRequiredValue(month)), parsed.GetValue(org));
            return soft.IsSet(parsed)
                ? SoftCloseAsync(context, asked, whose, json.IsSet(parsed), cancellationToken)
                : CloseAsync(context, asked, whose, force.IsSet(parsed), json.IsSet(parsed), cancellationToken);
        });
        return command;
    }

    internal static Command Reopen(CommandContext context)
    {
        var month = Month("The last month that is closed: 2026-10.");
        var org = WalletOptions.OrgOption("Whose.");
        org.Required = true;
        var reason = new Option<string>("--reason") { Description = "Why, for whoever reads the books.", HelpName = "TEXT" };
        var json = LedgerCommand.Json();
        var command = new Command("reopen", "Ask for a closed month to be opened again, or agree with somebody else who asked.") { month, org, reason, json.Option };
        command.SetAction((parsed, cancellationToken) => ReopenAsync(
            context, AccountingMonth.Parse(parsed.GetRequiredValue(month)), parsed.GetRequiredValue(org), parsed.GetValue(reason), json.IsSet(parsed), cancellationToken));
        return command;
    }

    private static Argument<string> Month(string description, bool isNeeded = true)
    {
        var month = new Argument<string>("MONTH") { Description = description, Arity = isNeeded ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne };
        month.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && !AccountingMonth.TryParse(token.Value, out _))
            {
                result.AddError($"'{token.Value}' is not a month; expected is year and month: 2026-10.");
            }
        });
        return month;
    }

    private static async Task<int> ReadAsync(CommandContext context, string? month, string? org, bool json, CancellationToken cancellationToken)
    {
        var ports = await context.OpenLedgerAsync(cancellationToken);
        var ledgers = new List<(string Org, PeriodBook Book, IReadOnlyList<PeriodClose> Closes)>();
        foreach (var one in await LedgerCommand.OrgsAsync(ports, org, cancellationToken))
        {
            var book = new PeriodBook();
            foreach (var period in await ports.Periods.PeriodsAsync(one, cancellationToken))
            {
                book.Put(period);
            }

            IReadOnlyList<PeriodClose> closes = month is null ? [] : await ports.Periods.ClosesAsync(one, AccountingMonth.Parse(month), cancellationToken);
            ledgers.Add((one, book, closes));
        }

        AccountingMonth? only = month is null ? null : AccountingMonth.Parse(month);
        if (json)
        {
            LedgerMonthJson.Write(context.Out, only, ledgers);
        }
        else
        {
            LedgerMonthPage.Write(context.Out, only, ledgers);
        }

        return ExitCode.Success;
    }

    private static async Task<int> CloseAsync(CommandContext context, AccountingMonth month, string? org, bool isForced, bool json, CancellationToken cancellationToken)
    {
        var ports = await context.OpenLedgerAsync(cancellationToken);
        await using var ledger = new CreditLedger(ports.Store);
        var close = new CloseMonth(ports.Upkeep, ledger, context.Settings.CloseGrace);
        var answers = new List<(string Org, Result<PeriodClose> Answer)>();
        foreach (var one in await LedgerCommand.OrgsAsync(ports, org, cancellationToken))
        {
            answers.Add((one, await close.CloseAsync(one, month, Actor, isForced, cancellationToken)));
        }

        if (json)
        {
            LedgerMonthJson.Write(context.Out, month, answers);
        }
        else
        {
            LedgerMonthPage.Write(context.Out, month, answers);
        }

        return answers.TrueForAll(static answer => answer.Answer.Succeeded) ? ExitCode.Success : ExitCode.Failure;
    }

    private static Task<int> SoftCloseAsync(CommandContext context, AccountingMonth month, string? org, bool json, CancellationToken cancellationToken) =>
        StepAsync(context, org, one => new SoftClosePeriod { Org = one, Actor = Actor, Month = month }, month, json, cancellationToken);

    private static Task<int> ReopenAsync(CommandContext context, AccountingMonth month, string org, string? reason, bool json, CancellationToken cancellationToken) =>
        StepAsync(context, org, one => new ReopenPeriod { Org = one, Actor = Actor, Month = month, Reason = reason ?? string.Empty }, month, json, cancellationToken);

    private static async Task<int> StepAsync(
        CommandContext context, string? org, Func<string, PeriodRequest<LedgerPeriod>> request, AccountingMonth month, bool json, CancellationToken cancellationToken)
    {
        var ports = await context.OpenLedgerAsync(cancellationToken);
        await using var ledger = new CreditLedger(ports.Store);
        var answers = new List<(string Org, Result<LedgerPeriod> Answer)>();
        foreach (var one in await LedgerCommand.OrgsAsync(ports, org, cancellationToken))
        {
            answers.Add((one, await ledger.AskAsync(request(one), cancellationToken)));
        }

        if (json)
        {
            LedgerMonthJson.Write(context.Out, month, answers);
        }
        else
        {
            LedgerMonthPage.Write(context.Out, month, answers);
        }

        return answers.TrueForAll(static answer => answer.Answer.Succeeded) ? ExitCode.Success : ExitCode.Failure;
    }
}
