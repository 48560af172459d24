using System.CommandLine;

namespace Farthing.Finops;

/// <summary>What was asked on the command line of a question about spend, and where its answer comes from.</summary>
/// <param name="Context">What commands are given.</param>
/// <param name="Parsed">The command line.</param>
/// <param name="Choices">Whose spend and when, the team found.</param>
/// <param name="Source">Where answers come from.</param>
internal sealed record FinopsRun(CommandContext Context, ParseResult Parsed, FinopsChoices Choices, FinopsSource Source)
{
    /// <summary>Answers.</summary>
    public IFinopsAnswers Answers => Source.Answers;
}

/// <summary>A command that asks one question about the spend of some days.</summary>
internal static class FinopsQuestion
{
    /// <summary>Makes it.</summary>
    /// <param name="context">What commands are given.</param>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it shows.</param>
    /// <param name="answerAsync">Asks, shows, and says the exit code.</param>
    /// <param name="more">Its options besides those that all such questions share.</param>
    public static Command Create(
        CommandContext context, string name, string description, Func<FinopsRun, CancellationToken, Task<int>> answerAsync, params IEnumerable<Option> more)
    {
        var command = new Command(name, description);
        var options = new FinopsOptions();
        options.AddTo(command);
        foreach (var option in more)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var typed = options.Read(parsed, context);
            using var source = await typed.OpenAsync(context, cancellationToken);
            var choices = await typed.WithTeamAsync(context, source.Answers, cancellationToken);
            return await answerAsync(new(context, parsed, choices, source), cancellationToken);
        });
        return command;
    }
}
