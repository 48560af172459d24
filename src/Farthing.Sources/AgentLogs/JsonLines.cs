using Farthing.Workflows.Metering;

namespace Farthing.Sources.AgentLogs;

/// <summary>
/// Cuts a log into lines that look like JSON objects. Everything else becomes a warning: blank lines, runs of NUL,
/// fragments, lines beyond <see cref="LineBytesMax"/>. A last line without its line feed is taken when it is a complete
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

    private readonly LineBuffer buffer = new(content, from.Offset);
    private readonly long resumedAt = from.Offset;
    private long linesConsumed = from.Line;
    private int currentStart;
    private int currentLength;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The line without space at its ends; begins with a brace and ends with one. Valid until the next move.</summary>
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
        var whole = currentLength;
        Trim();
        if (currentLength == 0)
        {
            return false;
        }

        if (IsComplete(Current))
        {
            buffer.Consume(whole);
            return true;
        }

        Warnings.Add(Line, "truncated tail");
        return false;
    }

    private bool LooksLikeObject()
    {
        if (IsBraced(Current))
        {
            return true;
        }

        Trim();
        if (IsBraced(Current))
        {
            return true;
        }

        // The line feed of a tail that was taken without it leaves an empty line behind, which nobody wrote.
        if (currentLength > 0 || resumedAt == 0 || Offset > resumedAt)
        {
            Warnings.Add(Line, Fault(Current));
        }

        return false;
    }

    private void Trim()
    {
        var line = Current;
        var (from, to) = (Offset == 0 && line.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0, line.Length);
        while (from < to && IsSpace(line[from]))
        {
            from++;
        }

        while (from < to && IsSpace(line[to - 1]))
        {
            to--;
        }

        currentStart += from;
        currentLength = to - from;
    }

    private static bool IsSpace(byte letter) => letter is (byte)' ' or (byte)'\t' or (byte)'\r';

    private static bool IsBraced(ReadOnlySpan<byte> line) => line is [(byte)'{', .., (byte)'}'];

    private static string Fault(ReadOnlySpan<byte> line) => line switch
    {
        [] => "blank line",
        [0, ..] => "NUL bytes",
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
