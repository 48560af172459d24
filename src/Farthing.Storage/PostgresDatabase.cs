using Farthing.Storage.Postgres.Engine;
using Npgsql;

namespace Farthing.Storage;

/// <summary>
/// A PostgreSQL database that is ours, of the right version and up to date, with its pool of connections. Several stores
/// share one; whoever opened it closes it after them.
/// </summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    /// <summary>Statements that are prepared on a connection and kept; the store has fewer.</summary>
    private const int PreparedMax = 128;

    private const int PreparedAfterUses = 2;

    /// <summary>Whoever waits longer for a server is told that it is not there. Seconds.</summary>
    private const int ConnectTimeoutSeconds = 10;

    /// <summary>No statement of ours takes longer unless something hangs. Seconds.</summary>
    private const int CommandTimeoutSeconds = 120;

    /// <summary>
    /// Workers are processes: to start two of them, and to hand their rows over, takes longer than to read what sums answer.
    /// From a hundred times the usual cost on, where calls themselves are read, they are worth it.
    /// </summary>
    private const string FewWorkers = "SET parallel_setup_cost = 100000";

    private PostgresDatabase(PostgresUrl url, NpgsqlDataSource source)
    {
        Url = url;
        Source = source;
    }

    /// <summary>Where it is.</summary>
    public PostgresUrl Url { get; }

    /// <summary>The version of the server.</summary>
    public Version ServerVersion { get; private set; } = new();

    /// <summary>The pool of connections.</summary>
    internal NpgsqlDataSource Source { get; }

    /// <summary>Connects, makes sure that the server is new enough, and brings the tables up to date.</summary>
    /// <exception cref="StorageFailedException">The server is not reachable, too old, or refuses; or the tables are of a newer version.</exception>
    public static async Task<PostgresDatabase> OpenAsync(PostgresUrl url, CancellationToken cancellationToken)
    {
        var database = new PostgresDatabase(url, Build(url));
        try
        {
            await database.PrepareAsync(cancellationToken);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Closes the connections that nobody uses; the others when they come back.</summary>
    public ValueTask DisposeAsync() => Source.DisposeAsync();

    /// <summary>Does something with the database and says what it means when that fails.</summary>
    internal async Task<T> DoAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work(cancellationToken);
        }
        catch (NpgsqlException failure)
        {
            throw PostgresFailures.Tell(failure, Url);
        }
    }

    private Task<bool> PrepareAsync(CancellationToken cancellationToken) => DoAsync(
        async token =>
        {
            await using var connection = await Source.OpenConnectionAsync(token);
            ServerVersion = connection.PostgreSqlVersion;
            if (PostgresFailures.TooOld(ServerVersion, Url) is { } tooOld)
            {
                throw new StorageFailedException(tooOld);
            }

            await RequireUtf8Async(connection, token);
            await Migrations.ApplyAsync(connection, Url, token);
            return true;
        },
        cancellationToken);

    private async Task RequireUtf8Async(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SHOW server_encoding", connection);
        if (await command.ExecuteScalarAsync(cancellationToken) is not "UTF8" and var encoding)
        {
            throw new StorageFailedException(
                $"The database {Url} is encoded as {encoding}; names need UTF-8. Create it with: createdb --encoding=UTF8 --template=template0 {Url.Database}");
        }
    }

    private static NpgsqlDataSource Build(PostgresUrl url)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = url.Host,
            Port = url.Port,
            Database = url.Database,
            Username = url.User,
            Password = url.Password.Length > 0 ? url.Password : null,
            ApplicationName = "farthing",
            Timeout = url.ConnectTimeoutSeconds ?? ConnectTimeoutSeconds,
            CommandTimeout = CommandTimeoutSeconds,
            MaxAutoPrepare = PreparedMax,
            AutoPrepareMinUsages = PreparedAfterUses,

            // Nothing of ours outlives its transaction, so there is nothing to reset between two uses of a connection.
            NoResetOnClose = true,
        };
        if (url.SslMode.Length > 0)
        {
            settings.SslMode = Enum.Parse<SslMode>(url.SslMode.Replace("-", string.Empty, StringComparison.Ordinal), ignoreCase: true);
        }

        if (url.SslRootCertificate.Length > 0)
        {
            settings.RootCertificate = url.SslRootCertificate;
        }

        var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        builder.EnableArrays();
        builder.EnableTransportSecurity();
        builder.UsePhysicalConnectionInitializer(Settle, SettleAsync);
        return builder.Build();
    }

    private static void Settle(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(FewWorkers, connection);
        command.ExecuteNonQuery();
    }

    private static async Task SettleAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(FewWorkers, connection);
        await command.ExecuteNonQueryAsync();
    }
}
