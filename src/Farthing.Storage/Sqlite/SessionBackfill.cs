using Farthing.Storage.Sql;
using Farthing.Storage.Sqlite.Engine;

namespace Farthing.Storage.Sqlite;

/// <summary>Sums up by session what an older version has stored: the days of a zone are beyond SQL.</summary>
internal static class SessionBackfill
{
    /// <summary>Rows that are gathered before they are written.</summary>
    private const int RowsMax = 65_536;

    /// <summary>Fills the table that a migration has just made.</summary>
    public static void Run(Connection connection, LocalDays days)
    {
        var changes = new SessionChanges();
        var table = new SessionDayTable(connection);
        var coarse = new CoarseNumbers(new(connection));
        using var events = connection.Prepare(
            """
            SELECT at, session, series, rate_card, 1, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning, modality_tokens,
                web_searches, total >> 32, total & 4294967295
            FROM (SELECT *, cost_input + cost_cache_read + cost_cache_write_5m + cost_cache_write_1h + cost_output + cost_modalities
                + cost_units AS total FROM events)
            """u8);
        while (events.Step())
        {
            var at = events.Integer(0);
            changes.Add(days.DayOf(at), at, new(events.Small(2), events.Small(1), events.Small(3), File: 0), SumChange.Read(events, 4));
            if (changes.Count == RowsMax)
            {
                table.Write(changes, coarse);
                changes.Clear();
            }
        }

        table.Write(changes, coarse);
        connection.CloseStatements();
    }
}
