using System.Text;
using Farthing.Storage.Sql;

namespace Farthing.Storage.Sqlite.Engine;

/// <summary>Queries with their parameters.</summary>
internal static class Queries
{
    /// <summary>Compiles a query and binds its parameters.</summary>
    public static Statement Prepare(this Connection connection, SqlText sql)
    {
        var statement = connection.Prepare(Encoding.UTF8.GetBytes(sql.ToString()));
        for (var index = 0; index < sql.Parameters.Count; index++)
        {
            if (sql.Parameters[index] is long number)
            {
                statement.Bind(index + 1, number);
            }
            else
            {
                statement.Bind(index + 1, (string)sql.Parameters[index]);
            }
        }

        return statement;
    }
}
