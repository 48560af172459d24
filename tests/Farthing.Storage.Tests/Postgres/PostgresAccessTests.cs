using Farthing.Storage.Postgres.Access;
using Farthing.Storage.Tests.Contract;
using Farthing.Testing;

namespace Farthing.Storage.Tests.Postgres;

public sealed class PostgresAccessTests : AccessContract
{
    [Fact]
    public async Task All_nodes_of_a_database_share_one_pepper()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (name, database) = await DatabaseAsync();
        await using var _ = database;

        var ring = new Workflows.Access.KeyRing(new PostgresAccess(database).Keys, await new PostgresAccess(database).ReadPepperAsync(cancellation), TimeProvider.System);
        var other = new Workflows.Access.KeyRing(new PostgresAccess(database).Keys, await new PostgresAccess(database).ReadPepperAsync(cancellation), TimeProvider.System);
        var made = ring.Make(new() { Org = "local", Id = "k", Name = "k", Role = Workflows.Access.Role.Admin, CreatedAt = DateTimeOffset.UnixEpoch });
        await new PostgresAccess(database).Keys.AddAsync(made.Stored, new("local", "operator", string.Empty, DateTimeOffset.UnixEpoch), cancellation);

        (await other.VerifyAsync(made.Secret, "r", cancellation)).Value.KeyId.ShouldBe("k");
        await EmptiedDatabases.GiveBackAsync(name);
    }

    protected override async Task<OpenedAccess> OpenAsync()
    {
        var (name, database) = await DatabaseAsync();
        var access = new PostgresAccess(database);
        return new(new(access.Orgs, access.Teams, access.Engineers, access.Keys, access.Audit), async () =>
        {
            await database.DisposeAsync();
            await EmptiedDatabases.GiveBackAsync(name);
        });
    }

    private static async Task<(string Name, PostgresDatabase Database)> DatabaseAsync()
    {
        var server = await PostgresServer.SharedAsync();
        var name = await EmptiedDatabases.TakeAsync();
        return (name, await PostgresDatabase.OpenAsync(PostgresUrl.Parse(server.Url(name)), TestContext.Current.CancellationToken));
    }
}
