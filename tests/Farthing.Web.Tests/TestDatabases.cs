using System.Collections.Concurrent;
using Farthing.Storage;
using Farthing.Testing;

namespace Farthing.Web.Tests;

/// <summary>Databases for one test after the other: to empty one is far cheaper than to make a new one with all its tables.</summary>
internal static class TestDatabases
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

    private static readonly ConcurrentBag<PostgresDatabase> Idle = [];

    /// <summary>An empty database that nobody else has.</summary>
    public static async Task<PostgresDatabase> TakeAsync(CancellationToken cancellationToken)
    {
        if (Idle.TryTake(out var database))
        {
            return database;
        }

        var postgres = await PostgresServer.SharedAsync();
        return await PostgresDatabase.OpenAsync(PostgresUrl.Parse(postgres.Url(await postgres.CreateDatabaseAsync())), cancellationToken);
    }

    /// <summary>Empties a database for the next test.</summary>
    public static async Task GiveBackAsync(PostgresDatabase database)
    {
        var postgres = await PostgresServer.SharedAsync();
        await postgres.ExecuteInAsync(database.Url.Database, Empty);
        Idle.Add(database);
    }
}
