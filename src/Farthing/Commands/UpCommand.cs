using System.CommandLine;
using System.Globalization;
using Farthing.Demo;
using Farthing.Domain.Usage;
using Farthing.Reports;
using Farthing.Serving;
using Farthing.Workflows.Access;

namespace Farthing.Commands;

/// <summary><c>farthing up</c>: imports what is new from this machine's logs and opens the dashboard over it.</summary>
internal static class UpCommand
{
    private const string EmptyText =
        """
        Found no logs of coding agents on this machine, so the dashboard shows a made-up team in a store of its own; nothing in it is real.
        Use an agent and start 'farthing up' again to see your own figures; 'farthing up --no-demo' shows how to connect one.
        """;

    internal static Command Create(CommandContext context)
    {
        var urls = new UrlsOption();
        var demo = new Flag("--demo", "Make up a team with its logs, calls, sessions, budgets and credits in a store of its own and show that instead.");
        var noDemo = new Flag("--no-demo", "Make nothing up while there is nothing to show; say how to connect an agent instead.");
        var command = new Command("up", "Import this machine's logs, start the server and print a link that opens the dashboard. Without logs it shows made-up ones.")
        {
            urls.Option, demo.Option, noDemo.Option,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(demo.Option) is not null && result.GetResult(noDemo.Option) is not null)
            {
                result.AddError("--demo and --no-demo contradict each other; give one of them.");
            }
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(
            context,
            urls.Read(parsed),
            demo.IsSet(parsed) ? DemoChoice.Always : noDemo.IsSet(parsed) ? DemoChoice.Never : DemoChoice.WhenEmpty,
            cancellationToken));
        return command;
    }

    /// <summary>Imports, says what was found, and serves until it is told to stop.</summary>
    /// <returns>The exit code.</returns>
    internal static async Task<int> RunAsync(CommandContext context, IReadOnlyList<string> urls, DemoChoice choice, CancellationToken cancellationToken)
    {
        var isDemo = choice == DemoChoice.Always;
        var preparation = await context.BeforeReport.PrepareAsync(isDemo, cancellationToken);
        var text = TextOf(preparation);
        if (choice == DemoChoice.WhenEmpty && await IsUnusedAsync(context.Settings, preparation, context.Time, cancellationToken))
        {
            isDemo = true;
            await context.BeforeReport.PrepareAsync(isDemo, cancellationToken);
            text = EmptyText;
        }

        var settings = context.Settings;
        var shown = isDemo ? context with { ReadSettings = () => LocalStore.OfDemo(settings) } : context;
        if (isDemo)
        {
            var calls = preparation.NewCalls + await MakeUpPeopleAsync(shown, cancellationToken);
            text = choice == DemoChoice.Always ? string.Create(CultureInfo.InvariantCulture, $"Made up {calls:N0} calls; nothing in this dashboard is real.") : text;
        }

        await context.Out.WriteLineAsync(text);
        await context.Out.FlushAsync(cancellationToken);
        return await ServerRun.RunWithLinkAsync(shown, urls, cancellationToken);
    }

    /// <summary>
    /// Whether nothing is lost when another store is shown: no logs, and neither calls nor people nor keys in the embedded
    /// store. Whoever named a database or an operator's secret expects programs to send usage, which must not end up in a demo.
    /// </summary>
    private static async Task<bool> IsUnusedAsync(Settings settings, Preparation preparation, TimeProvider time, CancellationToken cancellationToken)
    {
        if (settings is not { Database: null, AdminKey: null } || preparation.HoldsCalls || !preparation.Folders.All(static folder => folder.Files == 0))
        {
            return false;
        }

        await using var stores = UsageStores.OpenEmbedded(settings.Data, ZoneName.InForce(settings, time));
        var ports = FinopsPorts.Of(stores);
        var (first, everything) = (new Page(1, string.Empty), ScopeRules.Of(new() { Org = Dimensions.LocalOrg, Role = Role.Operator }));
        return (await ports.Keys.ListAsync(new() { Org = Dimensions.LocalOrg, Page = first, Kind = KeyKind.Key }, cancellationToken)).Count == 0
            && (await ports.Engineers.ListAsync(everything, first, cancellationToken)).Count == 0
            && (await ports.Teams.ListAsync(everything, first, cancellationToken)).Count == 0;
    }

    private static async Task<int> MakeUpPeopleAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var zone = ZoneName.InForce(context.Settings, context.Time);
        await using var stores = await UsageStores.OpenAsync(context.Settings, zone, cancellationToken);
        var prices = context.OpenPrices();
        return await DemoPeople.WriteAsync(stores, prices, context.Time, zone, cancellationToken)
            + await DemoCredits.WriteAsync(stores, prices, context.Time.GetUtcNow(), cancellationToken);
    }

    private static string TextOf(Preparation preparation) => preparation is { NewCalls: 0 } && preparation.Folders.All(static folder => folder.Files == 0)
        ? "Found no logs of coding agents on this machine; 'farthing up --demo' shows the dashboard with made-up ones."
        : string.Create(CultureInfo.InvariantCulture, $"Imported {preparation.NewCalls:N0} new calls from this machine's logs.");
}
