using Farthing.Storage.Sql;
using Farthing.Storage.Sql.Budgets;
using Farthing.Storage.Sqlite.Access;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Access;

namespace Farthing.Storage.Sqlite.Budgets;

/// <summary>The embedded store for statements that both engines understand.</summary>
internal sealed class SqliteSessions(Database database, WriteGate gate) : ISqlDatabase
{
    /// <inheritdoc/>
    public async Task<T> ReadAsync<T>(Func<ISqlSession, Task<T>> read, CancellationToken cancellationToken) =>
        await await database.ReadAsync(connection => read(new SqliteSession(connection)), cancellationToken);

    /// <inheritdoc/>
    public Task<T> WriteAsync<T>(Func<ISqlSession, Task<T>> write, CancellationToken cancellationToken) =>
        gate.WriteAsync(connection => write(new SqliteSession(connection)), cancellationToken);

    /// <summary>A connection in a transaction. It has nothing to await, so all of it is done when a call returns.</summary>
    private sealed class SqliteSession(Connection connection) : ISqlSession
    {
        /// <summary>Nothing: there is one writer.</summary>
        public string ForUpdate => string.Empty;

        /// <summary>Nothing: there is one writer.</summary>
        public string SkipLocked => string.Empty;

        /// <inheritdoc/>
        public Task<IReadOnlyList<T>> ReadAsync<T>(SqlText sql, Func<ISqlRow, T> read, CancellationToken cancellationToken)
        {
            using var rows = connection.Prepare(sql);
            var found = new List<T>();
            while (rows.Step())
            {
                found.Add(read(rows));
            }

            return Task.FromResult<IReadOnlyList<T>>(found);
        }

        /// <inheritdoc/>
        public Task NoteAsync(AuditEntry entry, CancellationToken cancellationToken)
        {
            AuditTable.Write(connection, entry);
            return Task.CompletedTask;
        }
    }
}
