using System.Globalization;
using System.Text.RegularExpressions;
using Farthing.Workflows;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>What somebody wrote into a form, right or wrong.</summary>
public abstract partial record PageForm
{
    private const int MatchMillisecondsMax = 1_000;

    /// <summary>All that is wrong with it; null when nothing is known to be.</summary>
    public Problem? Problem { get; init; }

    /// <summary>What is wrong that belongs to no field of the form.</summary>
    public virtual string? OtherProblem => Problem?.All.FirstOrDefault(wrong => wrong.Field is not { } named || !Fields.Contains(named))?.Detail;

    /// <summary>What is said above the fields: what belongs to none of them, and how many are wrong when it is more than one. Null for nothing.</summary>
    public string? Summary
    {
        get
        {
            var wrong = Fields.Count(one => ProblemOf(one) is not null);
            string?[] said = [OtherProblem, wrong > 1 ? $"{wrong} fields need a change." : null];
            return string.Join(' ', said.OfType<string>()) is { Length: > 0 } text ? text : null;
        }
    }

    /// <summary>The fields that a problem can be told beside.</summary>
    protected abstract IReadOnlyList<string> Fields { get; }

    /// <summary>What is wrong with a field; null when nothing is.</summary>
    public string? ProblemOf(string field) => Problem?.All.FirstOrDefault(wrong => wrong.Field == field) is { } found ? InWords(found.Detail, field) : null;

    /// <summary>A refusal as it is said beside its field, which has a name on the page and not that of the API; limits are written as the page writes numbers.</summary>
    private static string InWords(string detail, string field) => Limit().Replace(
        detail.StartsWith($"'{field}' ", StringComparison.Ordinal) ? "This " + detail[(field.Length + 3)..] : detail,
        static limit => decimal.Parse(limit.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture).ToString("N0", FormatInForce.Current.Numbers));

    [GeneratedRegex("(?<=at most )[0-9]{1,3}(,[0-9]{3})+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchMillisecondsMax)]
    private static partial Regex Limit();

    /// <summary>Whether a field is wrong, as its control says it.</summary>
    public string? Invalid(string field) => ProblemOf(field) is null ? null : "true";
}
