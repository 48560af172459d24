using Farthing.Domain.Usage;

namespace Farthing.Workflows.Spending;

/// <summary>Only spend that has one of some values of a dimension, compared ordinally and whole.</summary>
/// <param name="By">The dimension; neither the session nor the rate card, which no series knows.</param>
/// <param name="Values">The values; an empty text is what calls have that do not tell. Without any nothing is meant.</param>
public sealed record SpendFilter(SpendDimension By, IReadOnlyList<string> Values)
{
    /// <summary>All dimensions that there may be a filter of.</summary>
    public static IReadOnlyList<SpendDimension> Choices { get; } =
    [
        SpendDimension.Agent, SpendDimension.Model, SpendDimension.Project, SpendDimension.Branch, SpendDimension.Plan,
        SpendDimension.Role, SpendDimension.Team, SpendDimension.User, SpendDimension.Provider, SpendDimension.BillingMode,
        SpendDimension.ApiKey,
    ];

    /// <summary>Whether a series has one of the values.</summary>
    public bool Holds(Dimensions series)
    {
        var value = ValueOf(series, By);
        for (var index = 0; index < Values.Count; index++)
        {
            if (string.Equals(Values[index], value, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What a series tells of a dimension.</summary>
    public static string ValueOf(Dimensions series, SpendDimension by) => by switch
    {
        SpendDimension.Agent => series.Agent,
        SpendDimension.Model => series.ReportedModelName,
        SpendDimension.Project => series.Project,
        SpendDimension.Branch => series.Branch,
        SpendDimension.Plan => series.Plan,
        SpendDimension.Role => series.Role,
        SpendDimension.Team => series.Team,
        SpendDimension.User => series.User,
        SpendDimension.Provider => series.Provider,
        SpendDimension.BillingMode => series.BillingMode,
        SpendDimension.ApiKey => series.ApiKey,
        _ => throw new ArgumentOutOfRangeException(nameof(by), by, "A series knows no such dimension."),
    };
}
