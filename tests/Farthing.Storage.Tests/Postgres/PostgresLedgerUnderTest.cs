using Farthing.Storage.Postgres.Access;
using Farthing.Storage.Tests.Contract.Ledger;
using Farthing.Testing;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;
using Npgsql;

namespace Farthing.Storage.Tests.Postgres;

/// <summary>A ledger in a database of its own.</summary>
internal sealed class PostgresLedgerUnderTest : LedgerUnderTest
{
    private readonly string name;
    private readonly PostgresServer server;
    private readonly PostgresDatabase database;
    private readonly NpgsqlDataSource backDoor;
    private readonly PostgresLedger ledger;
    private bool isAltered;

    private PostgresLedgerUnderTest(PostgresServer server, string name, PostgresDatabase database)
    {
        (this.server, this.name, this.database) = (server, name, database);
        backDoor = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={server.Port};Username={PostgresServer.User};Database={name};Pooling=false");
        ledger = new(database, Time);
    }

    public override ILedgerStore Store => ledger;

    public override ILedgerQueries Queries => ledger;

    public override IRunQueries Runs => ledger;

    public override ILedgerUpkeep Upkeep => ledger;

    public override IKeptAnswers Answers => ledger;

    public override IAuditTrail Audit => new PostgresAccess(database).Audit;

    public override ISweepTurn Turn => ledger.Turn;

    public static LedgerUnderTest Create() => Contract.Await.Value<LedgerUnderTest>(async () =>
    {
        var shared = await PostgresServer.SharedAsync();
        var fresh = await EmptiedDatabases.TakeAsync();
        return new PostgresLedgerUnderTest(shared, fresh, await PostgresDatabase.OpenAsync(PostgresUrl.Parse(shared.Url(fresh)), Cancellation));
    });

    public override ILedgerStore Another() => new PostgresLedger(database, Time);

    public override async Task ExecuteAsync(string sql)
    {
        isAltered |= sql.Contains("ALTER ", StringComparison.Ordinal) || sql.Contains("DROP ", StringComparison.Ordinal);
        await using var command = backDoor.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    public override Task<string> DumpAsync(string table, string condition) => LinesAsync($"SELECT x::text FROM {table} x WHERE {condition} ORDER BY 1");

    public override Task<string> PlanAsync(string sql) => LinesAsync($"EXPLAIN {sql}");

    protected override async ValueTask CloseAsync()
    {
        await backDoor.DisposeAsync();
        await database.DisposeAsync();
        await (isAltered ? server.DropDatabaseAsync(name) : EmptiedDatabases.GiveBackAsync(name));
    }

    private async Task<string> LinesAsync(string sql)
    {
        await using var command = backDoor.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var lines = new List<string>();
        while (await reader.ReadAsync(Cancellation))
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }
}
