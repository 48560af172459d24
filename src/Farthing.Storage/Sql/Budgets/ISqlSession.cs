using Farthing.Workflows.Access;

namespace Farthing.Storage.Sql.Budgets;

/// <summary>A transaction of whichever engine.</summary>
internal interface ISqlSession
{
    /// <summary>Ends a query whose rows are about to be changed by this transaction.</summary>
    string ForUpdate { get; }

    /// <summary>Ends a query that takes rows which nobody else has taken.</summary>
    string SkipLocked { get; }

    /// <summary>Runs a statement and reads the rows of its answer, none when it has none.</summary>
    Task<IReadOnlyList<T>> ReadAsync<T>(SqlText sql, Func<ISqlRow, T> read, CancellationToken cancellationToken);

    /// <summary>Writes a line of the audit.</summary>
    Task NoteAsync(AuditEntry entry, CancellationToken cancellationToken);
}

/// <summary>What a session is short of.</summary>
internal static class SqlSessions
{
    /// <summary>Runs a statement of which no row is wanted.</summary>
    public static Task RunAsync(this ISqlSession session, SqlText sql, CancellationToken cancellationToken) =>
        session.ReadAsync(sql, static _ => true, cancellationToken);

    /// <summary>Runs a statement and tells whether it answered with a row.</summary>
    public static async Task<bool> AnyAsync(this ISqlSession session, SqlText sql, CancellationToken cancellationToken) =>
        (await session.ReadAsync(sql, static _ => true, cancellationToken)).Count > 0;

    /// <summary>The first row; null when there is none.</summary>
    public static async Task<T?> FirstAsync<T>(this ISqlSession session, SqlText sql, Func<ISqlRow, T> read, CancellationToken cancellationToken)
        where T : class => await session.ReadAsync(sql, read, cancellationToken) is [var first, ..] ? first : null;

    /// <summary>A moment of a column.</summary>
    public static DateTimeOffset Moment(this ISqlRow row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.Integer(column));
}

/// <summary>A database of whichever engine.</summary>
internal interface ISqlDatabase
{
    /// <summary>Reads.</summary>
    Task<T> ReadAsync<T>(Func<ISqlSession, Task<T>> read, CancellationToken cancellationToken);

    /// <summary>Writes in one transaction: all of it or nothing.</summary>
    Task<T> WriteAsync<T>(Func<ISqlSession, Task<T>> write, CancellationToken cancellationToken);
}
