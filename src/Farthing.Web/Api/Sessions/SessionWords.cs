using Farthing.Domain.PlanFit;

namespace Farthing.Web.Api.Sessions;

/// <summary>The words of sessions.</summary>
internal static class SessionWords
{
    /// <summary>What came of one; the last where nobody told.</summary>
    public static IReadOnlyList<(string Word, SessionOutcome Meaning)> Outcomes { get; } =
    [
        ("success", SessionOutcome.Success), ("partial", SessionOutcome.Partial), ("failure", SessionOutcome.Failure), ("unknown", SessionOutcome.Unknown),
    ];
}
