namespace Farthing.Workflows.Spending;

/// <summary>The report by session of an agent.</summary>
public static class SessionReports
{
    private const char Separator = '\0';

    /// <summary>Builds the report, dearest session first.</summary>
    /// <param name="spend">Which spend; its grouping is the report's business.</param>
    /// <param name="by">What sessions are split by; null for not at all.</param>
    /// <param name="queries">Where spend is read.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<SpendReport> BuildAsync(
        SpendQuery spend, SpendDimension? by, ISpendQueries queries, CancellationToken cancellationToken)
    {
        List<SpendDimension> grouping = [SpendDimension.Session, SpendDimension.Agent, SpendDimension.Model, SpendDimension.Project];
        if (by == SpendDimension.Branch)
        {
            grouping.Add(SpendDimension.Branch);
        }

        var rows = await queries.SpendAsync(spend with { ByDay = false, GroupBy = grouping }, cancellationToken);
        return Build(rows, by == SpendDimension.Session ? null : by);
    }

    private static SpendReport Build(IReadOnlyList<SpendRow> rows, SpendDimension? by)
    {
        var lines = new Dictionary<string, SpendLineBuilder>(StringComparer.Ordinal);
        var total = new SpendLineBuilder(string.Empty);
        foreach (var row in rows)
        {
            // Two agents may use the same key for sessions that have nothing to do with each other.
            var key = row.Agent + Separator + row.Session;
            if (!lines.TryGetValue(key, out var line))
            {
                line = new(row.Session);
                lines.Add(key, line);
            }

            line.AddSession(row, by);
            total.Add(row.Agent, row.Model, SpendSum.Of(row));
        }

        var built = new List<SpendLine>(lines.Count);
        foreach (var line in lines.Values)
        {
            built.Add(line.Build(by));
        }

        built.Sort(SpendLineBuilder.DearestFirst);
        return new(built, total.Build());
    }
}
