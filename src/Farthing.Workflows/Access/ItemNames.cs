namespace Farthing.Workflows.Access;

/// <summary>
/// Names by which people tell things of one list apart. They are compared here and not by the stores, whose engines fold
/// letters each in its own way.
/// </summary>
public static class ItemNames
{
    /// <summary>Whether people would take two names for the same: case and blanks around them do not matter.</summary>
    public static bool AreSame(string left, string right) => left.AsSpan().Trim().Equals(right.AsSpan().Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>The refusal of a name that another one has.</summary>
    public static Problem Taken(string detail) => new(ProblemKind.Conflict, "name_taken", detail, "name");
}
