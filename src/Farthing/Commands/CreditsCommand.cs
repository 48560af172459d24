using System.CommandLine;
using Farthing.Crediting;
using Farthing.Reports;

namespace Farthing.Commands;

/// <summary>How much credit there is.</summary>
internal static class CreditsCommand
{
    internal static Command Create(CommandContext context)
    {
        var whose = new WalletOptions();
        var zone = new ZoneOption();
        var json = new Flag("--json", "Answer in JSON.", "-j");
        var command = new Command("credits", "The balance of each wallet, what of it is held or owed, and what expires.") { zone.Option, json.Option };
        whose.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(context, new(whose.Org(parsed), whose.Wallet(parsed), zone.Read(parsed, context), json.IsSet(parsed)), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, Choices choices, CancellationToken cancellationToken)
    {
        var ports = await context.OpenLedgerAsync(cancellationToken);
        var wallets = await WalletList.ReadAsync(ports.Ledger, choices.Org, choices.Wallet, cancellationToken);
        if (wallets.Count == 0 && choices.Wallet is { } missing)
        {
            await context.Error.WriteLineAsync($"There is no wallet '{DisplayText.Clean(missing)}'; 'farthing credits' lists all.");
            return ExitCode.Failure;
        }

        var expiring = wallets.Count == 1
            ? await WalletList.ExpiringAsync(ports.Ledger, wallets[0].Wallet, context.Time.GetUtcNow(), cancellationToken)
            : [];
        var answer = new CreditsAnswer(wallets, expiring, ports.CentsPerCredit, choices.Zone);
        if (choices.Json)
        {
            CreditsJson.Write(context.Out, answer);
        }
        else
        {
            CreditsPage.Show(context, answer);
        }

        return ExitCode.Success;
    }

    private sealed record Choices(string Org, string? Wallet, TimeZoneInfo Zone, bool Json);
}
