namespace Farthing.Workflows.Spending;

/// <summary>One line of a report: what a period, a session, a project or a model used and cost.</summary>
public sealed record SpendLine
{
    /// <summary>What the line is about: the period (<c>2026-01-05</c>, <c>2026-01</c>), the session's key, the project …</summary>
    public required string Name { get; init; }

    /// <summary>The sum.</summary>
    public required SpendSum Sum { get; init; }

    /// <summary>The agents that the line holds, in ordinal order.</summary>
    public IReadOnlyList<string> Agents { get; init; } = [];

    /// <summary>The same sum by model, dearest first; empty for a line that is about a model.</summary>
    public IReadOnlyList<SpendLine> Models { get; init; } = [];

    /// <summary>The same sum by the dimension that was asked for; empty when none was.</summary>
    public IReadOnlyList<SpendLine> Groups { get; init; } = [];

    /// <summary>For a session: the project that most of its calls belong to.</summary>
    public string Project { get; init; } = string.Empty;

    /// <summary>For a session: the time of its first call.</summary>
    public DateTimeOffset? FirstAt { get; init; }

    /// <summary>For a session: the time of its last call.</summary>
    public DateTimeOffset? LastAt { get; init; }
}

/// <summary>A report: lines and their total.</summary>
/// <param name="Lines">The lines in the order in which they are shown.</param>
/// <param name="Total">All of them together, with all models.</param>
public sealed record SpendReport(IReadOnlyList<SpendLine> Lines, SpendLine Total);
