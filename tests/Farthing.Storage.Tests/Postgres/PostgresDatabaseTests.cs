using System.Net;
using System.Net.Sockets;
using Farthing.Storage.Postgres.Engine;
using Farthing.Testing;

namespace Farthing.Storage.Tests.Postgres;

public sealed class PostgresDatabaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_database_is_brought_up_to_date_once()
    {
        var url = await NewDatabaseAsync();
        await using var first = await PostgresDatabase.OpenAsync(url, Cancellation);
        var applied = await AppliedAsync(first);
        applied.ShouldContain("0001_usage");

        await using var second = await PostgresDatabase.OpenAsync(url, Cancellation);

        (await AppliedAsync(second)).ShouldBe(applied);
        second.ServerVersion.Major.ShouldBeGreaterThanOrEqualTo(PostgresFailures.VersionMin);
    }

    [Fact]
    public async Task Processes_that_start_together_bring_a_database_up_to_date_one_after_the_other()
    {
        var url = await NewDatabaseAsync();

        var opened = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PostgresDatabase.OpenAsync(url, Cancellation)));

        (await AppliedAsync(opened[0])).ShouldBeUnique();
        foreach (var database in opened)
        {
            await database.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_migration_that_is_missing_between_others_is_made_up_for()
    {
        var url = await NewDatabaseAsync();
        await using var database = await PostgresDatabase.OpenAsync(url, Cancellation);
        var applied = await AppliedAsync(database);
        await ExecuteAsync(database, "DELETE FROM schema_migrations WHERE number = 1; DROP TABLE settings, series, sessions, rate_cards, log_files, events, aliases, former_ids, conflicts, daily");

        await using var again = await PostgresDatabase.OpenAsync(url, Cancellation);

        (await AppliedAsync(again)).ShouldBe(applied);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        var url = await NewDatabaseAsync();
        await using var database = await PostgresDatabase.OpenAsync(url, Cancellation);
        await ExecuteAsync(database, "INSERT INTO schema_migrations (number, name) VALUES (999, '0999_later')");

        (await RefusalAsync(url)).ShouldContain("newer version of Farthing (schema 999");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_without_the_password()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var message = await RefusalAsync(PostgresUrl.Parse($"postgres://me:secret@127.0.0.1:{port}/farthing"));

        message.ShouldStartWith($"The database postgres://me@127.0.0.1:{port}/farthing is not reachable: ");
        message.ShouldEndWith("; is the server running, is FARTHING_DATABASE right?");
        message.ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_wrong_password_is_refused_without_repeating_it()
    {
        var server = await PostgresServer.SharedAsync();
        await server.ExecuteAsync($"CREATE ROLE {PostgresServer.GuardedUser} LOGIN PASSWORD 'right'");

        var message = await RefusalAsync(PostgresUrl.Parse(server.Url("postgres", $"{PostgresServer.GuardedUser}:secret")));

        message.ShouldContain("refuses the user: password authentication failed");
        message.ShouldContain("FARTHING_DATABASE");
        message.ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_database_that_does_not_exist_is_refused_with_what_to_do()
    {
        var server = await PostgresServer.SharedAsync();

        (await RefusalAsync(PostgresUrl.Parse(server.Url("nowhere")))).ShouldContain("createdb nowhere");
    }

    [Fact]
    public async Task A_user_who_may_not_create_tables_is_told()
    {
        var server = await PostgresServer.SharedAsync();
        var name = await server.CreateDatabaseAsync();
        await server.ExecuteAsync("CREATE ROLE visitor LOGIN");

        (await RefusalAsync(PostgresUrl.Parse(server.Url(name, "visitor")))).ShouldContain("may not do that: permission denied");
    }

    [Fact]
    public async Task A_database_that_is_not_encoded_in_unicode_is_refused()
    {
        var server = await PostgresServer.SharedAsync();
        await server.ExecuteAsync("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'");

        (await RefusalAsync(PostgresUrl.Parse(server.Url("latin")))).ShouldContain("is encoded as LATIN1");
    }

    [Theory]
    [InlineData("14.9", true)]
    [InlineData("9.6", true)]
    [InlineData("15.0", false)]
    [InlineData("18.1", false)]
    public void A_server_before_version_15_is_too_old(string version, bool isTooOld)
    {
        var told = PostgresFailures.TooOld(Version.Parse(version), PostgresUrl.Parse("postgres://me:secret@db/farthing"));

        (told is not null).ShouldBe(isTooOld);
        told?.ShouldBe($"The server of postgres://me@db:5432/farthing is PostgreSQL {version}; Farthing needs PostgreSQL 15 or newer. "
            + "Update the server or name another one in FARTHING_DATABASE.");
    }

    private static async Task<PostgresUrl> NewDatabaseAsync()
    {
        var server = await PostgresServer.SharedAsync();
        return PostgresUrl.Parse(server.Url(await server.CreateDatabaseAsync()));
    }

    private static async Task<string> RefusalAsync(PostgresUrl url) =>
        (await Should.ThrowAsync<StorageFailedException>(() => PostgresDatabase.OpenAsync(url, Cancellation))).Message;

    private static async Task<List<string>> AppliedAsync(PostgresDatabase database)
    {
        await using var command = database.Source.CreateCommand("SELECT name FROM schema_migrations ORDER BY number");
        await using var rows = await command.ExecuteReaderAsync(Cancellation);
        var names = new List<string>();
        while (await rows.ReadAsync(Cancellation))
        {
            names.Add(rows.GetString(0));
        }

        return names;
    }

    private static async Task ExecuteAsync(PostgresDatabase database, string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
