using System.Text;

namespace Farthing.Workflows.Pricing;

/// <summary>
/// Reads strict JSON byte by byte, front to back. The runtime's reader scans with vector code that is not compiled ahead of
/// time: at the start of a program it costs several times what a plain loop does, and prices are read at the start.
/// </summary>
internal ref struct JsonWalker
{
    private readonly ReadOnlySpan<byte> json;
    private int at;
    private bool first;

    public JsonWalker(ReadOnlySpan<byte> json) => this.json = json.StartsWith("\uFEFF"u8) ? json[3..] : json;

    /// <summary>The line that was reached, 1-based.</summary>
    public readonly int Line
    {
        get
        {
            var line = 1;
            foreach (var character in json[..at])
            {
                line += character == '\n' ? 1 : 0;
            }

            return line;
        }
    }

    /// <summary>The first byte of what comes next, without taking it; 0 at the end.</summary>
    public byte Peek()
    {
        while (at < json.Length && json[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }

        return at < json.Length ? json[at] : (byte)0;
    }

    /// <summary>Takes an opening bracket.</summary>
    public void Open(char bracket)
    {
        Take(bracket);
        first = true;
    }

    /// <summary>Goes to the next element of an object or list; false when the closing bracket was taken instead.</summary>
    public bool Next(char closing)
    {
        if (Peek() == closing)
        {
            at++;
            first = false;
            return false;
        }

        if (!first)
        {
            Take(',');
        }

        first = false;
        return true;
    }

    /// <summary>Takes one character.</summary>
    /// <exception cref="FormatException">Another one comes.</exception>
    public void Take(char expected)
    {
        if (Peek() != expected)
        {
            throw Broken($"'{expected}' is missing");
        }

        at++;
    }

    /// <summary>Takes a string and gives what stands between the quotes.</summary>
    /// <param name="escaped">Whether it holds escapes.</param>
    public ReadOnlySpan<byte> TakeString(out bool escaped)
    {
        Take('"');
        var start = at;
        escaped = false;
        while (at < json.Length && json[at] != '"')
        {
            if (json[at] < ' ')
            {
                throw Broken("a string holds a control character");
            }

            var skipped = json[at] == '\\';
            escaped |= skipped;
            at += skipped ? 2 : 1;
        }

        if (at >= json.Length)
        {
            throw Broken("a string does not end");
        }

        at++;
        return json[start..(at - 1)];
    }

    /// <summary>Takes the letters and digits that come next: a number or a word.</summary>
    public ReadOnlySpan<byte> TakeWord()
    {
        Peek();
        var start = at;
        while (at < json.Length && (char.IsAsciiLetterOrDigit((char)json[at]) || json[at] is (byte)'-' or (byte)'+' or (byte)'.'))
        {
            at++;
        }

        return json[start..at];
    }

    /// <summary>Checks that nothing follows.</summary>
    public void End()
    {
        if (Peek() != 0 || at < json.Length)
        {
            throw Broken("something follows its end");
        }
    }

    /// <summary>Resolves the escapes of a string.</summary>
    public readonly string Unescape(ReadOnlySpan<byte> text)
    {
        var plain = new StringBuilder();
        var from = 0;
        for (var slash = text.IndexOf((byte)'\\'); slash >= 0; slash = text[from..].IndexOf((byte)'\\') is var next and >= 0 ? from + next : -1)
        {
            plain.Append(Encoding.UTF8.GetString(text[from..slash]));
            from = slash + 2;
            if (text[slash + 1] == 'u')
            {
                from += 4;
                plain.Append(from <= text.Length && TryHex(text[(slash + 2)..from], out var code) ? code : throw Broken("an escape is broken"));
            }
            else
            {
                plain.Append(Escape(text[slash + 1]));
            }
        }

        return plain.Append(Encoding.UTF8.GetString(text[from..])).ToString();
    }

    /// <summary>Says that it is not JSON.</summary>
    public readonly FormatException Broken(string reason) => new($"line {Line}: it is not JSON: {reason}");

    private static bool TryHex(ReadOnlySpan<byte> digits, out char code)
    {
        var value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                code = default;
                return false;
            }

            value = (value * 16) + Convert.ToInt32(((char)digit).ToString(), 16);
        }

        code = (char)value;
        return true;
    }

    private readonly char Escape(byte letter) => (char)letter switch
    {
        '"' => '"',
        '\\' => '\\',
        '/' => '/',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\b',
        'f' => '\f',
        _ => throw Broken("an escape is broken"),
    };
}
