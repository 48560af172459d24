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
        var answers = await run.Answers.PlansAsync(run.Choices.Ask(usualSince: null), provider, cancellationToken);
        var (bands, cheapest) = (Read(answers.Band), Read(answers.Cheapest));
        if (bands.Provider != provider || cheapest.Provider != provider)
        {
            throw new AnswerException("The server answers for all providers: it does not know --provider yet; use programs of the same version.");
        }

        if (run.Choices.Json)
        {
            AnswerJson.Write(run.Context.Out, ("band", answers.Band), ("cheapest", answers.Cheapest));
        }
        else
        {
            PlansPage.Show(run.Context, bands, cheapest, run.Choices, run.Source.Preparation);
        }

        return ExitCode.Success;
    }

    private static PlanFigures Read(byte[] answer) => AnswerJson.Read(answer, PlanFiguresJson.Default.PlanFigures);
}
