namespace Farthing.Workflows;

/// <summary>What kind of refusal it is, which decides the HTTP status and the exit code.</summary>
public enum ProblemKind
{
    /// <summary>The request cannot be read at all: broken JSON. 400.</summary>
    Malformed,

    /// <summary>It can be read and says something impossible. 422.</summary>
    Invalid,

    /// <summary>Nobody usable asks. 401.</summary>
    Unauthenticated,

    /// <summary>There is not enough credit. 402.</summary>
    InsufficientCredit,

    /// <summary>The asker may not do this. 403.</summary>
    Forbidden,

    /// <summary>It is not there, or not the asker's. 404.</summary>
    NotFound,

    /// <summary>It contradicts what is there already. 409.</summary>
    Conflict,

    /// <summary>The request is larger than a limit. 413.</summary>
    TooLarge,

    /// <summary>A budget or a rate limit is reached. 429.</summary>
    OverLimit,

    /// <summary>It may work in a moment. 503.</summary>
    Unavailable,
}

/// <summary>A refusal that the caller can act on: a value, never an exception.</summary>
/// <param name="Kind">What kind it is.</param>
/// <param name="Code">A stable name for programs: <c>insufficient_credits</c>.</param>
/// <param name="Detail">A sentence for people that says what to do.</param>
/// <param name="Field">The offending field as the caller spelled it; null when it is none in particular.</param>
public sealed record Problem(ProblemKind Kind, string Code, string Detail, string? Field = null)
{
    /// <summary>What else is wrong, at other fields; empty when nothing is, or nobody looked.</summary>
    public IReadOnlyList<Problem> Others { get; init; } = [];

    /// <summary>It and what else is wrong, each by itself.</summary>
    public IReadOnlyList<Problem> All => Others.Count == 0 ? [this] : [this with { Others = [] }, .. Others];

    /// <summary>
    /// The refusal of all that is wrong, so that whoever asks can put everything right at once: the first problem, and of every
    /// other field its first one beside it. Null when nothing is wrong.
    /// </summary>
    public static Problem? Together(params IEnumerable<Problem?> found) => found.OfType<Problem>().SelectMany(static problem => problem.All).DistinctBy(static problem => problem.Field).ToList() switch
    {
        [] => null,
        [var only] => only,
        [var first, .. var others] => first with { Others = others },
    };

    /// <summary>Something impossible was asked for.</summary>
    public static Problem Invalid(string field, string detail) => new(ProblemKind.Invalid, "invalid", detail, field);

    /// <summary>It is not there, or not the asker's: the two are never told apart.</summary>
    public static Problem NotFound(string what) => new(ProblemKind.NotFound, "not_found", $"There is no {what} of that id, or it is not yours.");
}

/// <summary>A value, or the problem that stood in its way; exactly one of the two.</summary>
/// <typeparam name="T">What is wanted.</typeparam>
public readonly record struct Result<T>
{
    private readonly T? value;

    private Result(T? value, Problem? problem) => (this.value, Problem) = (value, problem);

    /// <summary>What stood in the way; null when it worked.</summary>
    public Problem? Problem { get; }

    /// <summary>Whether there is a value.</summary>
    public bool Succeeded => Problem is null;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is none; look at <see cref="Problem"/> first.</exception>
    public T Value => Problem is null ? value! : throw new InvalidOperationException($"There is no value: {Problem.Detail}");

    /// <summary>The value, or another one where there is none.</summary>
    public T Or(T other) => Problem is null ? value! : other;

    /// <summary>It worked.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>It did not.</summary>
    public static implicit operator Result<T>(Problem problem) => new(default, problem);
}
