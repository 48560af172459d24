using Farthing.Storage.Postgres.Engine;
using Farthing.Storage.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Farthing.Storage.Postgres.Access;

/// <summary>How statements about people and keys are run: a few rows each, alone or in one transaction.</summary>
internal static class AccessStatements
{
    /// <summary>Does something with a connection of its own.</summary>
    public static Task<T> WithConnectionAsync<T>(this PostgresDatabase database, Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        database.DoAsync(
            async token =>
            {
                await using var connection = await database.Source.OpenConnectionAsync(token);
                return await work(connection, token);
            },
            cancellationToken);

    /// <summary>Does something in one transaction: all of it or nothing.</summary>
    public static Task<T> InTransactionAsync<T>(this PostgresDatabase database, Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        database.WithConnectionAsync(
            async (connection, token) =>
            {
                await using var transaction = await connection.BeginTransactionAsync(token);
                var result = await work(connection, token);
                await transaction.CommitAsync(token);
                return result;
            },
            cancellationToken);

    /// <summary>Runs a statement of which no row is wanted.</summary>
    public static async Task RunAsync(this NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = connection.Say(sql, parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The rows of a query.</summary>
    public static async Task<IReadOnlyList<T>> AllAsync<T>(
        this NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = connection.Say(sql, parameters);
        return await AllAsync(command, read, cancellationToken);
    }

    /// <summary>The rows of a query.</summary>
    public static async Task<IReadOnlyList<T>> AllAsync<T>(this NpgsqlConnection connection, SqlText sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = connection.Say(sql);
        return await AllAsync(command, read, cancellationToken);
    }

    private static async Task<IReadOnlyList<T>> AllAsync<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<T>();
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(read(rows));
        }

        return found;
    }

    /// <summary>The first row of a query; null when there is none.</summary>
    public static async Task<T?> FirstAsync<T>(
        this NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
        where T : class
    {
        var found = await connection.AllAsync(sql, read, cancellationToken, parameters);
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>A text as a parameter.</summary>
    public static NpgsqlParameter Text(string text) => Statements.Of(PostgresText.Write(text));

    /// <summary>A text, or null, as a parameter.</summary>
    public static NpgsqlParameter TextOrNull(string? text) =>
        new() { NpgsqlDbType = NpgsqlDbType.Text, Value = text is null ? DBNull.Value : PostgresText.Write(text) };

    /// <summary>A moment, or null, as a parameter.</summary>
    public static NpgsqlParameter MomentOrNull(DateTimeOffset? moment) =>
        new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = moment is { } at ? at.ToUnixTimeMilliseconds() : DBNull.Value };

    extension(NpgsqlDataReader row)
    {
        /// <summary>A moment.</summary>
        public DateTimeOffset Moment(int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

        /// <summary>A moment; null for null.</summary>
        public DateTimeOffset? MomentOrNull(int column) => row.IsDBNull(column) ? null : row.Moment(column);

        /// <summary>A text; null for null.</summary>
        public string? TextOrNull(int column) => row.IsDBNull(column) ? null : row.Text(column);
    }
}
