using Farthing.Domain.Usage;
using Farthing.Storage.Sql;
using Npgsql;

namespace Farthing.Storage.Postgres.Engine;

/// <summary>Queries with their parameters.</summary>
internal static class Queries
{
    /// <summary>A query as a command.</summary>
    public static NpgsqlCommand Say(this NpgsqlConnection connection, SqlText sql)
    {
        var command = new NpgsqlCommand(sql.ToString(), connection);
        foreach (var value in sql.Parameters)
        {
            command.Parameters.Add(value switch
            {
                long number => Statements.Of(number),
                EventId id => Statements.Of(Statements.GuidOf(id)),
                _ => Statements.Of(PostgresText.Write((string)value)),
            });
        }

        return command;
    }

    /// <summary>The rows of a query.</summary>
    public static async Task<IReadOnlyList<T>> ReadAsync<T>(this NpgsqlConnection connection, SqlText sql, Func<PostgresRow, T> read, CancellationToken cancellationToken)
    {
        await using var command = connection.Say(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAllAsync(read, cancellationToken);
    }

    /// <summary>The rows of the answer that a reader stands at.</summary>
    public static async Task<IReadOnlyList<T>> ReadAllAsync<T>(this NpgsqlDataReader reader, Func<PostgresRow, T> read, CancellationToken cancellationToken)
    {
        var found = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(read(new(reader)));
        }

        return found;
    }
}
