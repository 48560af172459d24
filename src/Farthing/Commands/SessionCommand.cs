using System.CommandLine;
using Farthing.Reports;
using Farthing.Workflows.Spending;

namespace Farthing.Commands;

/// <summary>What each session of an agent cost, the dearest first.</summary>
internal static class SessionCommand
{
    internal static Command Create(CommandContext context)
    {
        var command = new Command("session", "What each session cost, the dearest first.");
        var options = new ReportOptions();
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(context, options.Read(parsed, context), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, ReportChoices choices, CancellationToken cancellationToken)
    {
        var preparation = await context.BeforeReport.PrepareAsync(demo: false, cancellationToken);
        var queries = await context.OpenSpendAsync(cancellationToken);
        var report = await SessionReports.BuildAsync(choices.Spend, choices.By, queries, cancellationToken);
        if (choices.Json)
        {
            LinesJson.WriteSessions(context.Out, report, choices);
        }
        else
        {
            SessionPage.Show(context, report, choices, preparation);
        }

        return ExitCode.Success;
    }
}
