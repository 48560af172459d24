using Farthing.Storage.Postgres.Access;
using Farthing.Storage.Postgres.Engine;
using Farthing.Storage.Sql;
using Farthing.Storage.Sql.Budgets;
using Farthing.Workflows.Access;
using Npgsql;

namespace Farthing.Storage.Postgres.Budgets;

/// <summary>A PostgreSQL database for statements that both engines understand.</summary>
internal sealed class PostgresSessions(PostgresDatabase database) : ISqlDatabase
{
    /// <inheritdoc/>
    public Task<T> ReadAsync<T>(Func<ISqlSession, Task<T>> read, CancellationToken cancellationToken) =>
        database.WithConnectionAsync((connection, _) => read(new PostgresSession(connection)), cancellationToken);

    /// <inheritdoc/>
    public Task<T> WriteAsync<T>(Func<ISqlSession, Task<T>> write, CancellationToken cancellationToken) =>
        database.InTransactionAsync((connection, _) => write(new PostgresSession(connection)), cancellationToken);

    /// <summary>A connection in a transaction.</summary>
    private sealed class PostgresSession(NpgsqlConnection connection) : ISqlSession
    {
        /// <inheritdoc/>
        public string ForUpdate => "FOR UPDATE";

        /// <inheritdoc/>
        public string SkipLocked => "FOR UPDATE SKIP LOCKED";

        /// <inheritdoc/>
        public Task<IReadOnlyList<T>> ReadAsync<T>(SqlText sql, Func<ISqlRow, T> read, CancellationToken cancellationToken) =>
            connection.ReadAsync(sql, row => read(row), cancellationToken);

        /// <inheritdoc/>
        public Task NoteAsync(AuditEntry entry, CancellationToken cancellationToken) => AuditRows.WriteAsync(connection, entry, cancellationToken);
    }
}
