using System.CommandLine;

namespace Farthing.Commands;

/// <summary>What was spent on each day.</summary>
internal static class DailyCommand
{
    internal static Command Create(CommandContext context)
    {
        var command = new Command("daily", "What was spent on each day.");
        command.SetAction((_, cancellationToken) => context.BeforeReport.PrepareAsync(demo: false, cancellationToken));
        return command;
    }
}
