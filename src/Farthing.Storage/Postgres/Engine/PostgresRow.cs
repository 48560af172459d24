using Farthing.Storage.Sql;
using Npgsql;

namespace Farthing.Storage.Postgres.Engine;

/// <summary>The current row of a query of the server.</summary>
internal readonly struct PostgresRow(NpgsqlDataReader reader) : ISqlRow
{
    /// <inheritdoc/>
    public bool IsNull(int column) => reader.IsDBNull(column);

    /// <inheritdoc/>
    public long Integer(int column) => reader.IsDBNull(column) ? 0 : reader.GetInt64(column);

    /// <inheritdoc/>
    public string Text(int column) => reader.IsDBNull(column) ? string.Empty : PostgresText.Read(reader.GetString(column));

    /// <inheritdoc/>
    public byte[] Bytes(int column) => reader.GetFieldValue<byte[]>(column);
}
