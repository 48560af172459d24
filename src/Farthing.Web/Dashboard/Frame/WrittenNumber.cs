using Farthing.Web.Hosting;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>
/// Numbers as people write them into a form: as pages print them, with a currency and signs between thousands, or plainly, with
/// a point and nothing else. What means one thing this way and another that way is not guessed.
/// </summary>
internal static class WrittenNumber
{
    /// <summary>
    /// The number as programs write it: <c>-$1,000.50</c> is <c>-1000.50</c>. What is no number, or could be two, stays, so that
    /// it is refused.
    /// </summary>
    public static string Plain(string text) => ReadingsOf(text) is [var only] ? only : text;

    /// <summary>Says what a number could mean; null for one that means one thing or nothing.</summary>
    public static string? Doubt(string text) => ReadingsOf(text) is [var printed, var plain]
        ? $"'{text}' can mean {printed} or {plain}; write {Written(printed)} or {Written(plain)}."
        : null;

    /// <summary>A number as it is offered for change: with the format's own sign before decimals and none between thousands.</summary>
    public static string Offered(decimal number) => number.ToString("0.############", FormatInForce.Current.Numbers);

    private static IReadOnlyList<string> ReadingsOf(string text)
    {
        var isBelow = text.StartsWith('-');
        var bare = MoneyFormat.WithoutCurrency(text.TrimStart('-', '+'));
        return bare.Contains('-', StringComparison.Ordinal) || bare.Contains('+', StringComparison.Ordinal) || text.AsSpan().Count('-') > 1 ? []
            : [.. new[] { FormatInForce.Current.Read(bare), PlainOf(bare) }.OfType<string>().Distinct(StringComparer.Ordinal).Select(number => isBelow ? "-" + number : number)];
    }

    // The usual format without anything between thousands.
    private static string? PlainOf(string bare) => MoneyFormat.Usual.Read(bare) == bare ? bare : null;

    private static string Written(string plain) => plain.Replace(".", FormatInForce.Current.Numbers.NumberDecimalSeparator, StringComparison.Ordinal);
}
