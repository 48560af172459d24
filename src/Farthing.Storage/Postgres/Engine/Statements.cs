using Farthing.Domain.Usage;
using Npgsql;

namespace Farthing.Storage.Postgres.Engine;

/// <summary>Short ways to say a statement with its parameters.</summary>
internal static class Statements
{
    /// <summary>A parameter, its type that of the value.</summary>
    public static NpgsqlParameter Of<T>(T value)
        where T : notnull => new NpgsqlParameter<T> { TypedValue = value };

    /// <summary>A statement to be run alone.</summary>
    public static NpgsqlCommand Say(this NpgsqlConnection connection, string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>Adds a statement to those that are sent together.</summary>
    public static NpgsqlBatchCommand Add(this NpgsqlBatch batch, string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        batch.BatchCommands.Add(command);
        return command;
    }

    /// <summary>An event id as a column of type uuid holds it: sixteen bytes in order.</summary>
    public static Guid GuidOf(EventId id)
    {
        Span<byte> bytes = stackalloc byte[EventId.Size];
        id.WriteTo(bytes);
        return new(bytes, bigEndian: true);
    }

    /// <summary>Reads an event id.</summary>
    public static EventId Id(this NpgsqlDataReader row, int column)
    {
        Span<byte> bytes = stackalloc byte[EventId.Size];
        row.GetGuid(column).TryWriteBytes(bytes, bigEndian: true, out _);
        return EventId.FromBytes(bytes);
    }

    /// <summary>Reads a text; empty for null.</summary>
    public static string Text(this NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? string.Empty : PostgresText.Read(row.GetString(column));
}
