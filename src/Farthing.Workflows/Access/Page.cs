namespace Farthing.Workflows.Access;

/// <summary>Which part of a list is asked for.</summary>
/// <param name="Limit">How many items at most; at least 1.</param>
/// <param name="After">The id of the last item of the page before; empty for the first page.</param>
public readonly record struct Page(int Limit, string After);
