using System.CommandLine;
using Farthing.Finops;
using Farthing.Planning;

namespace Farthing.Commands;

/// <summary>Which plan fits each engineer.</summary>
internal static class PlansCommand
{
    internal static Command Create(CommandContext context)
    {
        var provider = new Option<string>("--provider") { Description = "Only the plans of this provider, for the calls that went to it.", HelpName = "NAME" };
        return FinopsQuestion.Create(
            context,
            "plans",
            "Which plan fits each engineer: by band, and the cheapest; of the last 30 days unless told.",
            (run, cancellationToken) => AnswerAsync(run, run.Parsed.GetValue(provider), cancellationToken),
            provider);
    }

    private static async Task<int> AnswerAsync(FinopsRun run, string? provider, CancellationToken cancellationToken)
    {
        var answer = await run.Answers.PlansAsync(run.Choices.Ask(usualSince: null), provider, cancellationToken);
        var plans = AnswerJson.Read(answer, PlanFiguresJson.Default.PlansFigures);
        if (run.Choices.Json)
        {
            AnswerJson.Write(run.Context.Out, answer);
        }
        else
        {
            PlansPage.Show(run.Context, plans.Band, plans.Cheapest, run.Choices, run.Source.Preparation);
        }

        return ExitCode.Success;
    }
}
