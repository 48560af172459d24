using System.CommandLine;
using Farthing.Domain.Usage;
using Farthing.Reports;
using Farthing.Workflows.Spending;

namespace Farthing.Commands;

/// <summary>The command without a name: what the agents of this machine cost today and this month.</summary>
internal static class HomeCommand
{
    internal static RootCommand Create(CommandContext context)
    {
        var demo = new Flag("--demo", "Write synthetic logs into the data folder and report them.");
        var root = new RootCommand("Meters every model call of your coding agents, prices it exactly, charges it once.") { demo.Option };
        var options = new ReportOptions();
        options.AddTo(root);
        root.SetAction((parsed, cancellationToken) => RunAsync(context, options.Read(parsed, context), demo.IsSet(parsed), cancellationToken));
        return root;
    }

    private static async Task<int> RunAsync(CommandContext context, ReportChoices choices, bool demo, CancellationToken cancellationToken)
    {
        var preparation = await context.BeforeReport.PrepareAsync(demo, cancellationToken);
        var queries = await context.OpenSpendAsync(cancellationToken);
        var request = new OverviewRequest
        {
            Spend = choices.Spend,
            Today = CalendarDays.DayOf(context.Time.GetUtcNow(), choices.Zone),
            By = choices.By,
        };
        var overview = await Overviews.BuildAsync(request, queries, cancellationToken);
        if (choices.Json)
        {
            HomeJson.Write(context.Out, overview, choices.Zone, demo);
        }
        else
        {
            HomePage.Show(context, overview, choices, new(preparation, demo));
        }

        return ExitCode.Success;
    }
}
