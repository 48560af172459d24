using System.CommandLine;
using Farthing.Caching;
using Farthing.Finops;
using Farthing.Reports;

namespace Farthing.Commands;

/// <summary>How well caching works, and what to do about it.</summary>
internal static class CacheCommand
{
    private const int UsualDays = 30;

    internal static Command Create(CommandContext context) => FinopsQuestion.Create(
        context, "cache", "What caching saved, why prompts were not found, and what to do; of the last 30 days unless told.", AnswerAsync);

    private static async Task<int> AnswerAsync(FinopsRun run, CancellationToken cancellationToken)
    {
        var (context, choices) = (run.Context, run.Choices);
        var today = choices.Today(context.Time);
        var since = choices.Since ?? Earlier(choices.Until ?? today);
        var answer = await run.Answers.CacheAsync(choices.Ask(since), cancellationToken);
        if (choices.Json)
        {
            AnswerJson.Write(context.Out, answer);
        }
        else
        {
            var figures = AnswerJson.Read(answer, CacheFiguresJson.Default.CacheFigures);
            CachePage.Show(context, figures, Words.Days(since, choices.Until ?? today, today), choices with { Since = since }, run.Source.Preparation);
        }

        return ExitCode.Success;
    }

    private static DateOnly Earlier(DateOnly until) => DateOnly.FromDayNumber(Math.Max(0, until.DayNumber - UsualDays + 1));
}
