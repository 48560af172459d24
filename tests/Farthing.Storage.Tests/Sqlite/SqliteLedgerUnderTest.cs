using Farthing.Storage.Sqlite.Engine;
using Farthing.Storage.Tests.Contract.Ledger;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;

namespace Farthing.Storage.Tests.Sqlite;

/// <summary>A ledger in a file of its own.</summary>
internal sealed class SqliteLedgerUnderTest : LedgerUnderTest
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("farthing-");
    private readonly List<SqliteStore> stores = [];
    private readonly SqliteLedger ledger;

    public SqliteLedgerUnderTest() => ledger = Open();

    public string Path => System.IO.Path.Combine(folder.FullName, "ledger.db");

    public override ILedgerStore Store => ledger;

    public override ILedgerQueries Queries => ledger;

    public override IRunQueries Runs => ledger;

    public override ILedgerUpkeep Upkeep => ledger;

    public override IKeptAnswers Answers => ledger;

    public override IAuditTrail Audit => stores[0].Access.Audit;

    public override ILedgerStore Another() => Open();

    public override Task ExecuteAsync(string sql)
    {
        using var connection = Connection.Open(Path, readOnly: false, 10_000);
        connection.Execute(sql);
        return Task.CompletedTask;
    }

    public override Task<string> DumpAsync(string table, string condition)
    {
        using var connection = Connection.Open(Path, readOnly: true, 10_000);
        using var rows = connection.Prepare(System.Text.Encoding.UTF8.GetBytes($"SELECT * FROM {table} WHERE {condition} ORDER BY 1, 2, 3"));
        var lines = new List<string>();
        while (rows.Step())
        {
            lines.Add(string.Join('|', Enumerable.Range(0, rows.ColumnCount).Select(column => rows.IsNull(column) ? "-" : Convert.ToHexString(rows.Blob(column)))));
        }

        return Task.FromResult(string.Join('\n', lines));
    }

    public override Task<string> PlanAsync(string sql)
    {
        const int textColumn = 3;
        using var connection = Connection.Open(Path, readOnly: true, 10_000);
        using var rows = connection.Prepare(System.Text.Encoding.UTF8.GetBytes($"EXPLAIN QUERY PLAN {sql}"));
        var lines = new List<string>();
        while (rows.Step())
        {
            lines.Add(rows.Text(textColumn));
        }

        return Task.FromResult(string.Join('\n', lines));
    }

    protected override async ValueTask CloseAsync()
    {
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }

        folder.Delete(recursive: true);
    }

    private SqliteLedger Open()
    {
        var store = SqliteStore.Open(Path, TimeZoneInfo.Utc);
        stores.Add(store);
        return new(store, Time);
    }
}
