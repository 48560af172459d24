using System.Text;
using Spectre.Console;

namespace Farthing;

/// <summary>What an answer is shown on.</summary>
/// <param name="IsTerminal">Whether a person looks at it; otherwise it is a file or a pipe.</param>
/// <param name="Width">Columns.</param>
/// <param name="Colors">Whether colours are shown.</param>
internal readonly record struct Terminal(bool IsTerminal, int Width, bool Colors)
{
    /// <summary>The width of tables that are not shown on a terminal.</summary>
    public const int PipeWidth = 120;

    private const int WidthMin = 40;

    /// <summary>A file or a pipe: plain text of a fixed width.</summary>
    public static Terminal Pipe => new(IsTerminal: false, PipeWidth, Colors: false);

    /// <summary>What this process writes to.</summary>
    public static Terminal OfThisProcess() =>
        Console.IsOutputRedirected ? Pipe : Of(WindowWidth(), Environment.GetEnvironmentVariable);

    /// <summary>A terminal of a width. NO_COLOR, TERM=dumb and a missing TERM switch colours off.</summary>
    public static Terminal Of(int width, Func<string, string?> variable)
    {
        var plain = variable("NO_COLOR") is { Length: > 0 } || variable("TERM") is null or "" or "dumb";
        return new(IsTerminal: true, Math.Max(width, WidthMin), !plain);
    }

    private static int WindowWidth()
    {
        try
        {
            return TerminalSize.Columns() is > 0 and var width ? width : PipeWidth;
        }
        catch (IOException)
        {
            return PipeWidth;
        }
    }
}

/// <summary>Opens a console of a given shape over a writer, so that tables come out the same wherever they are drawn.</summary>
internal static class Screen
{
    /// <summary>Opens it. Nothing is asked of the real terminal.</summary>
    public static IAnsiConsole Open(TextWriter writer, Terminal terminal)
    {
        var console = AnsiConsole.Create(new()
        {
            Ansi = terminal.Colors ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = terminal.Colors ? ColorSystemSupport.EightBit : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new Surface(writer, terminal),
            Enrichment = new() { UseDefaultEnrichers = false },
        });
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    private sealed class Surface(TextWriter writer, Terminal terminal) : IAnsiConsoleOutput
    {
        private const int Rows = 80;

        public TextWriter Writer => writer;

        public bool IsTerminal => terminal.IsTerminal;

        public int Width => terminal.Width;

        public int Height => Rows;

        public void SetEncoding(Encoding encoding)
        {
            // The writer's owner chose its encoding.
        }
    }
}
