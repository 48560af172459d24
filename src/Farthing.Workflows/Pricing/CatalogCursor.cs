using System.Text;
using Farthing.Domain.Money;
using Farthing.Domain.Pricing;

namespace Farthing.Workflows.Pricing;

/// <summary>
/// Walks through the JSON of a catalog once, front to back, and remembers which row it is in, so that every refusal names
/// it. A refusal is a <see cref="FormatException"/> that <see cref="CatalogFile"/>, or whoever reads another file of prices,
/// turns into a value.
/// </summary>
internal ref struct CatalogCursor
{
    private const int DecimalsMax = 9;
    private const int ShownMax = 40;
    private const int DigitsMax = 18;
    private const long PicodollarsPerNanodollar = 1_000;

    private JsonWalker walker;
    private ReadOnlySpan<byte> name;

    public CatalogCursor(ReadOnlySpan<byte> json)
    {
        walker = new(json);
        Where = "the catalog";
    }

    /// <summary>What is being read, for refusals: the key of a row.</summary>
    public string Where { get; set; }

    /// <summary>Enters the next value, which must be an object.</summary>
    public void Object()
    {
        Expect('{', "an object");
        walker.Open('{');
    }

    /// <summary>Enters the next value, which must be a list.</summary>
    public void List()
    {
        Expect('[', "a list");
        walker.Open('[');
    }

    /// <summary>Goes to the next member; false at the end of the object.</summary>
    public bool Member()
    {
        if (!walker.Next('}'))
        {
            return false;
        }

        name = walker.TakeString(out _);
        walker.Take(':');
        return true;
    }

    /// <summary>Enters the next element of a list of objects; false at the end of the list.</summary>
    public bool NextObject()
    {
        if (!walker.Next(']'))
        {
            return false;
        }

        Object();
        return true;
    }

    /// <summary>Whether the member is called that.</summary>
    public readonly bool Is(ReadOnlySpan<byte> expected) => name.SequenceEqual(expected);

    /// <summary>The name of the member.</summary>
    public readonly string Name() => Encoding.UTF8.GetString(name);

    /// <summary>Whether the next value is text.</summary>
    public bool ComesText() => walker.Peek() == '"';

    /// <summary>Takes the next value if it is null; false, and nothing is taken, when it is another one.</summary>
    public bool TakeNull() =>
        walker.Peek() == 'n' && (walker.TakeWord().SequenceEqual("null"u8) ? true : throw Refuse($"{Name()} is no value"));

    /// <summary>Checks that the file ends here.</summary>
    public void End() => walker.End();

    /// <summary>The next value as text.</summary>
    public string Text()
    {
        var text = Raw(out var escaped);
        return escaped ? walker.Unescape(text) : Encoding.UTF8.GetString(text);
    }

    /// <summary>The next value as text, sharing the string when it repeats an earlier one.</summary>
    public string Text(ref string earlier)
    {
        var text = Raw(out var escaped);
        if (escaped || !Same(text, earlier))
        {
            earlier = escaped ? walker.Unescape(text) : Encoding.UTF8.GetString(text);
        }

        return earlier;
    }

    /// <summary>The next value as a list of texts.</summary>
    public string[] Texts()
    {
        var texts = new List<string>();
        List();
        while (walker.Next(']'))
        {
            texts.Add(Text());
        }

        return [.. texts];
    }

    /// <summary>The next value as a list of pairs of texts.</summary>
    public List<string[]> Pairs()
    {
        var pairs = new List<string[]>();
        List();
        while (walker.Next(']'))
        {
            var pair = Texts();
            pairs.Add(pair.Length == 2 ? pair : throw Refuse("expected a pair"));
        }

        return pairs;
    }

    /// <summary>The next value as a whole number that is not negative.</summary>
    public long Integer()
    {
        var digits = walker.TakeWord();
        var value = 0L;
        foreach (var digit in digits)
        {
            value = char.IsAsciiDigit((char)digit) && digits.Length <= DigitsMax
                ? (value * 10) + (digit - '0')
                : throw Refuse($"{Name()} is not a whole number");
        }

        return digits.Length > 0 ? value : throw Refuse($"{Name()} is not a whole number");
    }

    /// <summary>The next value as yes or no.</summary>
    public bool Flag()
    {
        var word = walker.TakeWord();
        var yes = word.SequenceEqual("true"u8);
        return yes || word.SequenceEqual("false"u8) ? yes : throw Refuse($"{Name()} is neither true nor false");
    }

    /// <summary>The next value as a price in USD per million tokens.</summary>
    public Rate PerMillion(string what)
    {
        Span<char> text = stackalloc char[ShownMax];
        ReadOnlySpan<char> price = text[..Digits(text, what)];
        return Rate.TryParsePerMillion(price, out var rate) ? rate : throw Refuse($"{what} of '{price}' {Fault(price)}");
    }

    /// <summary>The next value as an amount in USD that is not negative, with at most nine decimals.</summary>
    public Usd Dollars(string what)
    {
        Span<char> text = stackalloc char[ShownMax];
        ReadOnlySpan<char> amount = text[..Digits(text, what)];
        return DecimalText.TryParseShort(amount, DecimalsMax, out var nanodollars) && nanodollars >= 0
            ? new(nanodollars * PicodollarsPerNanodollar)
            : throw Refuse($"{what} of '{amount}' {Fault(amount)}");
    }

    /// <summary>The next value as a price in USD of a number of units.</summary>
    public Rate PerUnits(string what, long units)
    {
        Span<char> text = stackalloc char[ShownMax];
        ReadOnlySpan<char> price = text[..Digits(text, what)];
        return Rate.TryParsePerUnits(price, units, out var rate)
            ? rate
            : throw Refuse($"{what} of '{price}' is not a whole number of femtodollars each");
    }

    /// <summary>The next value as a factor.</summary>
    public Factor Factor(string what)
    {
        Span<char> text = stackalloc char[ShownMax];
        ReadOnlySpan<char> factor = text[..Digits(text, what)];
        return Domain.Pricing.Factor.TryParse(factor, out var parsed) ? parsed : throw Refuse($"{what} of '{factor}' is not a factor");
    }

    /// <summary>A member that nobody knows.</summary>
    public readonly FormatException Unknown() => Refuse($"'{Shorten(Name())}' is not a known member");

    /// <summary>Says what is wrong and where.</summary>
    public readonly FormatException Refuse(string reason) => new($"{Where}: {reason}");

    private static string Fault(ReadOnlySpan<char> price)
    {
        var point = price.IndexOf('.');
        if (price.StartsWith("-"))
        {
            return "is negative";
        }

        return point >= 0 && price.Length - point - 1 > DecimalsMax ? "has more than nine decimals" : "is not a plain decimal";
    }

    /// <summary>The beginning of a long text.</summary>
    internal static string Shorten(string text) => text.Length <= ShownMax ? text : string.Concat(text.AsSpan(0, ShownMax), "…");

    private static bool Same(ReadOnlySpan<byte> text, string earlier)
    {
        if (text.Length != earlier.Length)
        {
            return false;
        }

        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] != earlier[index])
            {
                return false;
            }
        }

        return true;
    }

    private ReadOnlySpan<byte> Raw(out bool escaped)
    {
        Expect('"', "text");
        return walker.TakeString(out escaped);
    }

    private int Digits(scoped Span<char> text, string what)
    {
        if (walker.Peek() != '"')
        {
            throw Refuse($"{what} is not a decimal in quotes");
        }

        var digits = walker.TakeString(out _);
        if (digits.Length > text.Length)
        {
            throw Refuse($"{what} has more than nine decimals or is far too large");
        }

        for (var index = 0; index < digits.Length; index++)
        {
            text[index] = (char)digits[index];
        }

        return digits.Length;
    }

    private void Expect(char start, string what)
    {
        if (walker.Peek() != start)
        {
            throw Refuse($"expected {what} in line {walker.Line}");
        }
    }
}
