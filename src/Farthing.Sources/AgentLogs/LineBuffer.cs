namespace Farthing.Sources.AgentLogs;

/// <summary>How a line ends.</summary>
internal enum LineEnd
{
    /// <summary>With a line feed.</summary>
    LineFeed,

    /// <summary>It was too long to be kept and has been skipped up to its line feed.</summary>
    TooLong,

    /// <summary>With the stream: what is left has no line feed, and may be empty.</summary>
    Stream,

    /// <summary>With the stream, and it is too long to be kept.</summary>
    StreamTooLong,
}

/// <summary>
/// Reads a stream in big chunks and finds the lines in them. One buffer per thread is kept for the next file; a longer
/// line makes it grow for the file at hand only.
/// </summary>
internal sealed class LineBuffer(Stream content, long offset) : IDisposable
{
    /// <summary>The longest line that is kept.</summary>
    public const int BytesMax = 32 << 20;

    private const int ChunkBytes = 256 << 10;

    // Two, because a fork is read while its parent is open beside it.
    [ThreadStatic]
    private static byte[]? spare;
    [ThreadStatic]
    private static byte[]? secondSpare;

    private byte[] bytes = Rent();
    private long bytesOffset = offset;
    private int start;
    private int end;
    private bool ended;

    /// <summary>Where the line to come begins in the file.</summary>
    public long Offset => bytesOffset + start;

    private int Capacity => bytes.Length - LineScan.Slack;

    /// <summary>A part of the buffer; valid until the next line is looked for.</summary>
    public ReadOnlySpan<byte> Slice(int from, int length) => bytes.AsSpan(from, length);

    /// <summary>Finds the next line and consumes it with its line feed; what the stream ends with is left to <see cref="Consume"/>.</summary>
    /// <param name="lineStart">Where it begins, for <see cref="Slice"/>.</param>
    /// <param name="length">Its length without the line feed.</param>
    /// <param name="marked">Whether it may carry the mark.</param>
    public LineEnd FindLine<TMark>(out int lineStart, out int length, out bool marked)
        where TMark : struct, ILineMark
    {
        marked = typeof(TMark) == typeof(AnyLine);
        var unseen = start;
        for (; ; )
        {
            var feed = LineScan.FindEnd<TMark>(bytes, unseen, end, ref marked);
            if (feed >= 0)
            {
                (lineStart, length, start) = (start, feed - start, feed + 1);
                return LineEnd.LineFeed;
            }

            if (ended)
            {
                (lineStart, length) = (start, end - start);
                return LineEnd.Stream;
            }

            unseen = (marked ? end : Math.Max(start, end - LineScan.MarkBytesMax)) - start;
            if (!TryFill())
            {
                (lineStart, length) = (0, 0);
                return SkipLine();
            }
        }
    }

    /// <summary>Consumes bytes that the stream ends with.</summary>
    public void Consume(int length) => start += length;

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        if (Capacity != ChunkBytes)
        {
            return;
        }

        if (spare is null)
        {
            spare = bytes;
        }
        else
        {
            secondSpare ??= bytes;
        }

        bytes = [];
    }

    private static byte[] Rent()
    {
        var rented = spare ?? secondSpare;
        if (spare is not null)
        {
            spare = null;
        }
        else
        {
            secondSpare = null;
        }

        return rented ?? new byte[ChunkBytes + LineScan.Slack];
    }

    // Moves the open line to the front and reads more behind it; false when it has reached the limit.
    private bool TryFill()
    {
        bytes.AsSpan(start, end - start).CopyTo(bytes);
        bytesOffset += start;
        (start, end) = (0, end - start);
        if (end == Capacity)
        {
            if (Capacity >= BytesMax)
            {
                return false;
            }

            Array.Resize(ref bytes, (Capacity * 2) + LineScan.Slack);
        }

        var read = content.Read(bytes, end, Capacity - end);
        ended = read == 0;
        end += read;
        return true;
    }

    private LineEnd SkipLine()
    {
        var lineOffset = Offset;
        for (; ; )
        {
            bytesOffset += end;
            (start, end) = (0, content.Read(bytes, 0, ChunkBytes));
            if (end == 0)
            {
                bytesOffset = lineOffset;
                ended = true;
                return LineEnd.StreamTooLong;
            }

            var feed = bytes.AsSpan(0, end).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                start = feed + 1;
                return LineEnd.TooLong;
            }
        }
    }
}
