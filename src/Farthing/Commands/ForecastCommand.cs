using System.CommandLine;
using Farthing.Finops;
using Farthing.Forecasting;
using Farthing.Reports;

namespace Farthing.Commands;

/// <summary>Where spend is heading.</summary>
internal static class ForecastCommand
{
    internal static Command Create(CommandContext context)
    {
        var command = new Command("forecast", "What the next days and this month are likely to cost, with intervals.");
        var options = new ForecastOptions();
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var choices = options.Read(parsed, context);
            return choices.IsLine ? DrawLineAsync(context, choices, cancellationToken) : ForecastAsync(context, choices, cancellationToken);
        });
        return command;
    }

    private static async Task<int> ForecastAsync(CommandContext context, ForecastChoices typed, CancellationToken cancellationToken)
    {
        using var source = await typed.Finops.OpenAsync(context, cancellationToken);
        var choices = typed.With(await typed.Finops.WithTeamAsync(context, source.Answers, cancellationToken));
        var asked = new AskedForecast(choices.Scope, choices.Finops.TeamId ?? choices.Id, choices.By, choices.Days);
        var answer = await source.Answers.ForecastAsync(asked, cancellationToken);
        var figures = AnswerJson.Read(answer, ForecastFiguresJson.Default.ForecastFigures);
        var month = await MonthOutlook.OfAsync(source.Answers, asked, figures, cancellationToken);
        if (choices.Finops.Json)
        {
            Write(context.Out, answer, month);
        }
        else
        {
            ForecastPage.Show(context, figures, month, choices, source.Preparation);
        }

        return ExitCode.Success;
    }

    private static async Task<int> DrawLineAsync(CommandContext context, ForecastChoices typed, CancellationToken cancellationToken)
    {
        using var source = await typed.Finops.OpenAsync(context, cancellationToken);
        var choices = typed.With(await typed.Finops.WithTeamAsync(context, source.Answers, cancellationToken));
        var answer = await source.Answers.LineAsync(choices.Finops.Ask(usualSince: null), choices.Days, cancellationToken);
        if (choices.Finops.Json)
        {
            AnswerJson.Write(context.Out, answer);
        }
        else
        {
            LinePage.Show(context, AnswerJson.Read(answer, ForecastFiguresJson.Default.LineFigures), choices, source.Preparation);
        }

        return ExitCode.Success;
    }

    /// <summary>The answer with the month beside it.</summary>
    private static void Write(TextWriter output, byte[] answer, MonthOutlook? month)
    {
        var json = new JsonText();
        json.WriteStartObject();
        AnswerJson.CopyMembers(answer, json);
        if (month is null)
        {
            json.WriteNull("month");
        }
        else
        {
            month.Write(json);
        }

        json.WriteEndObject();
        AnswerJson.Finish(output, json);
    }
}
