using Farthing.Workflows.Metering;

namespace Farthing.Sources.AgentLogs;

/// <summary>
/// Cuts a log into lines that look like JSON objects. Everything else becomes a warning: blank lines, runs of NUL,
/// fragments, lines beyond <see cref="LineBytesMax"/>. NULs around an object, which a crash leaves, become a warning and the
/// object is read. A last line without its line feed is taken when it is a complete
/// object and left for the next reading when it is not.
/// </summary>
/// <param name="content">Stands at the checkpoint's offset.</param>
/// <param name="from">Where an earlier reading stopped.</param>
internal sealed class JsonLines(Stream content, LogCheckpoint from) : IDisposable
{
    /// <summary>A longer line is skipped without being kept.</summary>
    public const int LineBytesMax = LineBuffer.BytesMax;

    /// <summary>Deeper nesting is bad input; agents nest the arguments of tools, but not that deep.</summary>
    public const int DepthMax = 512;

    private const string NulBytes = "NUL bytes";

    private readonly LineBuffer buffer = new(content, from.Offset);
    private readonly long resumedAt = from.Offset;
    private long linesConsumed = from.Line;
    private int currentStart;
    private int currentLength;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The line without space and NULs at its ends; begins with a brace and ends with one. Valid until the next move.</summary>
    public ReadOnlySpan<byte> Current => buffer.Slice(currentStart, currentLength);

    /// <summary>The number of the current line, 1-based.</summary>
    public long Line { get; private set; }

    /// <summary>Where the current line begins, in bytes from the beginning of the file.</summary>
    public long Offset { get; private set; }

    /// <summary>What could not be read so far.</summary>
    public LogWarnings Warnings { get; } = new();

    /// <summary>Where to go on behind the current line.</summary>
    public LogCheckpoint After(string state) => new(buffer.Offset, linesConsumed, state);

    /// <summary>Where to go on to meet the current line again.</summary>
    public LogCheckpoint Before(string state) => new(Offset, Line - 1, state);

    /// <summary>Goes to the next line.</summary>
    public bool MoveNext() => MoveNext<AnyLine>();

    /// <summary>Goes to the next line that carries a mark; the others get no more than a glance at their ends.</summary>
    public bool MoveNext<TMark>()
        where TMark : struct, ILineMark
    {
        while (TryTake<TMark>(out var marked))
        {
            if (LooksLikeObject() && marked)
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => buffer.Dispose();

    private bool TryTake<TMark>(out bool marked)
        where TMark : struct, ILineMark
    {
        for (; ; )
        {
            Offset = buffer.Offset;
            Line = linesConsumed + 1;
            switch (buffer.FindLine<TMark>(out currentStart, out currentLength, out marked))
            {
                case LineEnd.LineFeed:
                    linesConsumed++;
                    return true;
                case LineEnd.TooLong:
                    linesConsumed++;
                    WarnOfLength();
                    break;
                case LineEnd.StreamTooLong:
                    WarnOfLength();
                    return false;
                default:
                    return currentLength > 0 && TryTakeTail();
            }
        }
    }

    private void WarnOfLength() => Warnings.Add(Line, $"longer than {LineBytesMax >> 20} MiB");

    // The number of a tail is not consumed with it: its line feed is still to come and will end the same line.
    private bool TryTakeTail()
    {
        var (start, whole) = (currentStart, currentLength);
        var hasNuls = Trim();
        if (IsComplete(Current))
        {
            TakeTail(start, whole, hasNuls);
            return true;
        }

        if (currentLength > 0 || hasNuls)
        {
            Warnings.Add(Line, "truncated tail");
        }

        return false;
    }

    // NULs behind the object may be room that the agent is about to fill: they are left for the next reading.
    private void TakeTail(int start, int length, bool hasNuls)
    {
        if (hasNuls && buffer.Slice(start, currentStart - start).Contains((byte)0))
        {
            Warnings.Add(Line, NulBytes);
        }

        buffer.Consume(hasNuls ? currentStart + currentLength - start : length);
    }

    private bool LooksLikeObject()
    {
        if (IsBraced(Current))
        {
            return true;
        }

        var hasNuls = Trim();
        if (IsBraced(Current))
        {
            if (hasNuls)
            {
                Warnings.Add(Line, NulBytes);
            }

            return true;
        }

        // The line feed of a tail that was taken without it leaves an empty line behind, which nobody wrote.
        if (hasNuls || currentLength > 0 || resumedAt == 0 || Offset > resumedAt)
        {
            Warnings.Add(Line, hasNuls ? NulBytes : Fault(Current));
        }

        return false;
    }

    // Takes space and NULs off the ends and tells whether there were NULs.
    private bool Trim()
    {
        var line = Current;
        var (from, to) = (Offset == 0 && line.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0, line.Length);
        var hasNuls = false;
        for (; from < to && IsSpace(line[from]); from++)
        {
            hasNuls |= line[from] == 0;
        }

        for (; from < to && IsSpace(line[to - 1]); to--)
        {
            hasNuls |= line[to - 1] == 0;
        }

        currentStart += from;
        currentLength = to - from;
        return hasNuls;
    }

    private static bool IsSpace(byte letter) => letter is (byte)' ' or (byte)'\t' or (byte)'\r' or 0;

    private static bool IsBraced(ReadOnlySpan<byte> line) => line is [(byte)'{', .., (byte)'}'];

    private static string Fault(ReadOnlySpan<byte> line) => line switch
    {
        [] => "blank line",
        [(byte)'{', ..] => "truncated line",
        _ => "not a JSON object",
    };

    private static bool IsComplete(ReadOnlySpan<byte> tail)
    {
        var json = new JsonCursor(tail);
        json.Skip();
        return IsBraced(tail) && json.IsComplete();
    }
}
