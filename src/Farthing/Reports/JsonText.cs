using System.Globalization;

namespace Farthing.Reports;

/// <summary>
/// Writes indented JSON into a buffer of characters. It does no more than reports need, because it runs while the command
/// starts: the library's writer takes four times as long until its first document is done. Numbers are integers or decimal
/// texts; texts keep their characters, only quotes, backslashes, control characters and lone surrogates are escaped.
/// </summary>
/// <remarks>The caller closes what it opens and gives names inside objects; that is not checked.</remarks>
internal sealed class JsonText
{
    private const int FirstSize = 64 * 1024;
    private const int IndentSize = 2;
    private const int NumberLengthMax = 20;
    private const int EscapeLength = 6;
    private char[] buffer = new char[FirstSize];
    private int length;
    private int depth;
    private bool isFirst = true;
    private bool isNamed;

    /// <summary>What has been written.</summary>
    public ReadOnlySpan<char> Written => buffer.AsSpan(0, length);

    /// <summary>Opens an object: the document, or an item of an array.</summary>
    public void WriteStartObject() => Open('{');

    /// <summary>Opens an object under a name.</summary>
    public void WriteStartObject(string name)
    {
        WritePropertyName(name);
        Open('{');
    }

    /// <summary>Closes an object.</summary>
    public void WriteEndObject() => Close('}');

    /// <summary>Opens an array under a name.</summary>
    public void WriteStartArray(string name)
    {
        WritePropertyName(name);
        Open('[');
    }

    /// <summary>Opens an array: an item of an array.</summary>
    public void WriteStartArray() => Open('[');

    /// <summary>Closes an array.</summary>
    public void WriteEndArray() => Close(']');

    /// <summary>Writes the name of the value that follows.</summary>
    public void WritePropertyName(string name)
    {
        Separate();
        Quote(name);
        Add(": ");
        isNamed = true;
    }

    /// <summary>Writes a text under a name; null when there is none.</summary>
    public void WriteString(string name, string? value)
    {
        if (value is null)
        {
            WriteNull(name);
            return;
        }

        WritePropertyName(name);
        WriteStringValue(value);
    }

    /// <summary>Writes a text.</summary>
    public void WriteStringValue(string value)
    {
        Separate();
        Quote(value);
    }

    /// <summary>Writes an integer under a name.</summary>
    public void WriteNumber(string name, long value)
    {
        WritePropertyName(name);
        WriteNumberValue(value);
    }

    /// <summary>Writes an integer.</summary>
    public void WriteNumberValue(long value)
    {
        Separate();
        Reserve(NumberLengthMax);
        value.TryFormat(buffer.AsSpan(length), out var written, provider: CultureInfo.InvariantCulture);
        length += written;
    }

    /// <summary>Writes true or false under a name.</summary>
    public void WriteBoolean(string name, bool value)
    {
        WritePropertyName(name);
        WriteRawValue(value ? "true" : "false");
    }

    /// <summary>Writes null under a name.</summary>
    public void WriteNull(string name)
    {
        WritePropertyName(name);
        WriteRawValue("null");
    }

    /// <summary>Writes a value that is JSON already.</summary>
    public void WriteRawValue(string json)
    {
        Separate();
        Add(json);
    }

    private void Open(char bracket)
    {
        Separate();
        Add(bracket);
        depth++;
        isFirst = true;
    }

    private void Close(char bracket)
    {
        depth--;
        if (!isFirst)
        {
            BreakLine();
        }

        Add(bracket);
        isFirst = false;
    }

    /// <summary>What stands before a value: nothing after its name, else a comma after the one before and a new line.</summary>
    private void Separate()
    {
        if (isNamed || depth == 0)
        {
            isNamed = false;
            return;
        }

        if (!isFirst)
        {
            Add(',');
        }

        BreakLine();
        isFirst = false;
    }

    private void BreakLine()
    {
        var indent = depth * IndentSize;
        Reserve(indent + 1);
        buffer[length++] = '\n';
        for (; indent > 0; indent--)
        {
            buffer[length++] = ' ';
        }
    }

    private void Quote(string text)
    {
        Reserve((text.Length * EscapeLength) + 2);
        buffer[length++] = '"';
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (IsPlain(character))
            {
                buffer[length++] = character;
            }
            else if (char.IsHighSurrogate(character) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
            {
                buffer[length++] = character;
                buffer[length++] = text[++index];
            }
            else
            {
                Escape(character);
            }
        }

        buffer[length++] = '"';
    }

    private static bool IsPlain(char character) =>
        character >= ' ' && character is not ('"' or '\\') && character is < '\u007F' or > '\u009F' and not ('\u2028' or '\u2029') && !char.IsSurrogate(character);

    private void Escape(char character)
    {
        if (character is '"' or '\\')
        {
            buffer[length++] = '\\';
            buffer[length++] = character;
            return;
        }

        // A half of a pair stands for nothing; readers refuse it.
        int code = char.IsSurrogate(character) ? '\uFFFD' : character;
        buffer[length++] = '\\';
        buffer[length++] = 'u';
        for (var shift = 12; shift >= 0; shift -= 4)
        {
            buffer[length++] = "0123456789abcdef"[(code >> shift) & 0xF];
        }
    }

    private void Add(char character)
    {
        Reserve(1);
        buffer[length++] = character;
    }

    private void Add(string text)
    {
        Reserve(text.Length);
        text.CopyTo(buffer.AsSpan(length));
        length += text.Length;
    }

    private void Reserve(int count)
    {
        if (buffer.Length - length < count)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + count));
        }
    }
}
