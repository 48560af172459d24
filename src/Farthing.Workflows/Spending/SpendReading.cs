using Farthing.Workflows.Access;

namespace Farthing.Workflows.Spending;

/// <summary>What a range of spend is made of, read once for all analyses of it.</summary>
/// <param name="Rows">All of it, by person, model and whatever else.</param>
/// <param name="Days">The same by day, without what bears no date.</param>
/// <param name="Names">What people within the scope and in its figures are called.</param>
public sealed record SpendReading(IReadOnlyList<SpendRow> Rows, IReadOnlyList<SpendRow> Days, PeopleNames Names);
