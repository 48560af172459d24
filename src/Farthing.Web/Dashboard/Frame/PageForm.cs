using Farthing.Workflows;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>What somebody wrote into a form, right or wrong.</summary>
public abstract record PageForm
{
    /// <summary>What is wrong with it; null when nothing is known to be.</summary>
    public Problem? Problem { get; init; }

    /// <summary>What is wrong that belongs to no field of the form.</summary>
    public virtual string? OtherProblem => Problem is { Field: { } wrong } && Fields.Contains(wrong) ? null : Problem?.Detail;

    /// <summary>The fields that a problem can be told beside.</summary>
    protected abstract IReadOnlyList<string> Fields { get; }

    /// <summary>What is wrong with a field; null when nothing is.</summary>
    public string? ProblemOf(string field) => Problem?.Field == field ? InWords(Problem.Detail, field) : null;

    /// <summary>A refusal as it is said beside its field, which has a name on the page and not that of the API.</summary>
    private static string InWords(string detail, string field) =>
        detail.StartsWith($"'{field}' ", StringComparison.Ordinal) ? "This " + detail[(field.Length + 3)..] : detail;

    /// <summary>Whether a field is wrong, as its control says it.</summary>
    public string? Invalid(string field) => ProblemOf(field) is null ? null : "true";
}
