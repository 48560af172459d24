using System.Globalization;
using Farthing.Storage.Sqlite.Engine;

namespace Farthing.Storage.Sqlite;

/// <summary>Creates the tables of a new database and brings an older one up to date, one numbered migration after the other.</summary>
internal static class Schema
{
    private const string ZoneSetting = "reporting_zone";

    /// <summary>Marks the file as ours: <c>FRTH</c>. A database of another program is never touched.</summary>
    private const int ApplicationId = 0x46525448;

    /// <summary>Measured: a cold import writes a tenth less than with 4 KiB pages, and a single event no more than one page a tree.</summary>
    private const int PageBytes = 8192;

    /// <summary>Where the migrations lie among the resources of the assembly.</summary>
    private const string Folder = "sqlite/";

    /// <summary>The migration that brought sums by session: a file from before it gets them from the program, for it knows what days a zone has.</summary>
    private const int SessionMigration = 13;

    /// <summary>The number of the last migration.</summary>
    private const int Version = 24;

    /// <summary>Brings the database up to date and tells the id of its reporting zone.</summary>
    /// <param name="connection">An open database, new or old.</param>
    /// <param name="zoneId">The reporting zone that a new database is given.</param>
    /// <exception cref="StorageFailedException">The file belongs to another program or to a newer version of this one.</exception>
    public static string Prepare(Connection connection, string zoneId)
    {
        if (Current(connection) < Version)
        {
            connection.Execute($"PRAGMA page_size = {PageBytes}; PRAGMA journal_mode = WAL;");
            Migrate(connection, zoneId);
        }

        return ReadZone(connection);
    }

    private static string ReadZone(Connection connection)
    {
        using var setting = connection.Prepare("SELECT value FROM settings WHERE name = ?1"u8);
        setting.Bind(1, ZoneSetting);
        return setting.Step() ? setting.Text(0) : throw new StorageFailedException($"The database {connection.Path} has lost its settings.");
    }

    /// <summary>The number of the last migration that the file has seen; 0 for an empty file.</summary>
    private static long Current(Connection connection)
    {
        var version = connection.Scalar("PRAGMA user_version"u8) ?? 0;
        var isOurs = connection.Scalar("PRAGMA application_id"u8) == ApplicationId;
        if (!isOurs && (version != 0 || connection.Scalar("SELECT count(*) FROM sqlite_master"u8) != 0))
        {
            throw new StorageFailedException($"The database {connection.Path} belongs to another program; choose another path.");
        }

        return version <= Version
            ? version
            : throw new StorageFailedException(
                $"The database {connection.Path} was written by a newer version of Farthing (schema {version}, this program knows {Version}); update it.");
    }

    private static void Migrate(Connection connection, string zoneId)
    {
        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            // Another process may have been faster.
            var current = Current(connection);
            var isNew = current == 0;
            for (var number = (int)current + 1; number <= Version; number++)
            {
                connection.Execute(ReadMigration(number));
                connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {number}"));
            }

            if (current is > 0 and < SessionMigration)
            {
                SessionBackfill.Run(connection, new(TimeZoneInfo.FindSystemTimeZoneById(ReadZone(connection))));
            }

            if (isNew)
            {
                connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
                using var setting = connection.Prepare("INSERT INTO settings (name, value) VALUES (?1, ?2)"u8);
                setting.Bind(1, ZoneSetting);
                setting.Bind(2, zoneId);
                setting.Run();
            }

            connection.Execute("COMMIT");
        }
        catch
        {
            connection.RollBack();
            throw;
        }
    }

    /// <summary>The text of the migration whose file name begins with a number.</summary>
    private static string ReadMigration(int number)
    {
        var assembly = typeof(Schema).Assembly;
        var prefix = Folder + number.ToString("D4", CultureInfo.InvariantCulture) + "_";
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return reader.ReadToEnd();
            }
        }

        throw new InvalidOperationException($"The migration {prefix} is not in the assembly.");
    }
}
