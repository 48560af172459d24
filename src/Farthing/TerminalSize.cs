using System.Runtime.InteropServices;

namespace Farthing;

/// <summary>
/// How wide the terminal is. On Linux the kernel is asked, because the library's console first switches the terminal's
/// keypad mode, which writes control sequences in front of the answer.
/// </summary>
internal static class TerminalSize
{
    private const int StandardOutput = 1;
    private const nuint GetWindowSize = 0x5413;

    /// <summary>The columns of the terminal that the standard output goes to; 0 when it is not known.</summary>
    /// <exception cref="IOException">The console cannot tell.</exception>
    public static int Columns()
    {
        if (!OperatingSystem.IsLinux())
        {
            return Console.WindowWidth;
        }

        return AskKernel(StandardOutput, GetWindowSize, out var size) == 0 ? size.Columns : 0;
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
