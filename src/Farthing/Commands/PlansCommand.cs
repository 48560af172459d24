using System.CommandLine;
using Farthing.Finops;
using Farthing.Planning;

namespace Farthing.Commands;

/// <summary>Which plan fits each engineer.</summary>
internal static class PlansCommand
{
    private const string Band = "band";
    private const string Cheapest = "cheapest";

    internal static Command Create(CommandContext context)
    {
        var command = new Command("plans", "Which plan fits each engineer: by band, and the cheapest; of the last 30 days unless told.");
        var options = new FinopsOptions();
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(context, options.Read(parsed, context), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, FinopsChoices typed, CancellationToken cancellationToken)
    {
        using var source = await typed.OpenAsync(context, cancellationToken);
        var choices = await typed.WithTeamAsync(context, source.Answers, cancellationToken);
        var asked = choices.Ask(usualSince: null);
        var bands = await source.Answers.PlansAsync(asked, Band, cancellationToken);
        var cheapest = await source.Answers.PlansAsync(asked, Cheapest, cancellationToken);
        if (choices.Json)
        {
            AnswerJson.Write(context.Out, (Band, bands), (Cheapest, cheapest));
        }
        else
        {
            PlansPage.Show(context, Read(bands), Read(cheapest), choices, source.Preparation);
        }

        return ExitCode.Success;
    }

    private static PlanFigures Read(byte[] answer) => AnswerJson.Read(answer, PlanFiguresJson.Default.PlanFigures);
}
