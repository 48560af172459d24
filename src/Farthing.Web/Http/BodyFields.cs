using System.Buffers;
using System.Globalization;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;

namespace Farthing.Web.Http;

/// <summary>
/// Checks the fields of a body and turns them into what they mean. All that is wrong stands in <see cref="Problem"/>, of each
/// field the first thing; what was read of such a field has no meaning.
/// </summary>
/// <param name="time">The clock, for ids that nobody chose.</param>
internal sealed class BodyFields(TimeProvider time)
{
    /// <summary>The most characters of an id.</summary>
    public const int IdLengthMax = 128;

    /// <summary>A number with so many digits in front of its point is above every limit.</summary>
    private const int HugeDigits = 10;

    private static readonly SearchValues<char> OfNumbers = SearchValues.Create("0123456789.");

    /// <summary>The most dollars of one request: at the cheapest credit, the largest amount of the ledger.</summary>
    public static readonly Usd UsdMax = new(1_000_000L * (Int128)Usd.PicodollarsPerUsd);

    /// <summary>All that is wrong; null while everything is right.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>Whether a text can be an id: letters, digits, points, dashes and underlines.</summary>
    private static bool IsId(string text) =>
        text.Length is > 0 and <= IdLengthMax && text.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');

    /// <summary>
    /// Whether a text in a path can be an id at all; whatever is not is nowhere. Things that the ledger makes itself have
    /// ids with a colon, which nobody can choose.
    /// </summary>
    public static bool CanBeId(string text) => IsId(text.Replace(':', '-'));

    /// <summary>What is wrong with an id in a path or with the body beside it; null when nothing is.</summary>
    public Problem? Check(string id, string what) => CanBeId(id) ? Problem : Workflows.Problem.NotFound(what);

    /// <summary>Notes what is wrong.</summary>
    public void Refuse(string field, string detail) => Refuse(Workflows.Problem.Invalid(field, detail));

    /// <summary>An id; a new one, which sorts after those made before, when there is none.</summary>
    public string Id(string field, string? text) => text is null ? Guid.CreateVersion7(time.GetUtcNow()).ToString() : GivenId(field, text);

    /// <summary>An id that must be there.</summary>
    public string GivenId(string field, string text)
    {
        if (!IsId(text))
        {
            Refuse(field, $"'{field}' must have 1 to {IdLengthMax} characters: letters, digits, '.', '-' and '_'.");
        }

        return text;
    }

    /// <summary>A text; empty when there is none.</summary>
    public string Text(string field, string? text)
    {
        if (text is { Length: > WebLimits.TextLengthMax })
        {
            Refuse(field, $"'{field}' must have at most {WebLimits.TextLengthMax} characters.");
        }

        if (text is not null && text.Any(char.IsControl))
        {
            Refuse(field, $"'{field}' must not hold control characters.");
        }

        return text ?? string.Empty;
    }

    /// <summary>A text that must say something.</summary>
    public string NeededText(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            Refuse(field, $"'{field}' must not be blank.");
        }

        return Text(field, text);
    }

    /// <summary>The month that somebody wants money moved in; the present one when they name none.</summary>
    public Posting Posting(string field, string? text, Caller caller)
    {
        if (text is null)
        {
            return new(null, caller.IsFinance);
        }

        if (!AccountingMonth.TryParse(text, out var month))
        {
            Refuse(field, $"'{field}' must be a month: 2026-10.");
        }

        return new(month, caller.IsFinance);
    }

    /// <summary>The meaning of a word out of a list.</summary>
    public T Word<T>(string field, string? text, T usual, IReadOnlyList<(string Word, T Meaning)> words)
    {
        foreach (var (word, meaning) in words)
        {
            if (string.Equals(word, text, StringComparison.Ordinal))
            {
                return meaning;
            }
        }

        if (text is not null)
        {
            Refuse(field, $"'{field}' must be one of: {string.Join(", ", words.Select(static entry => entry.Word))}.");
        }

        return usual;
    }

    /// <summary>An amount of credits that is more than nothing.</summary>
    public Credits Amount(string field, NumberText text)
    {
        var amount = Signed(field, text);
        if (amount <= Credits.Zero)
        {
            Refuse(field, $"'{field}' must be more than zero.");
        }

        return amount;
    }

    /// <summary>As <see cref="Amount"/>; null when there is none.</summary>
    public Credits? OptionalAmount(string field, NumberText? text) => text is { } sent ? Amount(field, sent) : null;

    /// <summary>An amount of credits that may be nothing; nothing when there is none.</summary>
    public Credits AmountOrZero(string field, NumberText? text)
    {
        var amount = text is { } sent ? Signed(field, sent) : Credits.Zero;
        if (amount < Credits.Zero)
        {
            Refuse(field, $"'{field}' must not be negative.");
        }

        return amount;
    }

    /// <summary>An amount of credits that gives or takes.</summary>
    public Credits Signed(string field, NumberText text)
    {
        var isNumber = Credits.TryParse(text.Plain, out var amount);
        if (amount > LedgerLimits.AmountMax || amount < Credits.Zero - LedgerLimits.AmountMax || (!isNumber && IsHuge(text.Plain)))
        {
            Refuse(new(ProblemKind.Invalid, Refusals.AmountTooLarge, $"'{field}' must be at most {Written(LedgerLimits.AmountMax.Nanocredits / (decimal)Credits.NanocreditsPerCredit)}; check it, or split it.", field));
        }
        else if (!isNumber)
        {
            Refuse(field, $"'{field}' must be a decimal number with at most nine decimals.");
        }

        return amount;
    }

    private void Refuse(Problem problem) => Problem = Workflows.Problem.Together(Problem, problem);

    /// <summary>A limit as people read it: with signs between thousands.</summary>
    private static string Written(decimal limit) => limit.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Whether a text that is no amount is one all the same, but larger than any.</summary>
    private static bool IsHuge(string text) =>
        text.AsSpan().TrimStart('-').TrimStart('0') is var digits && digits.Length >= HugeDigits && !digits[..HugeDigits].ContainsAnyExceptInRange('0', '9') && !digits.ContainsAnyExcept(OfNumbers);

    /// <summary>An amount of dollars that is not negative; nothing when there is none.</summary>
    public Usd UsdOrZero(string field, NumberText? text)
    {
        var amount = Usd.Zero;
        if (text is { } sent && !Usd.TryParse(sent.Plain, out amount))
        {
            Refuse(field, $"'{field}' must be a decimal number with at most twelve decimals.");
        }
        else if (amount < Usd.Zero || amount > UsdMax)
        {
            Refuse(field, $"'{field}' must be from 0 to {Written(UsdMax.ToDecimal())}.");
        }

        return amount;
    }
}
