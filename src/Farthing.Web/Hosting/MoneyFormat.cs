using System.Globalization;
using System.Text.RegularExpressions;

namespace Farthing.Web.Hosting;

/// <summary>
/// How an organisation writes amounts of dollars, given by an example: how 1234.56 of them are written. Numbers that are no
/// amounts of money take its signs too, so that a point never means two things on one page. Files and the API do not know it.
/// </summary>
public sealed partial record MoneyFormat
{
    /// <summary>What an example has to look like.</summary>
    public const string Rule =
        "an example of how 1234.56 dollars are written: $1,234.56 or 1.234,56 $ or 1 234,56 $ or 1'234.56 $. The currency is $, US$ or USD, in front or behind; "
        + "what divides thousands may be missing and differs from what divides cents, a point or a comma";

    private const int MatchMillisecondsMax = 1_000;
    private const int GroupDigits = 3;
    private const char Blank = '\u00A0';
    private const char NarrowBlank = '\u202F';
    private const char Apostrophe = '\u2019';
    private static readonly string[] Currencies = ["USD", "US$", "$"];

    private MoneyFormat(string example, Match match)
    {
        Example = example;
        Before = match.Groups["before"].Value;
        After = match.Groups["after"].Value;
        var group = match.Groups["group"].Value;
        Numbers = NumberFormatInfo.ReadOnly(new()
        {
            NumberGroupSeparator = group,
            NumberGroupSizes = [group.Length == 0 ? 0 : GroupDigits],
            NumberDecimalSeparator = match.Groups["point"].Value,
        });
    }

    /// <summary>Unless told otherwise: <c>$1,234.56</c>.</summary>
    public static MoneyFormat Usual { get; } = Find("$1,234.56")!;

    /// <summary>The example, with blanks at which no line ends.</summary>
    public string Example { get; }

    /// <summary>What stands in front of the figure: <c>$</c>, or nothing.</summary>
    public string Before { get; }

    /// <summary>What stands behind it: a blank and <c>$</c>, or nothing.</summary>
    public string After { get; }

    /// <summary>The signs of numbers.</summary>
    public NumberFormatInfo Numbers { get; }

    /// <summary>The format of an example; null for one that does not follow <see cref="Rule"/>.</summary>
    public static MoneyFormat? Find(string example)
    {
        var text = example.Trim().Replace(' ', Blank);
        var match = Shape().Match(text);
        return match.Success
            && match.Groups["before"].Length > 0 != match.Groups["after"].Length > 0
            && match.Groups["group"].Value != match.Groups["point"].Value ? new(text, match) : null;
    }

    /// <summary>An amount with so many decimals: <c>-$1,234.50</c>.</summary>
    public string Write(decimal dollars, int decimals) =>
        Around(dollars < 0, Math.Abs(dollars).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), Numbers));

    /// <summary>An amount whose figure is written: with its sign and its currency.</summary>
    public string Around(bool isBelowZero, string figure) => $"{(isBelowZero ? "-" : null)}{Before}{figure}{After}";

    /// <summary>A figure without sign and currency, as programs write it: <c>1.234,50</c> is <c>1234.50</c>; null where it is none.</summary>
    public string? Read(string figure)
    {
        var (text, group) = (Alike(figure), Alike(Numbers.NumberGroupSeparator));
        var at = text.IndexOf(Numbers.NumberDecimalSeparator, StringComparison.Ordinal);
        var (whole, cents) = at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
        var parts = group.Length == 0 ? [whole] : whole.Split(group);
        var isWhole = parts.All(IsDigits) && (parts.Length == 1 || (parts[0].Length <= GroupDigits && parts.Skip(1).All(static part => part.Length == GroupDigits)));
        return !isWhole || cents is not (null or { Length: > 0 }) || !(cents ?? "0").All(char.IsAsciiDigit) ? null
            : string.Concat(parts) + (cents is null ? null : "." + cents);
    }

    /// <summary>A text without the currency in front of it or behind, if any.</summary>
    public static string WithoutCurrency(string text)
    {
        var bare = text.Trim();
        return Currencies.FirstOrDefault(bare.StartsWith) is { } before ? bare[before.Length..].TrimStart()
            : Currencies.FirstOrDefault(bare.EndsWith) is { } after ? bare[..^after.Length].TrimEnd()
            : bare;
    }

    private static bool IsDigits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    // Keyboards write other blanks and apostrophes than type does.
    private static string Alike(string text) => text.Replace(' ', Blank).Replace(NarrowBlank, Blank).Replace(Apostrophe, '\'');

    [GeneratedRegex("^(?<before>(US)?\\$\u00A0?|USD\u00A0)?1(?<group>[.,'\u2019\u00A0\u202F]?)234(?<point>[.,])56(?<after>[\u00A0\u202F]?(US)?\\$|[\u00A0\u202F]USD)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchMillisecondsMax)]
    private static partial Regex Shape();
}
