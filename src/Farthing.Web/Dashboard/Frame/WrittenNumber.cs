using System.Text.RegularExpressions;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>Numbers as people write them into a form: as pages print them, with a dollar sign and commas between thousands.</summary>
internal static partial class WrittenNumber
{
    private const int MatchMillisecondsMax = 1_000;

    /// <summary>
    /// The number without them: <c>-$1,000.50</c> is <c>-1000.50</c>. A comma that does not stand between thousands, which
    /// somebody may mean for a point, stays, so that the number is refused.
    /// </summary>
    public static string Plain(string text)
    {
        var isBelow = text.StartsWith('-');
        var bare = text.TrimStart('-', '+').Trim();
        bare = bare.StartsWith('$') ? bare[1..].TrimStart() : bare;
        return !Number().IsMatch(bare) || text.AsSpan().Count('-') > 1 ? text : (isBelow ? "-" : string.Empty) + bare.Replace(",", string.Empty, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchMillisecondsMax)]
    private static partial Regex Number();
}
