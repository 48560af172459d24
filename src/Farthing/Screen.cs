using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

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

    /// <summary>Whether the same person can type an answer.</summary>
    public bool TakesInput { get; init; }

    /// <summary>A file or a pipe: plain text of a fixed width.</summary>
    public static Terminal Pipe => new(IsTerminal: false, PipeWidth, Colors: false);

    /// <summary>What this process writes to.</summary>
    public static Terminal OfThisProcess() =>
        TerminalSize.OfOutput() is { } width
            ? Of(width == 0 ? PipeWidth : width, Environment.GetEnvironmentVariable) with { TakesInput = TerminalSize.IsInputTerminal() }
            : Pipe;

    /// <summary>A terminal of a width. NO_COLOR, TERM=dumb and a missing TERM switch colours off.</summary>
    public static Terminal Of(int width, Func<string, string?> variable)
    {
        var plain = variable("NO_COLOR") is { Length: > 0 } || variable("TERM") is null or "" or "dumb";
        return new(IsTerminal: true, Math.Max(width, WidthMin), !plain);
    }
}

/// <summary>Opens a console of a given shape over a writer, so that pages come out the same wherever they are drawn.</summary>
internal static class Screen
{
    /// <summary>Opens it. Nothing is asked of the real terminal.</summary>
    public static IAnsiConsole Open(TextWriter writer, Terminal terminal) => new Page(new Surface(writer, terminal), terminal.Colors);

    /// <summary>
    /// Draws what is given and knows nothing else: no cursor, no keys, no colours but bold, dim, italic and underlined. The
    /// library's own console would start the one of the runtime, see <see cref="StandardStream"/>.
    /// </summary>
    private sealed class Page(Surface surface, bool looks) : IAnsiConsole
    {
        private const string Plain = "\u001b[0m";
        private readonly Profile profile = new(surface, Encoding.UTF8)
        {
            Capabilities = { Ansi = looks, Unicode = true, Interactive = false, ColorSystem = ColorSystem.NoColors },
        };

        public Profile Profile => profile;

        public IAnsiConsoleCursor Cursor => throw new NotSupportedException();

        public IAnsiConsoleInput Input => throw new NotSupportedException();

        public IExclusivityMode ExclusivityMode => throw new NotSupportedException();

        public RenderPipeline Pipeline { get; } = new();

        public void Clear(bool home) => throw new NotSupportedException();

        public void Write(IRenderable renderable)
        {
            var current = string.Empty;
            foreach (var segment in renderable.Render(RenderOptions.Create(this, profile.Capabilities), profile.Width))
            {
                var look = looks && !segment.IsLineBreak ? LookOf(segment.Style.Decoration) : string.Empty;
                if (look != current)
                {
                    surface.Writer.Write(current.Length > 0 ? Plain + look : look);
                    current = look;
                }

                surface.Writer.Write(segment.Text);
            }

            surface.Writer.Write(current.Length > 0 ? Plain : string.Empty);
        }

        private static string LookOf(Decoration decoration)
        {
            var codes = string.Empty;
            codes += decoration.HasFlag(Decoration.Bold) ? "\u001b[1m" : string.Empty;
            codes += decoration.HasFlag(Decoration.Dim) ? "\u001b[2m" : string.Empty;
            codes += decoration.HasFlag(Decoration.Italic) ? "\u001b[3m" : string.Empty;
            codes += decoration.HasFlag(Decoration.Underline) ? "\u001b[4m" : string.Empty;
            return codes;
        }
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
