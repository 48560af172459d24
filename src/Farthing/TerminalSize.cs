using System.Runtime.InteropServices;

namespace Farthing;

/// <summary>
/// Whether a person looks at a stream, and how much they can see. On Linux the kernel is asked instead of the library's
/// console, for the reasons of <see cref="StandardStream"/>.
/// </summary>
internal static class TerminalSize
{
    private const int InputFile = 0;
    private const int OutputFile = 1;
    private const int ErrorFile = 2;
    private const nuint GetWindowSize = 0x5413;

    /// <summary>The columns of the terminal that answers go to, 0 when it does not say; null when they do not go to one.</summary>
    public static int? OfOutput() => OperatingSystem.IsLinux() ? Ask(OutputFile) : AskConsole();

    /// <summary>Whether what is read is typed at a terminal.</summary>
    public static bool IsInputTerminal() => OperatingSystem.IsLinux() ? Ask(InputFile) is not null : !Console.IsInputRedirected;

    /// <summary>Whether warnings and progress go to a terminal.</summary>
    public static bool IsErrorTerminal() => OperatingSystem.IsLinux() ? Ask(ErrorFile) is not null : !Console.IsErrorRedirected;

    private static int? Ask(int file) => AskKernel(file, GetWindowSize, out var size) == 0 ? size.Columns : null;

    private static int? AskConsole()
    {
        try
        {
            return Console.IsOutputRedirected ? null : Console.WindowWidth;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    [DllImport("libc", EntryPoint = "ioctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int AskKernel(int file, nuint request, out WindowSize size);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct WindowSize
    {
        public readonly ushort Rows;
        public readonly ushort Columns;
        public readonly ushort PixelWidth;
        public readonly ushort PixelHeight;
    }
}
