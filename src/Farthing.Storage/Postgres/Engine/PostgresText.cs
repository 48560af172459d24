using System.Text;

namespace Farthing.Storage.Postgres.Engine;

/// <summary>
/// Texts as the server takes them: it knows no NUL. NUL and the escape itself are written as the escape and a letter, so
/// that equal texts stay equal and beginnings stay beginnings; half characters are replaced as everywhere in UTF-8.
/// </summary>
internal static class PostgresText
{
    private const char Escape = '\u001A';
    private const string EscapedNul = "\u001A0";
    private const string EscapedEscape = "\u001A1";

    /// <summary>A text for the server.</summary>
    public static string Write(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0)
        {
            text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        }

        return text.AsSpan().IndexOfAny('\0', Escape) < 0
            ? text
            : text.Replace("\u001A", EscapedEscape, StringComparison.Ordinal).Replace("\0", EscapedNul, StringComparison.Ordinal);
    }

    /// <summary>A text from the server.</summary>
    public static string Read(string text) => !text.Contains(Escape, StringComparison.Ordinal)
        ? text
        : text.Replace(EscapedNul, "\0", StringComparison.Ordinal).Replace(EscapedEscape, "\u001A", StringComparison.Ordinal);
}
