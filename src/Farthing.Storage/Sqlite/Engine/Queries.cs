using System.Text;
using Farthing.Domain.Usage;
using Farthing.Storage.Sql;

namespace Farthing.Storage.Sqlite.Engine;

/// <summary>Queries with their parameters.</summary>
internal static class Queries
{
    /// <summary>Compiles a query and binds its parameters.</summary>
    public static Statement Prepare(this Connection connection, SqlText sql)
    {
        Span<byte> bytes = stackalloc byte[EventId.Size];
        var statement = connection.Prepare(Encoding.UTF8.GetBytes(sql.ToString()));
        for (var index = 0; index < sql.Parameters.Count; index++)
        {
            switch (sql.Parameters[index])
            {
                case long number:
                    statement.Bind(index + 1, number);
                    break;
                case EventId id:
                    id.WriteTo(bytes);
                    statement.Bind(index + 1, bytes);
                    break;
                default:
                    statement.Bind(index + 1, (string)sql.Parameters[index]);
                    break;
            }
        }

        return statement;
    }
}
