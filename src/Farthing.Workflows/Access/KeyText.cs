using System.Buffers.Text;
using System.Security.Cryptography;

namespace Farthing.Workflows.Access;

/// <summary>
/// The text of a key: <c>fk_</c>, a public prefix of eight characters, <c>_</c>, and 32 random bytes in base64url. The
/// prefix finds the key, the rest proves it.
/// </summary>
internal readonly record struct KeyText(string Prefix, string Secret)
{
    private const string Mark = "fk_";
    private const string PrefixCharacters = "abcdefghijklmnopqrstuvwxyz234567";
    private const int PrefixLength = 8;
    private const int SecretBytes = 32;
    private const int SecretLength = 43;
    private const int LastLength = 4;

    /// <summary>The characters by which people tell keys apart.</summary>
    public string LastFour => Secret[^LastLength..];

    /// <summary>A new one, which nobody can guess.</summary>
    public static KeyText New() => new(
        RandomNumberGenerator.GetString(PrefixCharacters, PrefixLength), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <summary>Takes a text apart; null when it cannot be a key.</summary>
    public static KeyText? Parse(string text) =>
        text.Length == Mark.Length + PrefixLength + 1 + SecretLength && text.StartsWith(Mark, StringComparison.Ordinal) && text[Mark.Length + PrefixLength] == '_'
            ? new(text.Substring(Mark.Length, PrefixLength), text[^SecretLength..])
            : null;

    /// <summary>The key as it is shown once and presented ever after.</summary>
    public override string ToString() => $"{Mark}{Prefix}_{Secret}";
}
