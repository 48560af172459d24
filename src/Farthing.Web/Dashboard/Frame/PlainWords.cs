using System.Globalization;
using System.Text.RegularExpressions;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>Words of programs as people write them. A page that shows a word of the API or of a log shows what stands here.</summary>
public static partial class PlainWords
{
    private const int MatchMillisecondsMax = 1_000;

    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["api_key"] = "API key",
        ["ols"] = "Straight line",
        ["robust_comb"] = "Robust combination",
        ["rolling30"] = "Rolling 30 days",
        ["alert_threshold_pct"] = "Warns above, in percent",
        ["alert_threshold_percent"] = "Warns above, in percent",
        ["byok"] = "Own key",
        ["org"] = "Organisation",
        ["team_id"] = "Team",
        ["engineer_id"] = "Engineer",
        ["owner_id"] = "Owner",
        ["scope_id"] = "Whose spend",
    };

    /// <summary>
    /// A word as people write it: <c>damped_theta</c> is <c>Damped theta</c>, <c>AllowToLimit</c> is <c>Allow to limit</c>. What is
    /// not written as programs write words, such as the name of a team with a blank in it, stays as it is.
    /// </summary>
    public static string Of(string word) =>
        Known.TryGetValue(word, out var known) ? known
        : Snake().IsMatch(word) ? FirstUpper(word.Replace('_', ' '))
        : Humps().IsMatch(word) ? FirstUpper(Hump().Replace(word, static hump => $"{hump.Value[0]} {char.ToLowerInvariant(hump.Value[1])}"))
        : word;

    /// <summary>An action of the audit: <c>key.revoked</c> is <c>Key revoked</c>.</summary>
    public static string OfAction(string action) => Of(action.Replace('.', '_'));

    /// <summary>The same within a sentence: <c>damped theta</c>.</summary>
    public static string Within(string word) => Of(word) is [var first, var second, ..] plain && char.IsLower(second) ? char.ToLower(first, CultureInfo.InvariantCulture) + plain[1..] : Of(word);

    private static string FirstUpper(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchMillisecondsMax)]
    private static partial Regex Snake();

    [GeneratedRegex("^[A-Z][a-z]+([A-Z][a-z]+)+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchMillisecondsMax)]
    private static partial Regex Humps();

    [GeneratedRegex("[a-z][A-Z]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchMillisecondsMax)]
    private static partial Regex Hump();
}
