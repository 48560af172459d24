using System.Buffers;
using System.Globalization;
using System.Text;
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
        var isPlain = !text.AsSpan().ContainsAnyExceptInRange(' ', '~');
        return isPlain ? text : string.Create(text.Length, text, static (span, source) => Replace(source, span));
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
        source.CopyTo(span);
        while (!span.IsEmpty)
        {
            var isWhole = Rune.DecodeFromUtf16(span, out var rune, out var length) == OperationStatus.Done;
            if (!isWhole || IsUnfit(rune))
            {
                span[..length].Fill(Replacement);
            }

            span = span[length..];
        }
    }

    /// <summary>Control characters, line separators, and marks that are not seen: of direction, of width zero, tags.</summary>
    private static bool IsUnfit(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
