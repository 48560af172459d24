using Farthing.Domain.Ledger;
using Farthing.Storage.Postgres.Engine;
using Npgsql;

namespace Farthing.Storage.Postgres.Ledger;

/// <summary>Statements over many rows at once: each column is an array.</summary>
internal static class Columns
{
    /// <summary>Adds a statement; its parameters are added behind it in order.</summary>
    public static NpgsqlBatchCommand Say(this NpgsqlBatch batch, string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        batch.BatchCommands.Add(command);
        return command;
    }

    /// <summary>Adds a column of texts.</summary>
    public static NpgsqlBatchCommand Texts<T>(this NpgsqlBatchCommand command, IReadOnlyCollection<T> rows, Func<T, string> text) =>
        command.Of(Map(rows, row => PostgresText.Write(text(row))));

    /// <summary>Adds a column of texts that may be missing.</summary>
    public static NpgsqlBatchCommand TextsOrNull<T>(this NpgsqlBatchCommand command, IReadOnlyCollection<T> rows, Func<T, string?> text) =>
        command.Of(Map(rows, row => text(row) is { } value ? PostgresText.Write(value) : null));

    /// <summary>Adds a column of numbers.</summary>
    public static NpgsqlBatchCommand Numbers<T>(this NpgsqlBatchCommand command, IReadOnlyCollection<T> rows, Func<T, long> number) =>
        command.Of(Map(rows, number));

    /// <summary>Adds a column of numbers that may be missing.</summary>
    public static NpgsqlBatchCommand NumbersOrNull<T>(this NpgsqlBatchCommand command, IReadOnlyCollection<T> rows, Func<T, long?> number) =>
        command.Of(Map(rows, number));

    /// <summary>Adds a column of bytes.</summary>
    public static NpgsqlBatchCommand Blobs<T>(this NpgsqlBatchCommand command, IReadOnlyCollection<T> rows, Func<T, byte[]> bytes) =>
        command.Of(Map(rows, bytes));

    /// <summary>Adds two columns: the organisations and the names of keys.</summary>
    public static NpgsqlBatchCommand Keys(this NpgsqlBatchCommand command, IReadOnlyCollection<LedgerKey> keys) =>
        command.Texts(keys, key => key.Org).Texts(keys, key => key.Id);

    /// <summary>Adds a parameter of a type that the driver knows.</summary>
    public static NpgsqlBatchCommand Of<T>(this NpgsqlBatchCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return command;
    }

    private static TColumn[] Map<T, TColumn>(IReadOnlyCollection<T> rows, Func<T, TColumn> value)
    {
        var column = new TColumn[rows.Count];
        var index = 0;
        foreach (var row in rows)
        {
            column[index++] = value(row);
        }

        return column;
    }
}
