using System.CommandLine;
using Farthing.Reports;
using Farthing.Workflows.Spending;

namespace Farthing.Commands;

/// <summary>
/// One line for Claude Code's status line. It reads the hook's JSON and always answers with exit code 0, which its line in
/// the registry of commands says: a status line that fails would be an error on the screen of somebody who did nothing wrong.
/// </summary>
internal static class StatuslineCommand
{
    private const string UsualAgent = "claude";

    internal static Command Create(CommandContext context)
    {
        var zone = new ZoneOption();
        var agent = new AgentOption("Whose spend counts for today and the window: claude unless told; or all.", allowsAll: true);
        var offline = new Flag("--offline", "Never go online. Reports never do; accepted for scripts.", "-O");
        var command = new Command("statusline", "One line for Claude Code's status line, from the hook's JSON on standard input.") { zone.Option, agent.Option, offline.Option };
        command.SetAction((parsed, cancellationToken) =>
        {
            var spend = new SpendQuery { Zone = zone.Read(parsed, context), Agent = agent.Read(parsed, UsualAgent) };
            return RunAsync(context, spend, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, SpendQuery spend, CancellationToken cancellationToken)
    {
        if (ReadInput(context) is not { } input)
        {
            Answer(context, StatusText.NoInput);
            return ExitCode.Success;
        }

        await context.BeforeReport.PrepareAsync(demo: false, cancellationToken);
        var queries = await context.OpenSpendAsync(cancellationToken);
        var now = context.Time.GetUtcNow();
        var asked = input is { Cost: not null, ContextTokens: not null } ? null : input.Session;
        var status = await SessionStatuses.BuildAsync(spend, asked, queries, now, cancellationToken);
        Answer(context, StatusText.Line(input, status, now));
        return ExitCode.Success;
    }

    private static HookInput? ReadInput(CommandContext context)
    {
        using var stream = context.OpenIn();
        return HookInput.Read(stream);
    }

    private static void Answer(CommandContext context, string line) => context.Out.WriteLine(line);
}
