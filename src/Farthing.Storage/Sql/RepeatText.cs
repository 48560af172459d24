using Farthing.Workflows.Metering;

namespace Farthing.Storage.Sql;

/// <summary>How often known calls were told again, as SQL that both engines understand.</summary>
internal static class RepeatText
{
    private const long QuarterMilliseconds = 15 * 60 * 1_000;

    /// <summary>The quarter hour, counted from 1970, that an instant lies in.</summary>
    public static long QuarterOf(DateTimeOffset at) => at.ToUnixTimeMilliseconds() / QuarterMilliseconds;

    /// <summary>Adds to the rows that are there.</summary>
    /// <param name="rows">Where the rows come from.</param>
    public static string Upsert(string rows) =>
        $"""
        INSERT INTO repeats (org, quarter, agent, duplicates, superseded) {rows}
        ON CONFLICT (org, quarter, agent) DO UPDATE SET
            duplicates = repeats.duplicates + excluded.duplicates, superseded = repeats.superseded + excluded.superseded
        """;

    /// <summary>The sums of an organisation by agent.</summary>
    public static SqlText Sums(string org, DateTimeOffset from, DateTimeOffset before) => new SqlText()
        .Add("SELECT agent, CAST(sum(duplicates) AS BIGINT), CAST(sum(superseded) AS BIGINT) FROM repeats WHERE org =", org)
        .Add("AND quarter >=", QuarterOf(from)).Add("AND quarter <", QuarterOf(before)).Add("GROUP BY agent");

    /// <summary>Reads a row of <see cref="Sums"/>.</summary>
    public static UsageRepeats Read(ISqlRow row) => new(row.Text(0), row.Integer(1), row.Integer(2));
}
