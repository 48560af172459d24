using Farthing.Domain.PlanFit;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>What came of a session, as addresses and people name it.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Word">Its name in addresses, as clients report it.</param>
/// <param name="Name">What people call it.</param>
public sealed record OutcomeWord(SessionOutcome Outcome, string Word, string Name)
{
    /// <summary>Its name in addresses, any number of times.</summary>
    public const string Field = "outcome";

    /// <summary>The field of a form that adds one.</summary>
    public const string FormField = "add-" + Field;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<OutcomeWord> All { get; } =
    [
        new(SessionOutcome.Success, "success", "Success"),
        new(SessionOutcome.Partial, "partial", "Partial"),
        new(SessionOutcome.Failure, "failure", "Failure"),
        new(SessionOutcome.Unknown, "unknown", "Not told"),
    ];

    /// <summary>The one of an outcome.</summary>
    public static OutcomeWord Of(SessionOutcome outcome) => All.First(word => word.Outcome == outcome);

    /// <summary>Those that an address or a form names, each once; what is none of them is not looked at.</summary>
    public static IReadOnlyList<SessionOutcome> Read(IQueryCollection query) =>
        [.. All.Where(word => query[Field].Contains(word.Word) || query[FormField].Contains(word.Word)).Select(static word => word.Outcome)];

    /// <summary>The address of some sessions, and of those of them of which only this came.</summary>
    /// <param name="sessions">The address of a list of sessions, with a query.</param>
    /// <param name="outcome">What came of them.</param>
    public static string Link(string sessions, SessionOutcome outcome) => $"{sessions}&{Field}={Of(outcome).Word}";
}
