using System.Globalization;
using Spectre.Console.Rendering;

namespace Farthing.Reports;

/// <summary>Texts from logs, made fit to be shown: a name must not move the cursor, colour the screen or hide behind another.</summary>
internal static class DisplayText
{
    /// <summary>Stands for what was cut off.</summary>
    public const string Ellipsis = "…";

    private const char Replacement = '\uFFFD';

    /// <summary>The text with every character that does more than stand there replaced.</summary>
    public static string Clean(string text)
    {
        foreach (var character in text)
        {
            if (IsUnfit(character))
            {
                return string.Create(text.Length, text, static (span, source) => Replace(source, span));
            }
        }

        return text;
    }

    /// <summary>How many columns of a terminal a text takes.</summary>
    public static int WidthOf(string text) => Segment.CellCount([new Segment(text)]);

    /// <summary>Shortens a text to a width, at its end or, when the end tells more (a path), at its start; an indent stays.</summary>
    public static string Fit(string text, int width, bool keepEnd)
    {
        if (WidthOf(text) <= width)
        {
            return text;
        }

        var indent = text[..^text.TrimStart(' ').Length];
        var word = text[indent.Length..];
        var elements = StringInfo.ParseCombiningCharacters(word);
        for (var cut = 1; cut < elements.Length; cut++)
        {
            var shortened = indent + (keepEnd ? Ellipsis + word[elements[cut]..] : word[..elements[^cut]].TrimEnd() + Ellipsis);
            if (WidthOf(shortened) <= width)
            {
                return shortened;
            }
        }

        return Ellipsis;
    }

    /// <summary>Breaks a text between words into lines of at most a width; a longer word stands alone.</summary>
    public static IEnumerable<string> Lines(string text, int width)
    {
        var line = string.Empty;
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && WidthOf(line) + 1 + WidthOf(word) > width)
            {
                yield return line;
                line = string.Empty;
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }

    /// <summary>A count with thousands separators.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Thousandths as a percentage with one decimal: 741 is <c>74.1%</c>.</summary>
    public static string Percent(int? permille) =>
        permille is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value / 10}.{value % 10}%") : string.Empty;

    /// <summary>A count with its noun: <c>1 call</c>, <c>2,000 calls</c>.</summary>
    public static string Counted(long count, string noun) => count == 1 ? $"1 {noun}" : $"{Count(count)} {noun}s";

    /// <summary>A list for a sentence, cut after a few.</summary>
    public static string Listed(IReadOnlyList<string> texts)
    {
        const int ShownMax = 5;
        return texts.Count <= ShownMax
            ? string.Join(", ", texts)
            : $"{string.Join(", ", texts.Take(ShownMax - 1))} and {texts.Count - ShownMax + 1} more";
    }

    private static void Replace(string source, Span<char> span)
    {
        for (var index = 0; index < source.Length; index++)
        {
            span[index] = IsUnfit(source[index]) ? Replacement : source[index];
        }
    }

    /// <summary>Control characters, line separators, and the marks that change the direction of writing.</summary>
    private static bool IsUnfit(char character) => character
        is < ' ' or (>= '\u007F' and <= '\u009F') or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
