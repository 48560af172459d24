using System.Globalization;
using Npgsql;

namespace Farthing.Storage.Postgres.Engine;

/// <summary>
/// Brings the tables of a database up to date: every migration of the assembly that the database has not seen, in order
/// of number, all in one transaction, one process at a time.
/// </summary>
internal static class Migrations
{
    /// <summary>Where the migrations lie among the resources of the assembly.</summary>
    private const string Folder = "postgres/";

    private const int NumberDigits = 4;

    /// <summary>Whoever migrates holds this advisory lock until the end of the transaction: <c>FRTH</c>.</summary>
    private const long Lock = 0x46525448;

    /// <summary>Applies what is missing.</summary>
    /// <exception cref="StorageFailedException">A newer Farthing has been here.</exception>
    public static async Task ApplyAsync(NpgsqlConnection connection, PostgresUrl url, CancellationToken cancellationToken)
    {
        var known = Known();
        if (known.Keys.All((await ReadAppliedAsync(connection, url, known, cancellationToken)).Contains))
        {
            return;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync(
            connection,
            $"""
            SELECT pg_advisory_xact_lock({Lock});
            CREATE TABLE IF NOT EXISTS schema_migrations (
                number     INTEGER     NOT NULL PRIMARY KEY,
                name       TEXT        NOT NULL,
                applied_at TIMESTAMPTZ NOT NULL DEFAULT now()
            )
            """,
            cancellationToken);

        // Another process may have been faster.
        var applied = await ReadAppliedAsync(connection, url, known, cancellationToken);
        foreach (var (number, name) in known.Where(migration => !applied.Contains(migration.Key)))
        {
            await RunAsync(connection, Read(name), cancellationToken);
            await NoteAsync(connection, number, name, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The migrations of the assembly by number, in order.</summary>
    private static SortedDictionary<int, string> Known()
    {
        var known = new SortedDictionary<int, string>();
        foreach (var resource in typeof(Migrations).Assembly.GetManifestResourceNames())
        {
            if (resource.StartsWith(Folder, StringComparison.Ordinal))
            {
                known.Add(int.Parse(resource.AsSpan(Folder.Length, NumberDigits), CultureInfo.InvariantCulture), resource[Folder.Length..]);
            }
        }

        return known;
    }

    private static async Task<HashSet<int>> ReadAppliedAsync(
        NpgsqlConnection connection, PostgresUrl url, SortedDictionary<int, string> known, CancellationToken cancellationToken)
    {
        var applied = new HashSet<int>();
        await using var find = new NpgsqlCommand("SELECT to_regclass('schema_migrations') IS NOT NULL", connection);
        if (await find.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return applied;
        }

        await using var select = new NpgsqlCommand("SELECT number FROM schema_migrations", connection);
        await using var rows = await select.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            applied.Add(rows.GetInt32(0));
        }

        var newest = known.Keys.LastOrDefault();
        return applied.DefaultIfEmpty().Max() is var seen && seen <= newest
            ? applied
            : throw new StorageFailedException(
                $"The database {url} was written by a newer version of Farthing (schema {seen}, this program knows {newest}); update it.");
    }

    private static async Task NoteAsync(NpgsqlConnection connection, int number, string name, CancellationToken cancellationToken)
    {
        await using var note = new NpgsqlCommand("INSERT INTO schema_migrations (number, name) VALUES ($1, $2)", connection)
        {
            Parameters = { new() { Value = number }, new() { Value = name } },
        };
        await note.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(Migrations).Assembly.GetManifestResourceStream(Folder + name)!);
        return reader.ReadToEnd();
    }
}
