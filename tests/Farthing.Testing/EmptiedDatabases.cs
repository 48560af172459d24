using System.Collections.Concurrent;

namespace Farthing.Testing;

/// <summary>
/// Databases of the shared server for one test after the other: to empty one is far cheaper than to make a new one, run all
/// migrations in it and drop it behind a checkpoint.
/// </summary>
public static class EmptiedDatabases
{
    /// <summary>Takes out every row, those that nobody may delete too, and puts back what a new database has.</summary>
    private const string Empty =
        """
        DO $$
        DECLARE name text;
        BEGIN
            SET LOCAL session_replication_role = replica;
            FOR name IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_migrations' LOOP
                EXECUTE 'DELETE FROM ' || name;
            END LOOP;
            INSERT INTO orgs (id, name, created) VALUES ('local', 'local', (extract(epoch FROM now()) * 1000)::bigint);
        END $$
        """;

    private static readonly ConcurrentBag<string> Idle = [];

    /// <summary>The name of a database that nobody else has: new, or with all tables and no rows.</summary>
    public static async Task<string> TakeAsync() => Idle.TryTake(out var name) ? name : await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();

    /// <summary>Empties a database for the next test. Its tables must be as the migrations made them.</summary>
    public static async Task GiveBackAsync(string name)
    {
        var server = await PostgresServer.SharedAsync();
        await server.ExecuteInAsync(name, Empty);
        Idle.Add(name);
    }
}
