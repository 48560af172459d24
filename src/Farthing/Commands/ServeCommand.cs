using System.CommandLine;
using Farthing.Serving;

namespace Farthing.Commands;

/// <summary><c>farthing serve</c>: answers the HTTP API until it is told to stop.</summary>
internal static class ServeCommand
{
    internal static Command Create(CommandContext context)
    {
        var urls = new UrlsOption();
        var command = new Command("serve", "Start the HTTP API over the store of the settings.") { urls.Option };
        // The server is a class of its own so that no other command loads what it is made of.
        command.SetAction((parsed, cancellationToken) => ServerRun.RunAsync(context, urls.Read(parsed), cancellationToken));
        return command;
    }
}
