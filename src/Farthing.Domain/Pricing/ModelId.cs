using System.Text;

namespace Farthing.Domain.Pricing;

/// <summary>What may be done to the text of a model id without changing which price it means. Every result is looked up exactly.</summary>
internal static class ModelId
{
    private const int DayDigits = 8;
    private const int DashedDayLength = 10;

    private static readonly string[] Efforts = ["minimal", "low", "medium", "high", "xhigh", "max", "thinking"];

    /// <summary>Names that stand for no model: error messages of agents, routers.</summary>
    public static bool IsPseudo(string id) => id is "" or "auto" or "default" or "<synthetic>" or "unknown" or "codex-auto-review";

    /// <summary>One spelling for all: lower case, <c>_</c> and <c>@</c> as <c>-</c>, a point between digits as <c>-</c>.</summary>
    public static string Canonical(string lowerId)
    {
        if (!lowerId.AsSpan().ContainsAny('_', '@', '.'))
        {
            return lowerId;
        }

        var text = new StringBuilder(lowerId);
        for (var index = 0; index < text.Length; index++)
        {
            var between = index > 0 && index + 1 < text.Length && char.IsAsciiDigit(text[index - 1]) && char.IsAsciiDigit(text[index + 1]);
            if (text[index] is '_' or '@' || (text[index] == '.' && between))
            {
                text[index] = '-';
            }
        }

        return text.ToString();
    }

    /// <summary>Cuts a release day off the end: <c>-20250929</c> or <c>-2025-09-29</c>.</summary>
    public static bool TryCutDay(string id, out string shorter, out string day)
    {
        (shorter, day) = (id, string.Empty);
        if (id.Length > DayDigits + 1 && id[^(DayDigits + 1)] == '-' && IsDay(id.AsSpan(id.Length - DayDigits)))
        {
            (shorter, day) = (id[..^(DayDigits + 1)], id[^DayDigits..]);
            return true;
        }

        var dashed = id.AsSpan(Math.Max(id.Length - DashedDayLength, 0));
        if (id.Length <= DashedDayLength + 1 || id[^(DashedDayLength + 1)] != '-' || dashed[4] != '-' || dashed[7] != '-'
            || !IsDay($"{dashed[..4]}{dashed[5..7]}{dashed[8..]}"))
        {
            return false;
        }

        (shorter, day) = (id[..^(DashedDayLength + 1)], dashed.ToString());
        return true;
    }

    /// <summary>Cuts a reasoning effort off the end, which never changes a price.</summary>
    public static bool TryCutEffort(string id, out string shorter, out string effort)
    {
        foreach (var known in Efforts)
        {
            if (TryCutEnd(id, "-" + known, out shorter))
            {
                effort = known;
                return true;
            }
        }

        (shorter, effort) = (id, string.Empty);
        return false;
    }

    /// <summary>Cuts a given end off, when something is left.</summary>
    public static bool TryCutEnd(string id, string end, out string shorter)
    {
        var cut = id.Length > end.Length && id.EndsWith(end, StringComparison.Ordinal);
        shorter = cut ? id[..^end.Length] : id;
        return cut;
    }

    /// <summary>Cuts a given beginning off, when something is left.</summary>
    public static bool TryCutStart(string id, string start, out string shorter)
    {
        var cut = id.Length > start.Length && id.StartsWith(start, StringComparison.Ordinal);
        shorter = cut ? id[start.Length..] : id;
        return cut;
    }

    /// <summary>Cuts Bedrock's <c>:0</c> and <c>-v1</c> off the end, one at a time.</summary>
    public static bool TryCutBedrockVersion(string id, out string shorter)
    {
        shorter = id;
        var colon = id.LastIndexOf(':');
        if (colon > 0 && colon + 1 < id.Length && AllDigits(id.AsSpan(colon + 1)))
        {
            shorter = id[..colon];
            return true;
        }

        var version = id.LastIndexOf("-v", StringComparison.Ordinal);
        if (version <= 0 || version + 2 >= id.Length || !AllDigits(id.AsSpan(version + 2)))
        {
            return false;
        }

        shorter = id[..version];
        return true;
    }

    /// <summary>The words by which a family is recognised: up to the first dash, and its leading letters.</summary>
    public static (string Word, string Letters) FirstWord(string id)
    {
        var dash = id.IndexOf('-', StringComparison.Ordinal);
        var word = dash < 0 ? id : id[..dash];
        var letters = 0;
        while (letters < word.Length && char.IsAsciiLetter(word[letters]))
        {
            letters++;
        }

        return (word, word[..letters]);
    }

    private static bool IsDay(ReadOnlySpan<char> digits)
    {
        if (!AllDigits(digits) || digits[..2] is not ("19" or "20"))
        {
            return false;
        }

        var month = ((digits[4] - '0') * 10) + digits[5] - '0';
        var day = ((digits[6] - '0') * 10) + digits[7] - '0';
        return month is >= 1 and <= 12 && day is >= 1 and <= 31;
    }

    private static bool AllDigits(ReadOnlySpan<char> text) => !text.IsEmpty && text.IndexOfAnyExceptInRange('0', '9') < 0;
}
