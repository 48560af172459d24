namespace Farthing.Workflows.Access;

/// <summary>What names and ids of people and keys must be.</summary>
public static class AccessTexts
{
    /// <summary>The most characters of a name.</summary>
    public const int LengthMax = 256;

    /// <summary>A new id, a UUID of version 7: ids made later sort later.</summary>
    public static string NewId(DateTimeOffset now) => Guid.CreateVersion7(now).ToString();

    /// <summary>Now, to the millisecond, which is what stores keep.</summary>
    public static DateTimeOffset Now(TimeProvider time) => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>What is wrong with a text that must say something; null when nothing is.</summary>
    internal static Problem? Check(string field, string? text) =>
        string.IsNullOrWhiteSpace(text) ? Problem.Invalid(field, $"'{field}' must not be blank.") : CheckOptional(field, text);

    /// <summary>As <see cref="Check"/>, for a text that may be left out or blank.</summary>
    internal static Problem? CheckOptional(string field, string? text) => text switch
    {
        { Length: > LengthMax } => Problem.Invalid(field, $"'{field}' must have at most {LengthMax} characters."),
        not null when text.Any(char.IsControl) => Problem.Invalid(field, $"'{field}' must not hold control characters."),
        _ => null,
    };

    /// <summary>What is wrong with an address for mail; null when nothing is that one can see.</summary>
    internal static Problem? CheckEmail(string field, string? text) => Check(field, text) ??
        (text!.IndexOf('@', StringComparison.Ordinal) is var at && at > 0 && at < text.Length - 1 && !text.Any(char.IsWhiteSpace)
            ? null
            : Problem.Invalid(field, $"'{field}' must be an e-mail address."));
}
