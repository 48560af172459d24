using System.Buffers.Text;
using System.Security.Cryptography;

namespace Farthing.Workflows.Access;

/// <summary>What a secret opens. Each kind is told by its text and by its prefix, so that none passes for another.</summary>
public enum KeyKind
{
    /// <summary>The API, for a program: <c>fk_</c>.</summary>
    Key,

    /// <summary>The dashboard, for the browser that holds it: <c>fs_</c>.</summary>
    SignIn,

    /// <summary>A sign-in, once: <c>fl_</c>.</summary>
    Link,
}

/// <summary>
/// The text of a key: <c>fk_</c>, a public prefix of eight characters, <c>_</c>, and 32 random bytes in base64url. The
/// prefix finds the key, the rest proves it. Prefixes of sign-ins begin with <c>0</c> and those of links with <c>1</c>,
/// which no prefix of a key does.
/// </summary>
internal readonly record struct KeyText(string Prefix, string Secret)
{
    private const char SignInMark = '0';
    private const char LinkMark = '1';
    private const string BehindAll = "~";
    private const int MarkLength = 3;
    private const string PrefixCharacters = "abcdefghijklmnopqrstuvwxyz234567";
    private const int PrefixLength = 8;
    private const int SecretBytes = 32;
    private const int SecretLength = 43;
    private const int LastLength = 4;

    /// <summary>The characters by which people tell keys apart.</summary>
    public string LastFour => Secret[^LastLength..];

    /// <summary>What it opens.</summary>
    public KeyKind Kind => KindOf(Prefix);

    /// <summary>A new one, which nobody can guess.</summary>
    public static KeyText New(KeyKind kind = KeyKind.Key)
    {
        var prefix = RandomNumberGenerator.GetString(PrefixCharacters, PrefixLength);
        return new(
            kind switch
            {
                KeyKind.SignIn => SignInMark + prefix[1..],
                KeyKind.Link => LinkMark + prefix[1..],
                _ => prefix,
            },
            Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));
    }

    /// <summary>What a key of a prefix opens.</summary>
    public static KeyKind KindOf(string prefix) => prefix switch
    {
        [SignInMark, ..] => KeyKind.SignIn,
        [LinkMark, ..] => KeyKind.Link,
        _ => KeyKind.Key,
    };

    /// <summary>Between which prefixes those of a kind lie, the second one excluded; all prefixes for null.</summary>
    public static (string From, string Before) PrefixesOf(KeyKind? kind) => kind switch
    {
        null => (string.Empty, BehindAll),
        KeyKind.SignIn => ("0", "1"),
        KeyKind.Link => ("1", "2"),
        _ => ("2", BehindAll),
    };

    /// <summary>Takes a text apart; null when it cannot be a key of that kind.</summary>
    public static KeyText? Parse(string text, KeyKind kind = KeyKind.Key) =>
        text.Length == MarkLength + PrefixLength + 1 + SecretLength && text.StartsWith(MarkOf(kind), StringComparison.Ordinal)
        && text[MarkLength + PrefixLength] == '_' && KindOf(text.Substring(MarkLength, PrefixLength)) == kind
            ? new(text.Substring(MarkLength, PrefixLength), text[^SecretLength..])
            : null;

    /// <summary>The key as it is shown once and presented ever after.</summary>
    public override string ToString() => $"{MarkOf(Kind)}{Prefix}_{Secret}";

    /// <summary>What a text of a kind begins with.</summary>
    public static string MarkOf(KeyKind kind) => kind switch
    {
        KeyKind.SignIn => "fs_",
        KeyKind.Link => "fl_",
        _ => "fk_",
    };
}
