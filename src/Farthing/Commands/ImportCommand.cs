using System.CommandLine;
using Farthing.Reports;

namespace Farthing.Commands;

/// <summary><c>farthing import [PATH] --agent NAME</c>: reads logs and says what came of every record.</summary>
internal static class ImportCommand
{
    private const int WarningsShownMax = 20;

    internal static Command Create(CommandContext context)
    {
        var path = new Argument<string?>("path") { Description = "A log file or a folder of logs. Without it: this machine's logs.", Arity = ArgumentArity.ZeroOrOne };
        var agent = new AgentOption("Whose logs: claude, codex, gemini or opencode. Needed with a path.", allowsAll: false);
        var strict = new Option<bool>("--strict") { Description = "End with exit code 1 when anything could not be counted." };
        var json = new Option<bool>("--json") { Description = "Write the summary as JSON." };
        var command = new Command("import", "Read agent logs into the store.") { path, agent.Option, strict, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (folder, name) = (parsed.GetValue(path), agent.Read(parsed));
            if (folder is not null && name is null)
            {
                await context.Error.WriteLineAsync("Say whose logs these are: farthing import PATH --agent claude");
                return ExitCode.Usage;
            }

            var summary = await context.ImportAsync(folder, name, cancellationToken);
            if (parsed.GetValue(json))
            {
                ImportReport.WriteJson(context.Out, summary);
            }
            else
            {
                ImportReport.Write(context.Out, summary, WarningsShownMax);
            }

            return parsed.GetValue(strict) && summary.WarningCount + summary.Records.Conflicts > 0 ? ExitCode.Failure : ExitCode.Success;
        });
        return command;
    }
}
