using System.CommandLine;

namespace Farthing.Commands;

/// <summary>The command without a name: what the agents of this machine cost today and this month.</summary>
internal static class HomeCommand
{
    internal static RootCommand Create(CommandContext context)
    {
        var root = new RootCommand("Meters every model call of your coding agents, prices it exactly, charges it once.");
        root.SetAction((_, cancellationToken) => context.BeforeReport.PrepareAsync(demo: false, cancellationToken));
        return root;
    }
}
