using System.Runtime.CompilerServices;
using Farthing.Domain.Usage;

namespace Farthing.Sources.AgentLogs;

/// <summary>
/// Walks through one line of JSON in whatever order its fields stand, and leaves strings and numbers where they are.
/// </summary>
/// <remarks>
/// <see cref="System.Text.Json.Utf8JsonReader"/> would do, but a third of the time of a first import went into it: most
/// of a line is content to be skipped, and its vector code is compiled slowly first in a program that runs for a moment.
/// Structure is checked as strictly; within strings, control characters and unknown escapes pass. Instead of throwing,
/// a broken line ends every object at once and says so at the end.
/// </remarks>
internal ref partial struct JsonCursor
{
    private readonly ReadOnlySpan<byte> text;
    private int at;
    private bool isOpened;
    private bool hasEscape;

    /// <summary>Stands at the line's object.</summary>
    public JsonCursor(ReadOnlySpan<byte> line)
    {
        text = line;
        SkipSpace();
    }

    /// <summary>Whether what has been seen is not JSON, or is nested deeper than <see cref="JsonLines.DepthMax"/>.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The first byte of the value, which tells what it is; 0 at the end.</summary>
    public readonly byte Peek => at < text.Length ? text[at] : (byte)0;

    /// <summary>Whether the whole line was JSON: nothing is broken and nothing stands behind the object.</summary>
    public bool IsComplete()
    {
        SkipSpace();
        return !IsBroken && at == text.Length;
    }

    /// <summary>Goes into an object; any other value is consumed.</summary>
    public bool Enter() => Enter((byte)'{');

    /// <summary>Goes into an array; any other value is consumed.</summary>
    public bool EnterArray() => Enter((byte)'[');

    /// <summary>Goes to the next element of the array that was entered; false at its end.</summary>
    public bool NextElement() => Next((byte)']');

    /// <summary>Goes to the value of the next field of the object that was entered; false at its end. Every value must be consumed.</summary>
    /// <param name="name">The field's name, unescaped.</param>
    public bool NextField(out ReadOnlySpan<byte> name)
    {
        name = default;
        if (!Next((byte)'}'))
        {
            return false;
        }

        name = Name();
        if (IsBroken)
        {
            return false;
        }

        if (hasEscape)
        {
            name = SharedValues.Utf8(name);
        }

        return true;
    }

    /// <summary>The bytes of a string, escapes and all (see <see cref="SharedValues.Text"/>); empty for any other value.</summary>
    public ReadOnlySpan<byte> Text()
    {
        if (Peek == '"')
        {
            return String();
        }

        Skip();
        return default;
    }

    /// <summary>The bytes of a number; empty for any other value.</summary>
    public ReadOnlySpan<byte> Number()
    {
        var isNumber = Peek is (byte)'-' or (>= (byte)'0' and <= (byte)'9');
        var value = Slice();
        return isNumber ? value : default;
    }

    /// <summary>Whether the value is <c>true</c>.</summary>
    public bool IsTrue() => Slice() is [(byte)'t', ..];

    /// <summary>Reads a count of tokens. Null is no count; vendors allow it.</summary>
    /// <param name="count">Set when the value is a count.</param>
    /// <param name="max">The largest count that can be true.</param>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Count(ref long? count, long max = TokenCounts.ClassMax)
    {
        if (Peek == 'n')
        {
            Skip();
            return null;
        }

        if (TryDigits(max, out var digits))
        {
            count = digits;
            return null;
        }

        var number = Number();
        if (JsonNumber.TryReadCount(number, max, out var value))
        {
            count = value;
            return null;
        }

        return number switch
        {
            [] => "token count is not a number",
            [(byte)'-', ..] => "negative token count",
            _ => "token count out of range",
        };
    }

    /// <summary>Consumes the value and gives its bytes.</summary>
    public ReadOnlySpan<byte> Slice()
    {
        var from = at;
        Skip();
        return IsBroken ? default : text[from..at];
    }

    /// <summary>Consumes the value.</summary>
    public void Skip()
    {
        switch (Peek)
        {
            case (byte)'"':
                String();
                break;
            case (byte)'{' or (byte)'[':
                SkipNested();
                break;
            default:
                SkipScalar();
                break;
        }
    }

    private bool Enter(byte opening)
    {
        if (Peek != opening)
        {
            Skip();
            return false;
        }

        at++;
        isOpened = true;
        return true;
    }

    // At the end of a value or behind the opening: goes to where the next one begins.
    private bool Next(byte closing)
    {
        SkipSpace();
        var next = Peek;
        if (next == closing)
        {
            at++;
            isOpened = false;
            return false;
        }

        if (!isOpened)
        {
            if (next != ',')
            {
                Break();
                return false;
            }

            at++;
            SkipSpace();
        }

        isOpened = false;
        return !IsBroken;
    }

    private ReadOnlySpan<byte> Name()
    {
        if (Peek != '"')
        {
            Break();
            return default;
        }

        var name = String();
        SkipSpace();
        if (Peek != ':')
        {
            Break();
            return default;
        }

        at++;
        SkipSpace();
        return name;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SkipSpace()
    {
        if (at < text.Length && text[at] <= ' ')
        {
            SkipSpaces();
        }
    }

    private void SkipSpaces()
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            at++;
        }
    }

    private void Break()
    {
        IsBroken = true;
        at = text.Length;
    }
}
