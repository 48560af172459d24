using System.Globalization;
using Farthing.Domain.Pricing;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sql;

/// <summary>How sure the price of calls is, as conditions of SQL.</summary>
internal static class PricingText
{
    /// <summary>Adds the condition that the rate card of a row says one of some statuses; none where all are meant.</summary>
    public static SqlText AddPricing(this SqlText sql, IReadOnlyList<PricingStatus>? statuses) =>
        statuses is null ? sql : sql.Add($"AND +rate_card IN (SELECT id FROM rate_cards WHERE status IN ({ListOf(statuses)}))");

    /// <summary>
    /// The rollup that tells on which days a query has calls of some status: to look for them takes no longer than to add up
    /// what the query cost.
    /// </summary>
    public static RollupLevel LevelOf(SpendQuery query) => RollupLevel.Of(query with { GroupBy = [], ByDay = true, Periods = [] });

    private static string ListOf(IReadOnlyList<PricingStatus> statuses) =>
        statuses.Count == 0 ? "NULL" : string.Join(", ", statuses.Select(static status => ((int)status).ToString(CultureInfo.InvariantCulture)));
}
