namespace Farthing.Storage.Sql;

/// <summary>
/// The ordinal order of texts, by a loop of our own: the library's is vectorised in a way that is compiled at run time,
/// and unoptimised code sorts three thousand paths in the time of a whole report.
/// </summary>
internal sealed class OrdinalText : IComparer<string>
{
    /// <summary>For sorting.</summary>
    public static readonly OrdinalText Order = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y) => CompareTexts(x ?? string.Empty, y ?? string.Empty);

    /// <summary>Compares by UTF-16 code units, as <see cref="string.CompareOrdinal(string, string)"/>.</summary>
    public static int CompareTexts(string left, string right)
    {
        if (ReferenceEquals(left, right))
        {
            return 0;
        }

        var length = Math.Min(left.Length, right.Length);
        for (var index = 0; index < length; index++)
        {
            if (left[index] != right[index])
            {
                return left[index] - right[index];
            }
        }

        return left.Length - right.Length;
    }
}
