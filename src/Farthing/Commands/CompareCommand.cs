using System.CommandLine;

namespace Farthing.Commands;

/// <summary>Our figures beside another tool's, each difference explained.</summary>
internal static class CompareCommand
{
    internal static Command Create(CommandContext context)
    {
        var command = new Command("compare", "Put another tool's report beside our figures and explain every difference.");
        command.Subcommands.Add(CcusageComparisonCommand.Create(context));
        return command;
    }
}
