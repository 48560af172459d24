namespace Farthing.Domain.PlanFit;

/// <summary>What came of a session. Stored by number, never reordered.</summary>
public enum SessionOutcome
{
    /// <summary>Nobody said, or in a word that is not known.</summary>
    Unknown,

    /// <summary>It did what it was to do.</summary>
    Success,

    /// <summary>It did some of it.</summary>
    Partial,

    /// <summary>It did not.</summary>
    Failure,
}

/// <summary>The words in which programs say what came of a session.</summary>
public static class SessionOutcomes
{
    /// <summary>Ours, each with what it means; the last where nobody told.</summary>
    public static IReadOnlyList<(string Word, SessionOutcome Meaning)> Words { get; } =
    [
        ("success", SessionOutcome.Success), ("partial", SessionOutcome.Partial), ("failure", SessionOutcome.Failure), ("unknown", SessionOutcome.Unknown),
    ];

    /// <summary>Reads a word of Primer's clients, who have others too; case and surrounding blanks do not matter.</summary>
    public static SessionOutcome Parse(string? word) => word?.Trim().ToUpperInvariant() switch
    {
        "SUCCESS" or "FULLY_ACHIEVED" => SessionOutcome.Success,
        "PARTIAL" or "MOSTLY_ACHIEVED" or "PARTIALLY_ACHIEVED" => SessionOutcome.Partial,
        "FAILURE" or "NOT_ACHIEVED" => SessionOutcome.Failure,
        _ => SessionOutcome.Unknown,
    };
}
