using System.CommandLine;
using System.Globalization;
using Farthing.Reports;
using Farthing.Serving;

namespace Farthing.Commands;

/// <summary><c>farthing up</c>: imports what is new from this machine's logs and opens the dashboard over it.</summary>
internal static class UpCommand
{
    internal static Command Create(CommandContext context)
    {
        var urls = new UrlsOption();
        var demo = new Flag("--demo", "Write synthetic logs into the data folder and show them instead.");
        var command = new Command("up", "Import this machine's logs, start the server and print a link that opens the dashboard.") { urls.Option, demo.Option };
        command.SetAction((parsed, cancellationToken) => RunAsync(context, urls.Read(parsed), demo.IsSet(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, IReadOnlyList<string> urls, bool demo, CancellationToken cancellationToken)
    {
        var preparation = await context.BeforeReport.PrepareAsync(demo, cancellationToken);
        await context.Out.WriteLineAsync(TextOf(preparation, demo));
        await context.Out.FlushAsync(cancellationToken);
        var settings = context.Settings;
        return await ServerRun.RunWithLinkAsync(demo ? context with { ReadSettings = () => LocalStore.OfDemo(settings) } : context, urls, cancellationToken);
    }

    private static string TextOf(Preparation preparation, bool demo) => preparation switch
    {
        _ when demo => string.Create(CultureInfo.InvariantCulture, $"Made up {preparation.NewCalls:N0} calls; nothing in this dashboard is real."),
        { NewCalls: 0 } when preparation.Folders.All(static folder => folder.Files == 0) =>
            "Found no logs of coding agents on this machine; 'farthing up --demo' shows the dashboard with made-up ones.",
        _ => string.Create(CultureInfo.InvariantCulture, $"Imported {preparation.NewCalls:N0} new calls from this machine's logs."),
    };
}
