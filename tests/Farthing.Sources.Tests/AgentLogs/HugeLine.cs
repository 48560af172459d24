using System.Text;

namespace Farthing.Sources.Tests.AgentLogs;

/// <summary>A stream with a long run of one letter in the middle, which is never in memory as a whole.</summary>
internal sealed class HugeLine(string before, long letters, string after) : Stream
{
    private readonly byte[] head = Encoding.UTF8.GetBytes(before);
    private readonly byte[] tail = Encoding.UTF8.GetBytes(after);
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => head.Length + letters + tail.Length;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = (int)Math.Min(count, Length - position);
        for (var index = 0; index < read; index++, position++)
        {
            var beyondHead = position - head.Length;
            buffer[offset + index] =
                beyondHead < 0 ? head[position] : beyondHead < letters ? (byte)'x' : tail[beyondHead - letters];
        }

        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
