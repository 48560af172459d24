using System.Text;
using Farthing.Storage.Sql;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Metering;

namespace Farthing.Storage.Sqlite;

/// <summary>How often known calls were told again.</summary>
internal sealed class RepeatTable(Connection connection)
{
    private Statement Upsert => field ??= connection.Prepare(Encoding.UTF8.GetBytes(RepeatText.Upsert("VALUES (?1, ?2, ?3, ?4, ?5)")));

    /// <summary>What the batch adds.</summary>
    public RepeatChanges Changes { get; } = new();

    /// <summary>Writes what the batch adds.</summary>
    public void Write()
    {
        foreach (var row in Changes.Rows)
        {
            Upsert.Bind(1, row.Key.Org);
            Upsert.Bind(2, row.Key.Quarter);
            Upsert.Bind(3, row.Key.Agent);
            Upsert.Bind(4, row.Duplicates);
            Upsert.Bind(5, row.Superseded);
            Upsert.Run();
        }

        Changes.Clear();
    }

    /// <summary>The sums of an organisation by agent.</summary>
    public static IReadOnlyList<UsageRepeats> Read(Connection connection, string org, DateTimeOffset from, DateTimeOffset before)
    {
        using var rows = connection.Prepare(RepeatText.Sums(org, from, before));
        var repeats = new List<UsageRepeats>();
        while (rows.Step())
        {
            repeats.Add(RepeatText.Read(rows));
        }

        return repeats;
    }
}
