using System.CommandLine;
using System.CommandLine.Parsing;
using System.Data.Common;
using Farthing.Finops;
using Farthing.Reports;

namespace Farthing;

/// <summary>The exit codes, the same for every command.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>The world failed, or a check did.</summary>
    public const int Failure = 1;

    /// <summary>The command line or the settings are wrong; the message says what to do.</summary>
    public const int Usage = 2;
}

/// <summary>One line of the registry of commands.</summary>
/// <param name="Name">What is typed.</param>
/// <param name="Create">Builds the command; called only when it may be needed.</param>
/// <param name="NeverFails">Whether a refusal or a failure is answered with one line and exit code 0.</param>
internal sealed record CommandEntry(string Name, Func<CommandContext, Command> Create, bool NeverFails = false);

/// <summary>Parses the arguments, runs the command they name, and is the one place where failures become exit codes.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command line.</summary>
    /// <param name="arguments">What was typed after <c>farthing</c>.</param>
    /// <param name="context">What commands are given.</param>
    /// <param name="home">Builds the command without a name.</param>
    /// <param name="entries">All commands.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        string[] arguments, CommandContext context, Func<CommandContext, RootCommand> home, IReadOnlyList<CommandEntry> entries)
    {
        // A command that is named first is the only one that can run, so the others need not be built.
        var named = arguments.Length > 0 ? entries.FirstOrDefault(entry => entry.Name == arguments[0]) : null;
        try
        {
            var parsed = Root(named, context, home, entries).Parse(arguments);
            if (parsed.Errors.Count > 0)
            {
                return named is { NeverFails: true } ? Answer(context, parsed.Errors[0].Message) : Refuse(context, parsed);
            }

            return await parsed.InvokeAsync(new()
            {
                Output = context.Out,
                Error = context.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (Exception failure) when (named is { NeverFails: true } && IsExpected(failure))
        {
            return Answer(context, failure.Message);
        }
        catch (SettingsException failure)
        {
            await context.Error.WriteLineAsync(failure.Message);
            return ExitCode.Usage;
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            await context.Error.WriteLineAsync(failure.Message);
            return ExitCode.Failure;
        }
    }

    /// <summary>Whether the world or the operator is the cause; everything else is a mistake of the program.</summary>
    private static bool IsExpected(Exception failure) =>
        failure is SettingsException or AnswerException or IOException or UnauthorizedAccessException or DbException;

    private static int Answer(CommandContext context, string message)
    {
        context.Out.WriteLine(DisplayText.Clean($"farthing: {message}"));
        return ExitCode.Success;
    }

    private static RootCommand Root(
        CommandEntry? named, CommandContext context, Func<CommandContext, RootCommand> home, IReadOnlyList<CommandEntry> entries)
    {
        RootCommand root = named is null ? home(context) : [];
        foreach (var entry in named is null ? entries : [named])
        {
            root.Subcommands.Add(entry.Create(context));
        }

        return root;
    }

    private static int Refuse(CommandContext context, ParseResult parsed)
    {
        foreach (var error in parsed.Errors)
        {
            context.Error.WriteLine(error.Message);
        }

        context.Error.WriteLine($"Run 'farthing {NameOf(parsed.CommandResult)}--help' to see what is possible.");
        return ExitCode.Usage;
    }

    /// <summary>A command as it is typed, its parents first and a space at the end; empty for the command without a name.</summary>
    private static string NameOf(CommandResult result) =>
        result.Command is RootCommand ? string.Empty : $"{(result.Parent is CommandResult parent ? NameOf(parent) : string.Empty)}{result.Command.Name} ";
}
