using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Xunit;

namespace Farthing.Testing;

/// <summary>
/// A private PostgreSQL on loopback, made of what is installed. A shell watches over it: when this process ends, however
/// it ends, the server is stopped and its folder deleted.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>What a test says when it is skipped because there is no server to start.</summary>
    public const string IsMissing = "PostgreSQL 15 is not installed; apt-get install postgresql";

    /// <summary>The user that owns everything and needs no password.</summary>
    public const string User = "farthing";

    /// <summary>A user that the server asks for a password; a test that needs it creates the role.</summary>
    public const string GuardedUser = "guarded";

    private const int StartsMax = 5;

    /// <summary>Folder, binaries, port, durability. Says one line when it is ready, and lives until its input ends.</summary>
    private const string Watch =
        $$"""
        dir=$1; bin=$2; port=$3; fsync=$4
        end() { "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1; rm -rf "$dir/data" "$dir"/* "$dir"/.s.*; rmdir "$dir" 2>/dev/null; exit; }
        trap '' INT HUP
        trap end TERM
        cd "$dir"
        "$bin/initdb" -D "$dir/data" -U {{User}} -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$dir/log" 2>&1 || { tail -3 "$dir/log" | tr '\n' ' '; echo; end; }
        printf 'host all {{GuardedUser}} 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\nlocal all all trust\n' >"$dir/data/pg_hba.conf"
        "$bin/pg_ctl" -D "$dir/data" -w -t 60 -l "$dir/log" -o "-c listen_addresses=127.0.0.1 -p $port -k $dir -c fsync=$fsync -c full_page_writes=$fsync -c max_connections=200" start >/dev/null 2>&1 \
            || { tail -3 "$dir/log" | tr '\n' ' '; echo; end; }
        echo ready
        cat >/dev/null
        end
        """;

    private static readonly SemaphoreSlim Starting = new(1);
    private static PostgresServer? shared;

    private readonly Process watch;
    private readonly NpgsqlDataSource admin;
    private int databases;

    private PostgresServer(Process watch, int port)
    {
        this.watch = watch;
        Port = port;
        admin = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={port};Username={User};Database=postgres;Pooling=false");
    }

    /// <summary>Where it listens on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>The server of this test process, which forgets everything in a power failure and is fast for that; skips the test when there is none.</summary>
    public static async Task<PostgresServer> SharedAsync()
    {
        await Starting.WaitAsync();
        try
        {
            return shared ??= await StartAsync(durable: false);
        }
        finally
        {
            Starting.Release();
        }
    }

    /// <summary>Starts a server; skips the test when none is installed.</summary>
    /// <param name="durable">Whether a commit waits for the disk.</param>
    public static async Task<PostgresServer> StartAsync(bool durable)
    {
        var binaries = FindBinaries();
        Assert.SkipWhen(binaries is null, IsMissing);
        var said = string.Empty;
        for (var attempt = 0; attempt < StartsMax; attempt++)
        {
            // Somebody may take the port between the look and the start.
            var port = FreePort();
            var shell = Start(binaries!, port, durable);
            said = await shell.StandardOutput.ReadLineAsync() ?? "the shell ended";
            if (said == "ready")
            {
                return new(shell, port);
            }

            shell.Dispose();
        }

        throw new InvalidOperationException($"PostgreSQL did not start: {said}");
    }

    /// <summary>The address of a database.</summary>
    /// <param name="database">Its name.</param>
    /// <param name="user">The user, and the password behind a colon when one is needed.</param>
    public string Url(string database, string user = User) => string.Create(CultureInfo.InvariantCulture, $"postgres://{user}@127.0.0.1:{Port}/{database}");

    /// <summary>Creates an empty database, or a copy of another one that nobody is connected to, and tells its name.</summary>
    public async Task<string> CreateDatabaseAsync(string template = "template0")
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref databases)}");
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'");
        return name;
    }

    /// <summary>Deletes a database, whoever is still connected.</summary>
    public Task DropDatabaseAsync(string name) => ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    /// <summary>Runs a statement as the owner, by default outside of the databases of the tests.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var command = admin.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Runs a statement as the owner in a database.</summary>
    public async Task ExecuteInAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={Port};Username={User};Database={database};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Stops it and deletes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await admin.DisposeAsync();
        watch.StandardInput.Close();
        await watch.WaitForExitAsync();
        watch.Dispose();
    }

    private static Process Start(string binaries, int port, bool durable)
    {
        var folder = Directory.CreateTempSubdirectory("farthing-pg-").FullName;
        List<string> command = ["sh", "-c", Watch, "watch", folder, binaries, port.ToString(CultureInfo.InvariantCulture), durable ? "on" : "off"];
        if (Environment.UserName == "root")
        {
            // The server refuses root.
            using var chown = Process.Start("chown", ["postgres:postgres", folder]);
            chown.WaitForExit();
            command.InsertRange(0, ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]);
        }

        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        return Process.Start(start)!;
    }

    /// <summary>The folder of the newest server that is installed; null when there is none.</summary>
    private static string? FindBinaries()
    {
        const string Debian = "/usr/lib/postgresql";
        var folders = Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian).OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var major) ? major : 0)
                .Select(folder => Path.Combine(folder, "bin"))
            : [];
        return folders
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
