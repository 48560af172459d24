using System.CommandLine;
using System.Globalization;
using Farthing.Demo;
using Farthing.Reports;
using Farthing.Serving;

namespace Farthing.Commands;

/// <summary><c>farthing up</c>: imports what is new from this machine's logs and opens the dashboard over it.</summary>
internal static class UpCommand
{
    internal static Command Create(CommandContext context)
    {
        var urls = new UrlsOption();
        var demo = new Flag("--demo", "Make up a team with its logs, calls, sessions, budgets and credits in a store of its own and show that instead.");
        var command = new Command("up", "Import this machine's logs, start the server and print a link that opens the dashboard.") { urls.Option, demo.Option };
        command.SetAction((parsed, cancellationToken) => RunAsync(context, urls.Read(parsed), demo.IsSet(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, IReadOnlyList<string> urls, bool demo, CancellationToken cancellationToken)
    {
        var preparation = await context.BeforeReport.PrepareAsync(demo, cancellationToken);
        var settings = context.Settings;
        var shown = demo ? context with { ReadSettings = () => LocalStore.OfDemo(settings) } : context;
        if (demo)
        {
            preparation = preparation with { NewCalls = preparation.NewCalls + await MakeUpPeopleAsync(shown, cancellationToken) };
        }

        await context.Out.WriteLineAsync(TextOf(preparation, demo));
        await context.Out.FlushAsync(cancellationToken);
        return await ServerRun.RunWithLinkAsync(shown, urls, cancellationToken);
    }

    private static async Task<int> MakeUpPeopleAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using var stores = await UsageStores.OpenAsync(context.Settings, ZoneName.InForce(context.Settings, context.Time), cancellationToken);
        var prices = context.OpenPrices();
        return await DemoPeople.WriteAsync(stores, prices, context.Time, cancellationToken)
            + await DemoCredits.WriteAsync(stores, prices, context.Time.GetUtcNow(), cancellationToken);
    }

    private static string TextOf(Preparation preparation, bool demo) => preparation switch
    {
        _ when demo => string.Create(CultureInfo.InvariantCulture, $"Made up {preparation.NewCalls:N0} calls; nothing in this dashboard is real."),
        { NewCalls: 0 } when preparation.Folders.All(static folder => folder.Files == 0) =>
            "Found no logs of coding agents on this machine; 'farthing up --demo' shows the dashboard with made-up ones.",
        _ => string.Create(CultureInfo.InvariantCulture, $"Imported {preparation.NewCalls:N0} new calls from this machine's logs."),
    };
}
