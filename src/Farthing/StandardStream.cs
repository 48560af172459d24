using System.Runtime.InteropServices;

namespace Farthing;

/// <summary>
/// The streams of this process. On Linux they are read and written without the library's console, whose start takes longer
/// than a whole report and which writes control sequences to a terminal before the first byte of the answer.
/// </summary>
internal sealed class StandardStream : Stream
{
    private const int InputFile = 0;
    private const int OutputFile = 1;
    private const int ErrorFile = 2;
    private const int Interrupted = 4;
    private const int TryAgain = 11;
    private const int BrokenPipe = 32;
    private const short ReadyToWrite = 4;
    private const int Forever = -1;
    private readonly int file;

    private StandardStream(int file) => this.file = file;

    /// <inheritdoc/>
    public override bool CanRead => file == InputFile;

    /// <inheritdoc/>
    public override bool CanWrite => file != InputFile;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>What is piped in.</summary>
    public static Stream OpenInput() => OperatingSystem.IsLinux() ? new StandardStream(InputFile) : Console.OpenStandardInput();

    /// <summary>Where answers go.</summary>
    public static Stream OpenOutput() => OperatingSystem.IsLinux() ? new StandardStream(OutputFile) : Console.OpenStandardOutput();

    /// <summary>Where warnings, refusals and progress go.</summary>
    public static Stream OpenError() => OperatingSystem.IsLinux() ? new StandardStream(ErrorFile) : Console.OpenStandardError();

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            var count = Read(file, ref MemoryMarshal.GetReference(buffer), buffer.Length);
            if (count >= 0)
            {
                return (int)count;
            }

            if (Marshal.GetLastPInvokeError() != Interrupted)
            {
                throw Failure("read");
            }
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Writes everything; what a reader that has gone away no longer wants is dropped.</summary>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var count = Write(file, ref MemoryMarshal.GetReference(buffer), buffer.Length);
            if (count >= 0)
            {
                buffer = buffer[(int)count..];
                continue;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case BrokenPipe:
                    return;
                case Interrupted:
                    break;
                case TryAgain:
                    var wait = new Wait { File = file, Events = ReadyToWrite };
                    _ = Poll(ref wait, 1, Forever);
                    break;
                default:
                    throw Failure("written");
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Writes before it returns: nothing waits in the background of a command that is about to end.</summary>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    /// <summary>Does nothing: nothing is held back.</summary>
    public override void Flush()
    {
        // Every write has reached the file already.
    }

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private static IOException Failure(string what) =>
        new($"A standard stream cannot be {what}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [DllImport("libc", EntryPoint = "read", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Read(int file, ref byte buffer, nint count);

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Write(int file, ref readonly byte buffer, nint count);

    [DllImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll(ref Wait wait, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Wait
    {
        public int File;
        public short Events;
        public short Happened;
    }
}
