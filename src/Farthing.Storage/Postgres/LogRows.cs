using Farthing.Storage.Postgres.Engine;
using Farthing.Workflows.Metering;
using Npgsql;

namespace Farthing.Storage.Postgres;

/// <summary>How far each log has been read.</summary>
internal static class LogRows
{
    /// <summary>Adds the statement that keeps positions, if there are any.</summary>
    public static void AddTo(NpgsqlBatch batch, IReadOnlyCollection<LogPosition> positions, EventNumbers numbers)
    {
        if (positions.Count == 0)
        {
            return;
        }

        // In order of the number, so that processes wait for each other in one direction.
        var inOrder = positions.Select(position => (Number: numbers.FileOf(position.File.Path), Position: position)).OrderBy(row => row.Number).ToList();
        NpgsqlParameter Column<T>(Func<LogPosition, T> value) => Statements.Of(inOrder.Select(row => value(row.Position)).ToArray());
        batch.Add(
            """
            UPDATE log_files SET size = read.size, inode = read.inode, modified = read.modified, fingerprint = read.fingerprint,
                position = read.position, line = read.line, state = read.state, agent = read.agent
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) AS read (id, size, inode, modified, fingerprint, position, line, state, agent)
            WHERE log_files.id = read.id
            """,
            Statements.Of(inOrder.Select(row => row.Number).ToArray()),
            Column(position => position.File.Size), Column(position => position.File.Inode), Column(position => position.File.ModifiedAt),
            Column(position => position.Fingerprint), Column(position => position.Checkpoint.Offset), Column(position => position.Checkpoint.Line),
            Column(position => PostgresText.Write(position.Checkpoint.State)), Column(position => PostgresText.Write(position.Agent)));
    }

    /// <summary>How far every log has been read, by path.</summary>
    public static async Task<IReadOnlyDictionary<string, LogPosition>> ReadPositionsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var positions = new Dictionary<string, LogPosition>(StringComparer.Ordinal);
        await using var command = connection.Say(
            "SELECT path, size, inode, modified, fingerprint, position, line, state, agent FROM log_files WHERE position IS NOT NULL");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var file = new LogFile(rows.Text(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3));
            positions.Add(file.Path, new(file, rows.GetInt64(4), new(rows.GetInt64(5), rows.GetInt64(6), rows.Text(7))) { Agent = rows.Text(8) });
        }

        return positions;
    }
}
